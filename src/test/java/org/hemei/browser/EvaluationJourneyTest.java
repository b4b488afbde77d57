package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.testing.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An assessor reports, a street scores, a company objects and is answered, everybody looks up how the score came about. */
class EvaluationJourneyTest extends Browsing {

    /** The radio lies under its drawn face. */
    private static final Locator.CheckOptions FORCE = new Locator.CheckOptions().setForce(true);

    @Autowired
    EvaluationThings things;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_the_checklist_to_the_answer(boolean script) {
        var town = town();
        inspect(town, script);
        score(town, script);
        object(town, script);
    }

    @Test
    void an_assessor_in_a_basement_fills_in_without_a_network_and_reports_later() {
        var town = town();
        var inspection =
                things.thing("$inspection", town, town.near().assessor()).orElseThrow();
        try (var assessor = visit(town.near().assessor(), Screen.PHONE, true)) {
            var page = assessor.page();
            assessor.open("/inspections");
            page.locator("[data-kept]").waitFor();
            page.context().setOffline(true);
            // never opened before: the list has fetched it
            page.navigate(origin() + "/inspections/" + inspection);
            for (int n = 1; n <= 7; n++) {
                page.locator("input[name=level-i" + n + "][value=met]").check(FORCE);
            }
            page.getByText("报上去", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("[data-said]:has-text('存在这台平板上')").waitFor();
            // the list says which are filled in and not reported yet
            page.navigate(origin() + "/inspections");
            page.locator("[data-draft]:has-text('还没报上去')").waitFor();
            page.navigate(origin() + "/inspections/" + inspection);
            page.context().setOffline(false);
            page.locator("[data-said]:has-text('已经填好了')").waitFor();
            assessor.press("报上去").sees("报上去了").sees("都看完了");
            assertThat(page.evaluate(
                            "Object.keys(localStorage).filter((one) => one.startsWith('hemei-inspection')).length"))
                    .isEqualTo(0);
        }
    }

    private void inspect(Town town, boolean script) {
        var inspection =
                things.thing("$inspection", town, town.near().assessor()).orElseThrow();
        try (var assessor = visit(town.near().assessor(), Screen.DESK, script)) {
            assessor.open("/inspections").sees("还没看").sees("和哪家企业有关系");
            assessor.open("/inspections/" + inspection);
            var page = assessor.page();
            for (int n = 1; n <= 6; n++) {
                page.locator("input[name=level-i" + n + "][value=met]").check(FORCE);
            }
            page.locator("input[name=level-i7][value=not]").check(FORCE);
            assessor.expecting(422).press("报上去").sees("没有全做到，请写看到了什么").expecting(200);
            page.locator("#f-note-i7").fill("投诉电话两次没人接");
            assessor.press("报上去").sees("报上去了").sees("都看完了");
        }
    }

    private void score(Town town, boolean script) {
        things.thing("$campaign.collecting", town, null);
        try (var street = visit(town.near().streetDesk(), Screen.DESK, script)) {
            street.open("/opinions").sees("0 / 1 项");
            street.page().locator("td a[href^='/opinions/']").first().click();
            street.page().locator("#f-points-t3").fill("82");
            street.press("存好").sees("存好了").sees("1 / 1 项");
        }
    }

    private void object(Town town, boolean script) {
        var score = things.thing("$score", town, null).orElseThrow();
        if (!script) {
            try (var resident = visit(town.near().resident(), Screen.PHONE, false)) {
                resident.open("/home").sees("公示中").follow("看怎么来的").sees("没有“现场检查”的结果");
            }
        }
        try (var manager = visit(town.near().manager(), Screen.PHONE, script)) {
            manager.open("/objections").sees("公示中的得分");
            manager.open("/scores/" + score).sees("没有“现场检查”的结果").sees("一样").follow("提异议");
            manager.page().locator("#f-dimension").selectOption("inspection");
            manager.page().locator("#f-words").fill("那天在检修，第二天就好了。");
            manager.press("提异议").sees("等答复");
        }
        try (var desk = visit(town.near().housingDesk(), Screen.DESK, script)) {
            desk.open("/objections");
            desk.page().locator("td a[href^='/objections/']").first().click();
            desk.page().locator("#f-upheld").selectOption("yes");
            desk.page().locator("#f-value-i1").selectOption("met");
            desk.page().locator("#f-decision").fill("核对了检修记录，属实。");
            desk.press("答复").sees("成立").sees("书面答复");
        }
    }
}
