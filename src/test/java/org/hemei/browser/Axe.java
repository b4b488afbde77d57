package org.hemei.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * axe, as it is shipped, in a page of ours. Its script is brought to a page once, and what it has nothing against stays
 * there: carrying the passes of every rule over to us took longer than the look.
 */
final class Axe {

    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String SCRIPT = "() => {" + AxeBuilder.getAxeScript() + "}";

    private Axe() {}

    /** Which rules the page breaks, and three places of each; empty when there is nothing to say. */
    static String objections(Page page) {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(SCRIPT);
        }
        return (String) page.evaluate("""
                tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(found =>
                    found.violations.map(rule => [rule.id + ': ' + rule.help,
                        ...rule.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary)].join('\\n  ')).join('\\n'))
                """, STANDARDS);
    }
}
