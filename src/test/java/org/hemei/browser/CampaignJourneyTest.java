package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.time.InstantSource;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Town;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bureau drafts a scheme, plans a campaign, draws and seals its sample. Of campaigns that are computed already it reads, publishes and
 * corrects the scores, and gives a year to the company whose it was by contracts that were put right.
 */
class CampaignJourneyTest extends Browsing {

    @Autowired
    EvaluationThings things;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource clock;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_the_draft_of_a_scheme_to_the_sealed_sample(boolean script) {
        var town = town();
        var district = String.valueOf(town.near().district());
        var title = "物业测评方案" + (script ? "甲" : "乙");
        try (var bureau = visit(town.near().housingDesk(), Screen.DESK, script)) {
            bureau.open("/schemes").follow("起草方案");
            bureau.page().locator("#f-title").fill(title);
            bureau.page().locator("#f-area").selectOption(district);
            bureau.page().locator("#f-passLine").fill("60");
            bureau.expecting(422).press("存好").sees("文件名称").expecting(200);
            bureau.page().locator("#f-basis").fill("示例办法第三条");
            bureau.page().locator("#f-weight-satisfaction").fill("0");
            bureau.expecting(422).press("存好").sees("居民满意度").expecting(200);
            bureau.page().locator("#f-weight-satisfaction").fill("40");
            bureau.press("存好").sees("草稿存好了");
            bureau.follow("试算").sees("试算");
            bureau.page().goBack();
            bureau.press("发布方案").sees("它不能再改");

            bureau.open("/campaigns/new");
            bureau.page().locator("#f-title").fill("年度测评");
            bureau.page().locator("#f-area").selectOption(district);
            bureau.page().locator("#f-year").fill(day(9).substring(0, 4));
            bureau.page()
                    .locator("#f-scheme")
                    .selectOption(new com.microsoft.playwright.options.SelectOption()
                            .setLabel(bureau.page()
                                    .locator("#f-scheme option:has-text('" + title + "')")
                                    .first()
                                    .textContent()));
            bureau.page().locator("#f-seedSource").fill("示例开奖号码");
            bureau.page().locator("#f-seedOn").fill(day(1));
            bureau.page().locator("#f-collectFrom").fill(day(9));
            bureau.press("封存名册").sees("名册封存");
            var path = bureau.path().replaceAll("\\?.*", "");
            // nothing to press before the seed is public
            bureau.sees("种子公布以后，在这里填");
            assertThat(bureau.page().locator("button:has-text('抽样')").count()).isZero();
            // the day of the seed has come
            jdbc.sql("update evaluation_campaign set seed_on = current_date where id = ?")
                    .param(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)))
                    .update();
            bureau.open(path).page().locator("#f-seed").fill("031152");
            bureau.press("抽样").sees("031152");
            bureau.page().locator("summary:has-text('种子填错了')").click();
            bureau.page().locator("details[open] #f-seed").fill("031125");
            bureau.page().locator("#f-wrong").fill("末两位抄反了");
            bureau.press("更正种子").sees("末两位抄反了").sees("031125");
            bureau.press("锁定样本").sees("办好了。现在：样本锁定").sees("锁定了样本");
        }
        try (var anybody = visit(org.hemei.platform.Reader.VISITOR, Screen.PHONE, script)) {
            anybody.open("/campaigns").follow("年度测评").follow("核对抽样").sees("031125");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_the_scores_that_only_the_bureau_reads_to_a_correction(boolean script) {
        var town = town();
        var campaign = things.thing("$campaign.computed", town, null).orElseThrow();
        try (var resident = visit(town.near().resident(), Screen.PHONE, script)) {
            assertThat(resident.open("/home").page().content()).doesNotContain("公示中");
        }
        var score = readAndPublish(town, campaign, script);
        try (var manager = visit(town.near().manager(), Screen.PHONE, script)) {
            manager.open("/objections").sees("公示中的得分");
        }
        try (var bureau = visit(town.near().housingDesk(), Screen.DESK, script)) {
            bureau.open(score).follow("更正");
            bureau.follow("现场检查");
            bureau.page().locator("#f-item").selectOption("i1");
            bureau.page().locator("#f-value").selectOption("met");
            bureau.expecting(422).press("更正，出新的一版").expecting(200);
            bureau.page().locator("#f-basis").fill("复核纪要 3 号");
            bureau.page().locator("#f-why").fill("检修单在场，当时没有看到。");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("复核纪要.pdf", "application/pdf", Samples.pdf()));
            bureau.press("更正，出新的一版").sees("第 2 版").sees("检修单在场");
        }
        try (var manager = visit(town.near().manager(), Screen.PHONE, script)) {
            manager.open(score).sees("检修单在场");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_year_follows_a_contract_that_was_put_right_after_its_scores_were_public(boolean script) {
        var town = town();
        var campaign = things.thing("$campaign.differs", town, null).orElseThrow();
        jdbc.sql("insert into evaluation_contract_differs (campaign, estate, since) values (?, ?, now())")
                .params(Long.parseLong(campaign), town.near().garden())
                .update();
        try (var bureau = visit(town.near().housingDesk(), Screen.DESK, script)) {
            bureau.open("/campaigns/" + campaign).sees("有 1 个小区的合同登记").follow("核对合同");
            bureau.sees("照现在登记的").follow("更正得分…");
            bureau.expecting(422).press("更正，各出新的一版").expecting(200);
            bureau.page().locator("#f-basis").fill("物业服务合同备案表");
            bureau.page().locator("#f-why").fill("合同起始日登记晚了一天。");
            bureau.page()
                    .setInputFiles(
                            "input[name=documents]", new FilePayload("备案表.pdf", "application/pdf", Samples.pdf()));
            bureau.press("更正，各出新的一版").sees("更正了，这是新的一版").sees("合同起始日登记晚了一天");
            bureau.open("/campaigns/" + campaign + "/contracts").sees("合同和算分时一样");
        }
    }

    /** @return the address of the garden's score */
    private String readAndPublish(Town town, String campaign, boolean script) {
        try (var bureau = visit(town.near().housingDesk(), Screen.DESK, script)) {
            bureau.open("/campaigns/" + campaign).sees("看过初评").follow("看各项目得分");
            bureau.page().locator("a[href^='/scores/']").first().click();
            bureau.page().waitForURL("**/scores/*");
            var score = bureau.look().path();
            bureau.open("/campaigns/" + campaign).press("公示初评").sees("办好了").sees("公示");
            return score;
        }
    }

    private String day(int ahead) {
        return CivilTime.date(clock.instant()).plusDays(ahead).toString();
    }
}
