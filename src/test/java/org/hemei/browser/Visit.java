package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody's window. It keeps every error of the console (a broken content security policy speaks there), every server
 * error and every failed script, and lets no test pass with one.
 */
final class Visit implements AutoCloseable {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private final BrowserContext context;
    private final Page page;
    private final String origin;
    private final boolean script;
    private final List<String> troubles = new ArrayList<>();
    private int expected = 200;

    Visit(BrowserContext context, String origin, boolean script) {
        this.context = context;
        this.origin = origin;
        this.script = script;
        page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of " + expected)) {
                troubles.add("console: " + message.text());
            }
        });
        page.onPageError(error -> troubles.add("script: " + error));
        page.onResponse(response -> {
            if (response.status() >= 500) {
                troubles.add(response.status() + " " + response.url());
            }
        });
    }

    Page page() {
        return page;
    }

    /** Opens a page and looks at it: it answers 200, and axe has nothing to say. */
    Visit open(String path) {
        var response = page.navigate(origin + path);
        assertThat(response.status()).as(path).isEqualTo(200);
        return lookOnce();
    }

    /** What every page has to stand: axe, a language, one main, one heading, nothing wider than the screen. */
    Visit look() {
        stands();
        if (script) {
            axe();
        }
        return this;
    }

    /** The same window, as wide as this screen. */
    Visit on(Screen screen) {
        page.setViewportSize(screen.width, screen.height);
        return this;
    }

    /** All of that but axe, which takes its time. */
    Visit stands() {
        var page = (List<?>) this.page.evaluate("""
                () => [document.querySelectorAll('main').length, document.querySelectorAll('h1').length,
                       document.documentElement.scrollWidth - document.documentElement.clientWidth]
                """);
        assertThat(page.get(0)).as(where("main")).isEqualTo(1);
        assertThat(page.get(1)).as(where("h1")).isEqualTo(1);
        assertThat(((Number) page.get(2)).intValue())
                .as(where("wider than the screen"))
                .isLessThanOrEqualTo(0);
        return this;
    }

    private void axe() {
        assertThat(Axe.objections(page)).as(where("axe")).isEmpty();
    }

    private String where(String what) {
        return what + " at " + page.url() + ", " + page.viewportSize().width + " wide";
    }

    /** A form is going to be refused with this status; the browser reports that in its console. */
    Visit expecting(int status) {
        expected = status;
        return this;
    }

    /** Presses a button and waits for the page it leads to. */
    Visit press(String name) {
        return act(page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(false)));
    }

    Visit follow(String name) {
        return act(page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(false)));
    }

    private Visit act(Locator what) {
        what.first().click();
        page.waitForLoadState();
        return lookOnce();
    }

    private Visit lookOnce() {
        stands();
        if (script && SEEN.add(sort())) {
            axe();
        }
        return this;
    }

    /** Pages of a journey look alike when only numbers differ: axe sees one of each sort. */
    private String sort() {
        var wrong = page.locator(".err-sum, .field-err").count() > 0 ? " refused" : "";
        return page.viewportSize().width + path().replaceAll("\\d+", "N") + wrong;
    }

    /** Chooses an answer whose button is drawn by its label. */
    Visit choose(String label) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(label))
                .or(page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(label)))
                .first()
                .check(new Locator.CheckOptions().setForce(true));
        return this;
    }

    /** Into the first field of this label; a card or an answer to choose may be called the same. */
    Visit write(String label, String words) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(false))
                .and(page.locator("input:not([type=radio]):not([type=checkbox]), textarea"))
                .first()
                .fill(words);
        return this;
    }

    /** What a click began by itself may just be coming in, so it waits for the words. */
    Visit sees(String words) {
        try {
            page.waitForCondition(() -> text().contains(words));
        } catch (TimeoutError never) {
            assertThat(text()).as(where("text")).contains(words);
        }
        return this;
    }

    private String text() {
        return page.locator("body").innerText();
    }

    Visit seesNot(String words) {
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
        assertThat(page.content()).as(where("text")).doesNotContain(words);
        return this;
    }

    String path() {
        return page.url().substring(origin.length());
    }

    @Override
    public void close() {
        context.close();
        assertThat(troubles).as("console errors, script errors, server errors").isEmpty();
    }
}
