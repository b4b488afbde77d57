package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import org.hemei.ballot.BallotThings;
import org.hemei.ballot.PollClock;
import org.hemei.ballot.Polls;
import org.hemei.platform.Reader;
import org.hemei.testing.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
            var cast = page.waitForRequest(request -> request.method().equals("POST"), () -> {
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
            anybody.open("/ballot-box").sees("投票和结果").open("/ballot-box/" + poll + "/" + near.garden());
            anybody.sees("不到 5 张票，不公布怎么答的");
            anybody.write("回执号，或纸票的编号", receipt);
            anybody.page().locator("form button").last().click();
            assertThat(anybody.page().url()).as("no receipt in an address").doesNotContain(receipt.substring(0, 4));
            anybody.look().sees("在名单里，算进去了");
            keep(anybody, "result");
        }
    }

    /** The ballot arrives, its answer does not, and the poll is closed before it is asked for again. */
    @Test
    void an_answer_that_is_lost_before_the_close_loses_no_receipt() {
        var near = town().near();
        var poll = things.open(near, near.unit(), near.emptyUnit());
        var path = "/ballot-box/" + poll + "/" + near.garden();
        try (var resident = visit(near.resident(), Screen.PHONE, true)) {
            var page = resident.page();
            resident.open("/ballots/" + poll + "/units/" + near.unit() + "/take");
            page.locator("#take button").click();
            page.locator("#ballot").waitFor();
            page.route("**" + path, route -> {
                route.fetch();
                route.fulfill(new Route.FulfillOptions().setStatus(408));
            });
            page.locator("input[name=q1][value='4']").check();
            page.locator("input[name=q2][value=y]").check();
            resident.expecting(408);
            page.locator("#ballot button[type=submit]").click();
            page.locator("#said:has-text('没连上')").waitFor();
            page.unroute("**" + path);
            // what was sent stands there and cannot be changed, also when the page is opened again
            page.reload();
            page.locator("#said:has-text('再发同一张，只算一次')").waitFor();
            assertThat(page.locator("input[name=q1][value='4']").isChecked()).isTrue();
            assertThat(page.locator("input[name=q1][value='1']").isDisabled()).isTrue();
            keep(resident, "pending");
            polls.close(near.districtDesk(), poll);
            clock.run(poll);
            resident.expecting(422);
            page.locator("#ballot button[type=submit]").click();
            page.locator("#mine").waitFor();
            resident.look().sees("没等到回话").sees("查我的票");
            keep(resident, "lost");
            assertThat(page.evaluate("() => Object.values(localStorage).join()").toString())
                    .doesNotContain("signature", "answers");
            resident.write("回执号，或纸票的编号", page.locator("#mine .receipt").textContent());
            page.locator("form button").last().click();
            page.locator("#looked .note").waitFor();
            resident.look().sees("在名单里，算进去了");
        }
    }

    @Test
    void at_a_door_without_a_network_and_sent_later() {
        var near = town().near();
        var poll = things.open(near, near.unit(), near.emptyUnit());
        try (var assessor = visit(near.communityDesk(), Screen.PHONE, true)) {
            var page = assessor.page();
            assessor.open("/ballots/" + poll + "/" + near.garden() + "/tablet");
            page.locator("#kept").waitFor();
            page.context().setOffline(true);
            page.reload();
            assessor.look().sees("没有网络");
            fill(page, String.valueOf(near.unit()), "5", "n");
            page.locator("#receipt").waitFor();
            assessor.look().sees("等发送");
            keep(assessor, "tablet-offline");
            // meanwhile the other household took paper; its ballot of the tablet comes back with the reason
            things.handOut(near, poll, near.emptyUnit());
            fill(page, String.valueOf(near.emptyUnit()), "1", "y");
            page.locator("#send:has-text('2 张')").waitFor();
            page.context().setOffline(false);
            assessor.expecting(422);
            page.locator("#send").click();
            page.locator("#said:has-text('发出了 1 张')").waitFor();
            page.locator("#waiting:has-text('纸质')").waitFor();
            keep(assessor, "tablet-sent");
        }
        assertThat(polls.tally(poll).groups().getFirst().face()).isEqualTo(1);
        polls.close(near.districtDesk(), poll);
        clock.run(poll);
        assertThat(polls.find(poll).orElseThrow().state().code()).isEqualTo("closed");
    }

    private static void fill(Page page, String unit, String first, String second) {
        page.locator("#f-unit").selectOption(unit);
        page.locator("input[name=q1][value='" + first + "']").check();
        page.locator("input[name=q2][value='" + second + "']").check();
        page.locator("#ballot button[type=submit]").click();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void paper_from_the_printer_to_the_second_reading(boolean script) {
        var near = town().near();
        var poll = things.open(near, near.unit(), near.emptyUnit());
        var path = "/ballots/" + poll + "/" + near.garden();
        String serial;
        try (var community = visit(near.communityDesk(), Screen.DESK, script)) {
            community.open("/ballots").sees("试和美花园物业测评").open(path);
            community.write("印几张", "2").press("编号").sees("编好号了");
            community.page().locator("#f-unit").selectOption(String.valueOf(near.unit()));
            community.press("登记领票").sees("不记是哪张");
            community.follow("打印还没录的 2 张").sees("留底");
            keep(community, "sheets-" + script);
            serial = community.page().locator(".stub .receipt").first().textContent();
            key(community, path, serial, script);
            community.sees("请另一个人再录一遍");
            keep(community, "desk-" + script);
        }
        try (var street = visit(near.streetDesk(), script ? Screen.DESK : Screen.PHONE, script)) {
            key(street, path, serial, script);
            street.sees("录好了，算一张");
            keep(street, "desk-second-" + script);
        }
    }

    private static void key(Visit visit, String path, String serial, boolean script) {
        visit.open(path).write("票上的编号", serial);
        visit.page().locator("#f-q1").selectOption("4");
        visit.page().locator("#f-q2").selectOption("y");
        visit.page()
                .setInputFiles("input[name=files]", new FilePayload("票.png", "image/png", Pictures.of("png", 60, 40)));
        if (script) {
            visit.page().locator(".thumbs img").first().waitFor();
        }
        visit.press("录这一张");
    }
}
