package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Photos that an assessor takes without a network: they wait on the tablet, go with the report, once each, and are gone from the tablet. */
class InspectionPhotosJourneyTest extends Browsing {

    private static final Locator.CheckOptions FORCE = new Locator.CheckOptions().setForce(true);

    /** How many the tablet holds. */
    private static final String WAITING = """
            () => new Promise((done) => {
              const asked = indexedDB.open('hemei-photos');
              asked.onsuccess = () => {
                const count = asked.result.transaction('photos').objectStore('photos').count();
                count.onsuccess = () => { asked.result.close(); done(count.result); };
              };
            })
            """;

    @Autowired
    EvaluationThings things;

    @Autowired
    JdbcClient jdbc;

    private Town town;
    private String inspection;

    @BeforeEach
    void build() {
        town = town();
        inspection = things.thing("$inspection", town, town.near().assessor()).orElseThrow();
    }

    private static FilePayload photo(String name) {
        return new FilePayload(name, "image/png", Pictures.of("png", 64, 48));
    }

    private long reported() {
        return reported(inspection);
    }

    private long reported(String inspection) {
        return jdbc.sql("select count(*) from attachment where owner_kind = 'evaluation_inspection' and owner_id = ?")
                .param(inspection)
                .query(Long.class)
                .single();
    }

    private static AtomicInteger uploads(Page page) {
        var sent = new AtomicInteger();
        page.onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/attachments")) {
                sent.incrementAndGet();
            }
        });
        return sent;
    }

    /** In a basement, with a page that was never opened before; everything is filled in. */
    private void away(Visit assessor) {
        var page = assessor.page();
        assessor.open("/inspections");
        page.locator("[data-kept]").waitFor();
        page.context().setOffline(true);
        filled(page, inspection);
    }

    private void filled(Page page, String inspection) {
        page.navigate(origin() + "/inspections/" + inspection);
        for (int n = 1; n <= 7; n++) {
            page.locator("input[name=level-i" + n + "][value=met]").check(FORCE);
        }
        page.locator("[data-photos-kept]").waitFor();
    }

    private static void take(Page page, FilePayload... photos) {
        var before = page.locator(".thumbs [data-photo]").count();
        page.setInputFiles("#up-photos", photos);
        page.locator(".thumbs [data-photo]").nth(before + photos.length - 1).waitFor();
    }

    /** The page opens again by itself. */
    private static void back(Page page) {
        page.evaluate("() => { window.wasAway = true; }");
        page.context().setOffline(false);
        page.waitForFunction("() => !window.wasAway && document.querySelector('[data-photos-kept]:not([hidden])')");
    }

    private static void report(Page page) {
        page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**/inspections?done=reported&of=*");
        page.locator("[data-kept]").waitFor();
    }

    @Test
    void taken_without_a_network_they_wait_and_go_with_the_report_once() {
        try (var assessor = visit(town.near().assessor(), Screen.PHONE, true)) {
            var page = assessor.page();
            var sent = uploads(page);
            away(assessor);
            take(page, photo("漏水.png"), photo("电梯.png"));
            assertThat(page.locator(".thumbs [data-photo]:has-text('等着报')").count())
                    .isEqualTo(2);
            page.locator("[role=status]:has-text('照片存在这台平板上')").first().waitFor();
            assessor.look();
            page.locator(".thumbs .thumb-x").first().click();
            page.waitForFunction("() => localStorage.getItem('hemei-photos') === '1'");
            page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("[data-said]:has-text('照片存在这台平板上')").waitFor();

            page.navigate(origin() + "/inspections");
            page.locator("[data-photos-left]:has-text('1 张照片还在平板上')").waitFor();
            page.navigate(origin() + "/inspections/" + inspection);
            page.locator(".thumbs [data-photo]").waitFor();
            back(page);
            page.locator(".thumbs [data-photo]:has-text('等着报')").waitFor();
            assertThat(sent).hasValue(0);
            report(page);
            assessor.sees("报上去了");
            assertThat(reported()).isEqualTo(1);
            assertThat(sent).hasValue(1);
            assertThat(page.evaluate(WAITING)).isEqualTo(0);

            assessor.open("/inspections/" + inspection).sees("已经报上去的 1 张");
            page.locator("[data-photos-kept]").waitFor();
            assertThat(page.locator(".thumbs [data-photo]").count()).isEqualTo(0);
            report(page);
            assertThat(reported()).as("reporting again sends nothing again").isEqualTo(1);
        }
    }

    @Test
    void one_that_is_refused_is_said_and_not_tried_again() {
        try (var assessor = visit(town.near().assessor(), Screen.PHONE, true)) {
            var page = assessor.page();
            var sent = uploads(page);
            away(assessor);
            take(
                    page,
                    new FilePayload("假的.png", "image/png", "not a picture".getBytes(StandardCharsets.UTF_8)),
                    photo("漏水.png"));
            back(page);
            page.locator(".thumbs [data-photo]").nth(1).waitFor();
            assessor.expecting(422);
            page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("[data-said]:has-text('有照片没收')").waitFor();
            assessor.expecting(200).sees("假的.png 没收");
            assertThat(reported()).as("the assessor hears of it first").isZero();
            report(page);
            assertThat(reported()).isEqualTo(1);
            assertThat(sent).as("one request for each").hasValue(2);

            page.navigate(origin() + "/inspections?all=1");
            page.locator("[data-photos-left]:has-text('1 张照片还在平板上')").waitFor();
            assessor.open("/inspections/" + inspection);
            page.locator(".thumbs [data-photo]:has-text('没收')").waitFor();
            report(page);
            assertThat(sent).hasValue(2);
            assessor.open("/inspections/" + inspection);
            page.locator(".thumbs [data-photo] .thumb-x").click();
            page.waitForFunction("() => localStorage.getItem('hemei-photos') === '0'");
            assertThat(page.evaluate(WAITING)).isEqualTo(0);
        }
    }

    @Test
    void a_report_whose_answer_is_lost_took_its_photos_all_the_same() {
        try (var assessor = visit(town.near().assessor(), Screen.PHONE, true)) {
            var page = assessor.page();
            var sent = uploads(page);
            away(assessor);
            back(page);
            take(page, photo("漏水.png"));
            page.waitForFunction("() => [...document.querySelectorAll('.thumbs input')].some((one) => one.value)");
            assertThat(page.locator(".thumbs [data-photo]:has-text('等着报')").count())
                    .as("with a network it goes up at once")
                    .isZero();
            page.evaluate("""
                    async () => {
                      const form = document.querySelector('.look-form');
                      await fetch(form.action, { method: 'POST', body: new FormData(form) });
                    }
                    """);
            assertThat(reported()).isEqualTo(1);
            assertThat(page.evaluate(WAITING)).isEqualTo(1);
            page.reload();
            page.locator("[data-photos-kept]").waitFor();
            assertThat(page.locator(".thumbs [data-photo]").count()).isZero();
            assertThat(page.evaluate(WAITING))
                    .as("the page shows that it is there")
                    .isEqualTo(0);
            report(page);
            assertThat(reported()).isEqualTo(1);
            assertThat(sent).hasValue(1);
        }
    }

    /** The list that tells of the first report stays in the history, while the second one is lost. */
    @Test
    void a_report_that_is_lost_keeps_its_draft_and_photos_whatever_an_older_list_tells() {
        var campaign = jdbc.sql("select campaign from evaluation_inspection where id = cast(? as bigint)")
                .param(inspection)
                .query(Long.class)
                .single();
        var me = town.near().assessor();
        var other = String.valueOf(things.inspection(town.near(), campaign, 2, me.account()));
        try (var assessor = visit(me, Screen.PHONE, true)) {
            var page = assessor.page();
            filled(page, inspection);
            report(page);
            var told = page.url();
            filled(page, other);
            take(page, photo("漏水.png"));
            page.waitForFunction("() => [...document.querySelectorAll('.thumbs input')].some((one) => one.value)");
            // the network goes in the moment it is sent; a page of the browser's own about it would come in between
            // what follows
            var lost = new AtomicBoolean();
            page.route("**/inspections/" + other, route -> {
                if (route.request().method().equals("POST")) {
                    lost.set(true);
                    route.abort("aborted");
                } else {
                    route.resume();
                }
            });
            page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
            page.waitForCondition(lost::get);
            page.unroute("**/inspections/" + other);

            page.navigate(told);
            page.locator("[data-photos-left='" + other + "']:has-text('1 张照片还在平板上')")
                    .waitFor();
            assertThat(page.locator("[data-draft='" + other + "']").isVisible()).isTrue();
            page.navigate(origin() + "/inspections/" + other);
            page.locator(".thumbs [data-photo]").waitFor();
            report(page);
            assertThat(reported(other)).isEqualTo(1);
            assertThat(page.evaluate(WAITING)).isEqualTo(0);
            assertThat(page.evaluate("id => localStorage.getItem('hemei-inspection-' + id)", other))
                    .isNull();
        }
    }

    @Test
    void photos_of_a_look_that_went_to_somebody_else_wait_for_no_report_and_can_go() {
        try (var assessor = visit(town.near().assessor(), Screen.PHONE, true)) {
            var page = assessor.page();
            filled(page, inspection);
            page.evaluate("""
                    () => {
                      const all = window.fetch;
                      window.fetch = (what, how) => what === '/attachments' ? Promise.reject(new TypeError('away')) : all(what, how);
                    }
                    """);
            take(page, photo("漏水.png"));
            page.locator(".thumbs [data-photo]:has-text('等着报')").waitFor();
            jdbc.sql("update evaluation_inspection set state = 'replaced' where id = cast(? as bigint)")
                    .param(inspection)
                    .update();
            assessor.expecting(404);
            page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("[data-said]:has-text('换给别人看了')").waitFor();
            assertThat(page.evaluate(WAITING))
                    .as("the assessor hears of it first")
                    .isEqualTo(1);
            assessor.expecting(200).look();
            page.getByText("去掉没报的", new Page.GetByTextOptions().setExact(true)).click();
            page.waitForURL("**/inspections");
            assertThat(page.evaluate(WAITING)).isEqualTo(0);
            assertThat(page.evaluate("id => localStorage.getItem('hemei-inspection-' + id)", inspection))
                    .isNull();
        }
    }

    @Test
    void signing_out_asks_and_leaves_none_on_the_tablet() {
        try (var assessor = visit(town.near().assessor(), Screen.DESK, true)) {
            var page = assessor.page();
            away(assessor);
            take(page, photo("漏水.png"));
            back(page);
            page.onceDialog(dialog -> {
                assertThat(dialog.message()).contains("1 张检查照片没报上去");
                dialog.dismiss();
            });
            var out = page.locator("form[action='/sign-out'] button").first();
            out.evaluate("button => button.form.requestSubmit(button)");
            assertThat(page.evaluate(WAITING)).as("stayed").isEqualTo(1);
            page.onceDialog(dialog -> dialog.accept());
            out.evaluate("button => button.form.requestSubmit(button)");
            page.waitForURL(url -> !url.contains("/inspections"));
            assertThat(page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .doesNotContain("hemei-photos");
            assertThat(page.evaluate("() => localStorage.getItem('hemei-photos')"))
                    .isNull();
        }
    }
}
