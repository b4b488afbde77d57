package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
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
        assertThat(page("/schemes/" + draft + "/preview", keeper)).contains("没有一个项目的结果和得分会变");
        jdbc.sql("update evaluation_scheme set content = jsonb_set(content, '{passLine}', '9900') where id = ?")
                .param(draft)
                .update();
        assertThat(page("/schemes/" + draft + "/preview", keeper))
                .contains("结果不一样的 1 个")
                .contains("1 家会变");
        assertThat(scores.ofCampaign(before.campaign()).getFirst().version()).isEqualTo(before.version());
    }

    private String tried(String change) throws Exception {
        var draft = things.scheme(String.valueOf(near.district()), "draft");
        jdbc.sql("update evaluation_scheme set content = " + change + " where id = ?")
                .param(draft)
                .update();
        return page("/schemes/" + draft + "/preview", keeper);
    }

    /** How projects make a company's year, and whose an estate's year is, are what lists companies. */
    @Test
    void a_draft_is_tried_with_its_own_rules_of_companies_and_contracts() throws Exception {
        var big = towns.estate(
                "试大花园" + near.district(), String.valueOf(near.district()), near.street(), near.community(), "商品房");
        towns.contract(near.company(), big);
        var id = things.campaign(near, "final");
        jdbc.sql(
                        "update evaluation_project set households = case estate when ? then 10 else 9000 end where campaign = ?")
                .params(near.garden(), id)
                .update();
        ended(id, '5');
        var small = scores.ofCampaign(id, near.garden()).getFirst();
        var made = java.util.Objects.requireNonNull(small.score());
        // the big estate has a score of its own, far below
        jdbc.sql("alter table evaluation_score disable trigger user").update();
        jdbc.sql("""
                update evaluation_score s set result = g.result, score = g.score, margin = g.margin, ballots = g.ballots,
                       inputs = jsonb_set(g.inputs, '{opinions}', '{"t1": 0, "t2": 0, "t3": 0}')
                from evaluation_project p, evaluation_score g
                where p.id = s.project and p.campaign = ? and p.estate = ? and g.id = ?
                """).params(id, big, small.id()).update();
        jdbc.sql("alter table evaluation_score enable trigger user").update();
        var equal = company(tried("jsonb_set(content, '{companyPolicy}', '\"EQUAL\"')"));
        // street and community weigh 20 % and gave 80 points to the one, none to the other
        assertThat(equal).isEqualTo(java.math.BigDecimal.valueOf(made - 800, 2));
        assertThat(company(tried("content")))
                .as("by households the big one decides")
                .isLessThan(equal);
        // who held it for all days it could is not rated where the draft asks for more
        assertThat(tried("jsonb_set(content, '{leastDays}', '99999')"))
                .contains("结果不一样的 2 个")
                .contains("不评定");
    }

    /** What the page says the company's year would be. */
    private static java.math.BigDecimal company(String page) {
        var row = java.util.regex.Pattern.compile(
                        "data-label=\"试算\">.*?class=\"num\">([0-9.]+)<", java.util.regex.Pattern.DOTALL)
                .matcher(page.substring(page.indexOf("id=\"h-years\""), page.indexOf("id=\"h-moved\"")));
        assertThat(row.find()).as(page).isTrue();
        return new java.math.BigDecimal(row.group(1));
    }

    @Test
    void a_draft_that_would_make_two_failed_years_says_so() throws Exception {
        ended('4');
        jdbc.sql("""
                insert into company_year (company, year, version, result, score, margin, final_at, inputs)
                values (?, 2032, 1, 'fail', 4000, 100, now(), '{}')
                """).param(near.company()).update();
        assertThat(tried("content")).doesNotContain("会变成连续两年不合格");
        assertThat(tried("jsonb_set(content, '{passLine}', '9900')")).contains("有 1 家企业会变成连续两年不合格");
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

    /** Lines are those of the estates that are rated: 99 points in a district without a rated one weigh nothing, also where it ends last. */
    @Test
    void whose_campaign_ends_last_makes_no_difference_to_the_line_of_a_company_in_two_districts() {
        var other = elsewhere("collecting");
        var strict =
                jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        select area, title, basis, state, version, jsonb_set(content, '{passLine}', '9900'), content_hash, made_at, published_at
                        from evaluation_scheme where id = ? returning id
                        """).param(campaign(other).scheme()).query(Long.class).single();
        set(other, "scheme = " + strict);
        ended('4');
        assertThat(years.latest(near.company(), 2033)).isEmpty();
        set(other, "state = 'final', final_at = now()");
        scoreDesk.compute(keeper, new Period(other, FROM, UNTIL), scheme(other), Map.of());
        scoreDesk.conclude(keeper, other, 2033, scheme(other));
        var year = years.latest(near.company(), 2033).orElseThrow();
        var inputs = results.inputs(near.company(), 2033, 1).orElseThrow();
        assertThat(year.campaign()).isEqualTo(other);
        assertThat(inputs.passLine()).isEqualTo(6000);
        assertThat(inputs.severalLines()).isTrue();
        assertThat(year.result()).isEqualTo(YearResult.PASS);
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
        assertThat(years.latest(near.company(), 2033).orElseThrow().result())
                .as("its company can object first")
                .isEqualTo(YearResult.PASS);
        heard(score.project());
        assertThat(years.latest(near.company(), 2033).orElseThrow().result())
                .as("the other company of the estate is heard as well")
                .isEqualTo(YearResult.PASS);
        // nobody of it can sign in: it was served on paper
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = opened_on - 50 where project = ?")
                .param(other)
                .update();
        scoreDesk.heard(other);
        scoreDesk.heard(score.project());
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
                            insert into evaluation_project (campaign, district, estate, company, bodies, households, kinds, days, counts)
                            values (:campaign, :district, :estate, :company, array[cast(:company as bigint)], 10, array['商品房'], 30, true) returning id)
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
