package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.UUID;
import org.hemei.evaluation.YearResult;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Hearings of companies that write and are written to on paper (decisions 72 and 82). */
@HemeiTest
class HearingPaperTest extends HearingCase {

    @Test
    void where_nobody_of_the_company_can_sign_in_the_time_runs_from_the_service_of_the_paper() throws Exception {
        var id = over('1');
        var b = town.far().company(); // its only manager has another estate
        putRight(b);
        assertThat(reattributed(id).getStatus()).isEqualTo(303);
        var fail = score(id, b);
        assertThat(hearings.last(fail.project()).orElseThrow().until()).isNull();
        assertThat(told(keeper)).anySatisfy(notice -> assertThat(notice).contains("要书面送达企业"));
        calendar.turn();
        assertThat(score(id, b).isFinal()).as("it was never served").isFalse();
        assertThat(years.latest(b, 2033)).isEmpty();
        assertThat(page("/campaigns", keeper)).contains("等您办");
        assertThat(page("/campaigns/" + id, keeper)).contains("请书面送达").contains(fail.path() + "/paper");

        var path = fail.path() + "/service";
        assertThat(sent(path, keeper, "servedOn", today.plusDays(1).toString()).getStatus())
                .isEqualTo(422);
        var without = mvc.perform(multipart(path)
                        .param("servedOn", today.toString())
                        .with(as(keeper))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(without.getContentAsString()).contains("请附送达回证");
        assertThat(sent(path, keeper, "servedOn", today.toString()).getStatus()).isEqualTo(303);
        assertThat(hearings.last(fail.project()).orElseThrow().until())
                .isEqualTo(today.plusDays(scheme(id).content().objectionDays()));
        assertThat(page("/campaigns", keeper)).doesNotContain("等您办");
        later(fail.project());
        jdbc.sql("update evaluation_hearing set served_on = opened_on where project = ?")
                .param(fail.project())
                .update();
        calendar.turn();
        assertThat(score(id, b).isFinal()).isTrue();
        assertThat(years.latest(b, 2033).orElseThrow().result()).isEqualTo(YearResult.FAIL);
    }

    /** By letter, on the last day, entered the day after. */
    @Test
    void what_a_company_hands_in_on_paper_counts_by_the_day_it_came_and_is_decided_by_somebody_else() throws Exception {
        var id = published('1', today);
        var fail = score(id, near.company());
        var path = fail.path() + "/paper";
        String[] letter = {"receivedOn", today.toString(), "dimension", "inspection", "words", "那天正在检修。"};
        assertThat(mvc.perform(multipart(path)
                                .param("_once", UUID.randomUUID().toString())
                                .param("receivedOn", today.toString())
                                .param("dimension", "inspection")
                                .param("words", "那天正在检修。")
                                .with(as(keeper))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("请附上书面材料");
        assertThat(sent(path, keeper, "receivedOn", today.plusDays(1).toString(), "dimension", "cases", "words", "算错了。")
                        .getStatus())
                .isEqualTo(422);
        assertThat(sent(path, near.manager(), letter).getStatus()).isEqualTo(403);
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        assertThat(sent(path, keeper, letter).getContentAsString()).contains("这一天收到的不在里面");
        set(id, "objection_until = '" + today + "'");
        var answer = sent(path, keeper, letter);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        var objection = jdbc.sql("select id from evaluation_objection where project = ?")
                .param(fail.project())
                .query(Long.class)
                .single();
        assertThat(told(near.manager())).anySatisfy(notice -> assertThat(notice).contains("您书面交来的测评异议录入了"));
        assertThat(page("/objections/" + objection, near.manager()))
                .contains("书面，")
                .contains("收到");
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.OBJECTION);
        var own = mvc.perform(post("/objections/" + objection + "/decide")
                        .param("version", "0")
                        .param("upheld", "no")
                        .param("decision", "核对过。")
                        .with(as(keeper))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(own.getStatus()).isEqualTo(422);
        assertThat(own.getContentAsString()).contains("这件是您录入的");
        keeper = near.districtDesk();
        answered(objection, "no");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
    }

    @Test
    void what_came_on_paper_is_taken_back_on_paper() throws Exception {
        var id = published('1', today);
        var fail = score(id, near.company());
        var came = sent(
                fail.path() + "/paper",
                keeper,
                "receivedOn",
                today.toString(),
                "dimension",
                "inspection",
                "words",
                "那天正在检修。");
        assertThat(came.getStatus()).isEqualTo(303);
        var objection = jdbc.sql("select id from evaluation_objection where project = ?")
                .param(fail.project())
                .query(Long.class)
                .single();
        var path = "/objections/" + objection;
        var other = near.districtDesk();
        assertThat(page(path, keeper))
                .as("says why they neither answer nor end it")
                .contains("这件是您录入的")
                .doesNotContain("录入书面撤回…", "/decide\"");
        assertThat(page(path, other)).contains("录入书面撤回…", "/decide\"");
        assertThat(page(path, near.manager())).doesNotContain("录入书面撤回…");
        var early = sent(
                path + "/withdrawal",
                other,
                "version",
                "0",
                "withdrawnOn",
                today.minusDays(1).toString());
        assertThat(early.getStatus()).isEqualTo(422);
        assertThat(early.getContentAsString()).contains("id=\"e-withdrawnOn\"");
        assertThat(sent(path + "/withdrawal", other, List.of(), "version", "0", "withdrawnOn", today.toString())
                        .getContentAsString())
                .contains("id=\"e-papers\"");
        assertThat(sent(path + "/withdrawal", near.manager(), "version", "0", "withdrawnOn", today.toString())
                        .getStatus())
                .isEqualTo(403);
        assertThat(sent(path + "/withdrawal", keeper, "version", "0", "withdrawnOn", today.toString())
                        .getContentAsString())
                .as("nobody both begins and ends it in the name of a company")
                .contains("这件是您录入的，请另一位同事答复，书面撤回也请他录入。")
                .doesNotContain("/withdrawal\"");
        var done = sent(path + "/withdrawal", near.districtDesk(), "version", "0", "withdrawnOn", today.toString());
        assertThat(done.getStatus()).as(done.getContentAsString()).isEqualTo(303);
        assertThat(page(path, near.manager())).contains("撤回了").contains("文书.pdf");
        assertThat(told(near.manager())).anySatisfy(notice -> assertThat(notice).contains("您书面撤回测评异议，录入了"));
        assertThat(sent(path + "/withdrawal", keeper, "version", "1", "withdrawnOn", today.toString())
                        .getStatus())
                .as("once")
                .isEqualTo(422);
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        desk.advance(id);
        assertThat(campaign(id).state()).as("nothing waits any more").isEqualTo(CampaignState.FINAL);
    }

    /** An objection that the company filed, taken back on paper by a colleague. */
    private long takenBack(long campaign) throws Exception {
        var objection = objected(score(campaign, near.company()), near.manager(), "inspection");
        var done = sent(
                "/objections/" + objection + "/withdrawal", keeper, "version", "0", "withdrawnOn", today.toString());
        assertThat(done.getStatus()).as(done.getContentAsString()).isEqualTo(303);
        return objection;
    }

    private MockHttpServletResponse restored(long objection, Reader by, String version, String why) throws Exception {
        return mvc.perform(post("/objections/" + objection + "/restore")
                        .param("version", version)
                        .param("restoredWhy", why)
                        .with(as(by))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void a_withdrawal_that_was_entered_wrongly_is_put_back_also_after_the_final_result() throws Exception {
        var id = published('1', today);
        var objection = takenBack(id);
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
        var path = "/objections/" + objection;
        assertThat(page(path, keeper)).contains("撤回录错了…").doesNotContain("录入书面撤回…");
        assertThat(page(path, near.manager())).contains("没有撤回过的，请告诉办测评的").doesNotContain("撤回录错了…");
        assertThat(restored(objection, near.manager(), "1", "没撤回过").getStatus()).isEqualTo(403);
        assertThat(restored(objection, town.far().housingDesk(), "1", "没撤回过").getStatus())
                .isEqualTo(404);
        assertThat(restored(objection, keeper, "1", " ").getContentAsString()).contains("id=\"e-restoredWhy\"");
        assertThat(restored(objection, keeper, "0", "没撤回过").getStatus()).isEqualTo(409);
        assertThat(restored(objection, keeper, "1", "交来的是另一个小区的撤回。").getStatus())
                .isEqualTo(303);
        assertThat(page(path, near.manager())).contains("等答复", "书面撤回录错了：交来的是另一个小区的撤回。");
        assertThat(told(near.manager())).anySatisfy(notice -> assertThat(notice).contains("您的测评异议恢复了"));
        assertThat(told(near.districtDesk()))
                .anySatisfy(notice -> assertThat(notice).contains("有一件测评异议恢复了，等答复"));
        assertThat(restored(objection, keeper, "2", "再来一次").getStatus())
                .as("once")
                .isEqualTo(422);
        var answer = mvc.perform(post(path + "/decide")
                        .param("version", "2")
                        .param("upheld", "no")
                        .param("decision", "核对过。")
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        var paper = mvc.perform(get(path + "/decision.pdf").with(as(near.manager())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var read = org.apache.pdfbox.Loader.loadPDF(paper)) {
            assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(read))
                    .as("the sheet of a withdrawal that never was is nothing that came with the objection")
                    .contains("测评异议答复书")
                    .doesNotContain("附材料");
        }
    }

    @Test
    void what_the_company_took_back_itself_or_filed_again_is_not_put_back() throws Exception {
        var id = published('1', today);
        var objection = takenBack(id);
        var again = objected(score(id, near.company()), near.manager(), "inspection");
        assertThat(restored(objection, keeper, "1", "没撤回过").getContentAsString())
                .contains("又提了一件");
        var own = mvc.perform(post("/objections/" + again + "/withdraw")
                        .param("version", "0")
                        .with(as(near.manager()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(own.getStatus()).isEqualTo(303);
        assertThat(page("/objections/" + again, keeper)).doesNotContain("撤回录错了…");
        assertThat(restored(again, keeper, "1", "没撤回过").getContentAsString()).contains("企业自己撤回的");
    }

    @Test
    void who_scored_there_or_changed_the_score_ends_no_objection_by_a_paper() throws Exception {
        var id = over('5');
        points(score(id, near.company()), "20");
        var objection = objected(score(id, near.company()), near.manager(), "territory");
        var path = "/objections/" + objection;
        assertThat(page(path, keeper)).doesNotContain("录入书面撤回…");
        assertThat(sent(path + "/withdrawal", keeper, "version", "0", "withdrawnOn", today.toString())
                        .getContentAsString())
                .contains("这次改分是您办的，", "书面撤回也请别人录入。");
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                select campaign, estate, item, 2, area, points, ?, given_at from evaluation_opinion where campaign = ? and item = 't1'
                """).params(near.districtDesk().account(), id).update();
        assertThat(sent(path + "/withdrawal", near.districtDesk(), "version", "0", "withdrawnOn", today.toString())
                        .getContentAsString())
                .contains("您给这个项目打过分，请没打过分的同事答复，书面撤回也请他录入。");
        assertThat(sent(path + "/withdrawal", town.cityDesk(), "version", "0", "withdrawnOn", today.toString())
                        .getStatus())
                .isEqualTo(303);
    }
}
