package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.attachment.Samples;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of a score and of a company's year: boxes given up, drafts tried, campaigns cancelled, judgments. */
@HemeiTest
@Transactional
class CampaignScoresTest extends CampaignCase {

    @Autowired
    CampaignDesk desk;

    @Autowired
    org.hemei.platform.attachment.Attachments attachments;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    CompanyResults results;

    /** The company has an estate in the other district as well, whose campaign of the same year has not ended. */
    private long elsewhere(String state) {
        var far = town.far();
        var estate = towns.estate(
                "试邻区花园" + far.district(), String.valueOf(far.district()), far.street(), far.community(), "商品房");
        towns.contract(near.company(), estate);
        var other = things.campaign(far, state);
        set(other, "year = 2033");
        return other;
    }

    @Test
    void a_box_that_was_given_up_leaves_its_projects_unrated_and_says_so() {
        var id = things.campaign(near, "collecting");
        scoreDesk.compute(
                keeper,
                new Period(id, FROM, UNTIL),
                scheme(id),
                Map.of(near.garden(), new Ballots(100, 0, Map.of(), true)));
        var score = scores.ofCampaign(id).getFirst();
        assertThat(score.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(scoreDesk.again(score).why()).contains("票作废了，一张都不算：不评定").noneMatch(why -> why.contains("样本太少"));
        assertThat(scoreDesk.same(score)).isTrue();
    }

    @Test
    void a_draft_is_tried_on_the_last_years_data_and_says_whose_result_would_be_another() throws Exception {
        var before = scores.ofCampaign(ended('4')).getFirst();
        assertThat(before.result()).isEqualTo(YearResult.PASS);
        var draft = things.scheme(String.valueOf(near.district()), "draft");
        assertThat(page("/schemes/" + draft + "/preview", keeper)).contains("没有一个项目的结果会变");
        jdbc.sql("update evaluation_scheme set content = jsonb_set(content, '{passLine}', '9900') where id = ?")
                .param(draft)
                .update();
        assertThat(page("/schemes/" + draft + "/preview", keeper)).contains("结果不一样的：1 个");
        assertThat(scores.ofCampaign(before.campaign()).getFirst().version()).isEqualTo(before.version());
    }

    @Test
    void a_district_that_cancels_keeps_no_company_waiting() {
        var other = elsewhere("collecting");
        ended('5');
        assertThat(years.latest(near.company(), 2033)).isEmpty();
        desk.cancel(town.far().housingDesk(), other, campaign(other).version(), "重复了");
        var year = years.latest(near.company(), 2033).orElseThrow();
        assertThat(year.version()).isEqualTo(1);
        assertThat(year.result()).isEqualTo(YearResult.PASS);
        // whose only campaign it was has no year
        assertThat(years.latest(town.far().company(), 2033)).isEmpty();
    }

    @Test
    void a_year_is_judged_by_one_rule_in_all_its_versions() {
        var id = ended('5');
        var first = years.latest(near.company(), 2033).orElseThrow();
        assertThat(first.result()).isEqualTo(YearResult.PASS);
        // another district's scheme asks for more, and its campaign of the year ends later
        var strict =
                jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        select area, title, basis, state, version, jsonb_set(content, '{passLine}', '9900'), content_hash, made_at, published_at
                        from evaluation_scheme where id = ? returning id
                        """).param(campaign(id).scheme()).query(Long.class).single();
        set(id, "scheme = " + strict);
        var project = scores.ofCampaign(id).getFirst().project();
        scoreDesk.correct(keeper, project, List.of(new Correction(1, "t3", "90")), "异议成立");
        var second = years.latest(near.company(), 2033).orElseThrow();
        assertThat(second.version()).isEqualTo(2);
        assertThat(results.inputs(near.company(), 2033, 2).orElseThrow().passLine())
                .isEqualTo(6000);
        assertThat(second.result()).isEqualTo(YearResult.PASS);
    }

    private org.springframework.mock.web.MockHttpServletResponse correct(
            Scores.Score score, String part, String item, String value, MockMultipartFile... files) throws Exception {
        var request = multipart(score.path() + "/correction");
        for (var file : files) {
            request.file(file);
        }
        return mvc.perform(request.param("_once", UUID.randomUUID().toString())
                        .param("version", String.valueOf(score.version()))
                        .param("part", part)
                        .param("item", item)
                        .param("value", value)
                        .param("basis", "（2034）皖行终 12 号判决")
                        .param("why", "判决认定点票程序不对")
                        .with(as(keeper))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void a_final_score_is_put_right_by_a_judgment_that_lies_beside_it_and_a_wrong_count_does_not_count()
            throws Exception {
        var score = scores.ofCampaign(ended('5')).getFirst();
        var judgment = new MockMultipartFile("documents", "判决书.pdf", "application/pdf", Samples.pdf());
        var other = another(score);
        assertThat(correct(score, "territory", "t1", "10").getContentAsString()).contains("id=\"e-documents\"");
        assertThat(correct(score, "satisfaction", "s1", "100", judgment).getStatus())
                .isEqualTo(422);
        var answer = correct(score, "satisfaction", "satisfaction", "void", judgment);
        assertThat(answer.getStatus()).isEqualTo(303);
        var voided = scores.latest(score.project()).orElseThrow();
        assertThat(voided.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(voided.reason()).contains("皖行终 12 号");
        assertThat(scoreDesk.same(voided)).isTrue();
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.NOT_RATED);
        // each company of the estate has a new version, and the judgment beside it
        var others = scores.latest(other).orElseThrow();
        assertThat(others.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(page(others.path(), keeper)).contains("判决书.pdf");
        // the two sides read the judgment; everybody else its number
        assertThat(page(voided.path(), near.manager())).contains("判决书.pdf");
        assertThat(page(voided.path(), near.resident())).contains("皖行终 12 号").doesNotContain("判决书.pdf");
        var file = jdbc.sql("select id from attachment where owner_kind = 'evaluation_score' and owner_id = ?")
                .param(String.valueOf(voided.id()))
                .query(UUID.class)
                .single();
        var path = "/attachments/" + near.district() + "/" + file;
        mvc.perform(get(path).with(as(near.manager()))).andExpect(status().isOk());
        mvc.perform(get(path).with(as(town.far().manager()))).andExpect(status().isNotFound());
        mvc.perform(get(path).with(as(near.resident()))).andExpect(status().isNotFound());
    }

    /** Another company that held the estate in the same year, with the same score. @return its project */
    private long another(Scores.Score score) {
        return jdbc.sql("""
                        with other as (
                            insert into evaluation_project (campaign, district, estate, company, bodies, households, days, counts)
                            values (:campaign, :district, :estate, :company, array[cast(:company as bigint)], 10, 30, true) returning id)
                        insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                        select other.id, 1, s.stage, s.result, s.score, s.margin, s.ballots, s.inputs, '', s.made_at
                        from other, evaluation_score s where s.id = :score returning project
                        """)
                .param("campaign", score.campaign())
                .param("district", near.district())
                .param("estate", near.garden())
                .param("company", town.far().company())
                .param("score", score.id())
                .query(Long.class)
                .single();
    }
}
