package org.hemei.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * axe, as it is shipped, in a page of ours. Its script is brought to a page once, and what it has nothing against stays
 * there: carrying the passes of every rule over to us took longer than the look. Whether style sheets hold the screen upright
 * is asked where they are met first: nearly all pages have the same, and axe reads them whole for it.
 */
final class Axe {

    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String SCRIPT = AxeBuilder.getAxeScript();

    private static final String SHEETS_RULE = "css-orientation-lock";
    private static final Set<String> SHEETS_READ = ConcurrentHashMap.newKeySet();

    private Axe() {}

    /** For a window in which axe looks at nearly every page: the browser brings the script along itself. */
    static void comesAlong(Page page) {
        page.addInitScript(SCRIPT);
    }

    /** Which rules the page breaks, and three places of each; empty when there is nothing to say. */
    static String objections(Page page) {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate("() => {" + SCRIPT + "}");
        }
        var sheets = SHEETS_READ.add(
                (String) page.evaluate("() => [...document.styleSheets].map(sheet => sheet.href).join()"));
        return (String) page.evaluate("""
                what => axe.run({runOnly: {type: 'tag', values: what.tags}, resultTypes: ['violations'],
                                 preload: what.sheets, rules: {[what.rule]: {enabled: what.sheets}}}).then(found =>
                    found.violations.map(rule => [rule.id + ': ' + rule.help,
                        ...rule.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary)].join('\\n  ')).join('\\n'))
                """, Map.of("tags", STANDARDS, "sheets", sheets, "rule", SHEETS_RULE));
    }
}
