package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pictures;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.report.ReportThings;
import org.hemei.workorder.tasks.OriginThings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a figure down to its case, an appeal about it, both decisions; and a month's report with its check. */
class RatesJourneyTest extends Browsing {

    @Autowired
    private OriginThings origins;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RatingDesk ratings;

    @Autowired
    private ReportThings reports;

    private static void keep(Visit visit, String name) {
        var folder = System.getenv("HEMEI_PICTURES");
        if (folder != null) {
            visit.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of(folder, name + ".png"))
                            .setFullPage(true));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_a_figure_to_its_case_and_an_appeal_with_two_decisions(boolean script) {
        var near = town().near();
        var order = orders.at(Stage.VERIFIED, near, near.resident(), "楼道灯不亮");
        ratings.rate(near.resident(), order, orders.version(order), true, 2, "等太久");
        counting.catchUp();
        try (var manager = visit(near.manager(), script ? Screen.DESK : Screen.PHONE, script)) {
            manager.open("/rates").sees("0.0%").sees("满意率");
            keep(manager, "rates-manager-" + script);
            manager.page()
                    .locator("section:has(#r-satisfaction) a.link")
                    .first()
                    .click();
            manager.page().waitForLoadState();
            manager.look().sees("不满意或一般").follow("不满意或一般");
            keep(manager, "cases-" + script);
            manager.page().locator("td a[href$='/counting']").first().click();
            manager.page().waitForLoadState();
            manager.look().sees("计入：不满意或一般");
            manager.page().locator("input[name=rate][value=satisfaction]").check();
            manager.choose("客观原因").write("怎么回事", "那两天停电检修");
            manager.expecting(422).press("交给街道定").sees("要附证据").expecting(200);
            keep(manager, "counting-" + script);
            manager.page()
                    .setInputFiles(
                            "input[name=files]", new FilePayload("公告.png", "image/png", Pictures.of("png", 60, 40)));
            if (script) {
                manager.page().locator(".thumbs img").first().waitFor();
            }
            manager.press("交给街道定").sees("交给街道了");
        }
        try (var street = visit(near.streetDesk(), Screen.DESK, script)) {
            street.open("/rates/appeals").sees("剔除：满意率");
            keep(street, "appeals-" + script);
            street.follow("剔除：满意率").sees("证据");
            street.expecting(422).press("定下来").sees("请选同意还是不同意").expecting(200);
            street.choose("同意剔除").write("为什么这样定", "停电公告属实。");
            street.press("定下来").sees("同意：这张单不算进满意率").sees("停电公告属实");
            keep(street, "appeal-" + script);
        }
        try (var resident = visit(near.resident(), Screen.PHONE, script)) {
            resident.open("/orders/" + order + "/counting").sees("不计入：申诉剔除");
            keep(resident, "counting-resident-" + script);
            resident.follow("剔除：满意率").write("哪里定得不对", "停电只有一小时。");
            resident.press("要求复核").sees("等区里复核");
        }
        try (var district = visit(near.districtDesk(), Screen.DESK, script)) {
            district.open("/rates/appeals").follow("剔除：满意率").choose("不同意");
            district.write("为什么这样定", "停电一小时，来得及修。").press("定下来").sees("不同意：照原来的算");
            counting.catchUp();
            district.open("/rates").sees("0.0%");
        }
    }

    @Test
    void a_report_from_the_list_to_its_check_and_its_next_version() {
        var town = town();
        var id = reports.thing("$report", town, null).orElseThrow();
        for (var screen : new Screen[] {Screen.DESK, Screen.PHONE}) {
            try (var anybody = visit(org.hemei.platform.Reader.VISITOR, screen, true)) {
                anybody.open("/reports?area=" + town.near().district()).sees("100.0%");
                keep(anybody, "reports-" + screen);
                anybody.open("/reports/" + id).sees("封存").sees("SM3");
                keep(anybody, "report-" + screen);
                anybody.follow("核对").sees("没有改过").sees("哪里不同");
                keep(anybody, "verify-" + screen);
            }
        }
        try (var district = visit(town.near().districtDesk(), Screen.DESK, true)) {
            district.open("/reports/" + id);
            district.page().locator("details.more summary").last().click();
            district.write("为什么出新版", "又来了一份评价");
            district.press("重新数，出新版").sees("第 2 版").sees("2 / 2 份评价");
            assertThat(district.path()).doesNotContain("/" + id);
        }
    }

    @Test
    void from_a_poor_line_of_the_ranking_to_a_task_and_back_to_its_cases() {
        var town = town();
        var near = town.near();
        origins.poor(town);
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('rates', 'least', ?, 1, '试行', daterange('2020-01-01', null))
                """).param(town.city()).update();
        for (var screen : new Screen[] {Screen.PHONE, Screen.DESK}) {
            try (var street = visit(near.streetDesk(), screen, screen == Screen.DESK)) {
                street.open("/rates/ranking?what=company&rate=response&months=1")
                        .sees("没到目标 95%");
                keep(street, "ranking-" + screen);
                street.page().locator("a[href^='/rates/tasks']").first().click();
                street.sees("为什么建");
                keep(street, "task-form-" + screen);
                if (screen == Screen.DESK) {
                    street.press("建任务").sees("响应率没到 95%");
                }
            }
        }
        try (var manager = visit(near.manager(), Screen.PHONE, false)) {
            manager.open("/tasks").follow("响应率没到 95%").follow("看是什么没到").sees("没按时联系");
        }
    }

    @Test
    void places_among_the_like_and_rules_on_every_screen() {
        var town = town();
        var near = town.near();
        orders.at(Stage.CLOSED, near, near.resident(), "楼道灯不亮");
        counting.catchUp();
        for (var screen : new Screen[] {Screen.DESK, Screen.PHONE}) {
            try (var visit = visit(near.districtDesk(), screen, true)) {
                visit.open("/rates?by=company").sees("分处理单位看");
                keep(visit, "rates-district-" + screen);
                visit.open("/rates/ranking").sees("件数太少，不排");
                visit.open("/rates/rules").sees("几分起算满意");
                visit.page().locator("#f-name").selectOption("least");
                visit.write("定多少", screen == Screen.DESK ? "1" : "2").write("依据", "试行办法〔2026〕3号");
                visit.page()
                        .locator("#f-since")
                        .fill(java.time.LocalDate.now(org.hemei.platform.time.CivilTime.ZONE)
                                .plusDays(screen == Screen.DESK ? 0 : 1)
                                .toString());
                visit.press("定下来").sees("试行办法");
                keep(visit, "rules-" + screen);
            }
        }
    }
}
