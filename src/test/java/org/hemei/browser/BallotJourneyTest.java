package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.hemei.ballot.BallotThings;
import org.hemei.ballot.PollClock;
import org.hemei.ballot.Polls;
import org.hemei.platform.Reader;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A household takes its ballot, casts it, and finds its receipt in the published list. */
class BallotJourneyTest extends Browsing {

    @Autowired
    private BallotThings things;

    @Autowired
    private Polls polls;

    @Autowired
    private PollClock clock;

    private static void keep(Visit visit, String name) {
        var folder = System.getenv("HEMEI_PICTURES");
        if (folder != null) {
            visit.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of(folder, "ballot-" + name + ".png"))
                            .setFullPage(true));
        }
    }

    @Test
    void from_being_drawn_to_finding_the_receipt() {
        var town = town();
        var near = town.near();
        var poll = things.open(near, near.unit(), near.emptyUnit());
        String receipt;
        try (var resident = visit(near.resident(), Screen.PHONE, true)) {
            resident.open("/").sees("请您家投一票");
            keep(resident, "home");
            resident.follow("去领票").sees("我们知道您家领了票，不知道哪张是您家的");
            keep(resident, "take");
            var page = resident.page();
            page.locator("#take button").click();
            page.waitForURL("**/ballot-box/**");
            page.locator("#ballot").waitFor();
            resident.look().sees("保洁怎么样？");
            keep(resident, "ballot");
            // the cast itself goes without a cookie
            var cast = page.waitForRequest(
                    request -> request.method().equals("POST"), () -> {
                        page.locator("input[name=q1][value='4']").check();
                        page.locator("#ballot button[type=submit]").click();
                        page.locator("input[name=q2][value=y]").check();
                        page.locator("#ballot button[type=submit]").click();
                    });
            assertThat(cast.allHeaders()).doesNotContainKeys("cookie", "referer");
            page.locator("#done").waitFor();
            resident.look().sees("投好了");
            keep(resident, "done");
            receipt = page.locator("[data-receipt]").textContent();
            // what the device keeps now is the receipt and nothing else
            assertThat(page.evaluate("() => Object.values(localStorage).join()").toString())
                    .contains(receipt.replace(" ", ""))
                    .doesNotContain("signature", "answers");
            resident.open("/").sees("领了票");
        }
        polls.close(near.districtDesk(), poll);
        clock.run(poll);
        try (var anybody = visit(Reader.VISITOR, Screen.PHONE, false)) {
            anybody.open("/ballot-box").sees("点完了").open("/ballot-box/" + poll + "/" + near.garden());
            anybody.sees("不到 5 张票，不公布怎么答的");
            anybody.write("回执号，或纸票的编号", receipt);
            anybody.page().locator("form button").last().click();
            anybody.look().sees("在名单里，算进去了");
            keep(anybody, "result");
        }
    }
}
