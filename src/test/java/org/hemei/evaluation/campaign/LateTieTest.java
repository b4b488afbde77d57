package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.access.Readers;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.annotation.Transactional;

/** A tie of an assessor that is found when scores are public: the assessor is heard, and somebody decides on a document (decision 82). */
@HemeiTest
@Transactional
class LateTieTest extends CampaignCase {

    @Autowired
    CampaignDesk desk;

    @Autowired
    Readers readers;

    @Autowired
    InstantSource clock;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    private org.springframework.test.web.servlet.ResultActions foundLate(long campaign) throws Exception {
        return mvc.perform(multipart("/campaigns/" + campaign + "/ties")
                .file(new MockMultipartFile("documents", "社保记录.pdf", "application/pdf", Samples.pdf()))
                .with(as(keeper))
                .with(csrf())
                .param("assessor", String.valueOf(near.assessor().account()))
                .param("company", String.valueOf(near.company()))
                .param("kind", "owner")
                .param("why", "股权登记里有他")
                .param("basis", "和房〔2033〕8 号核查记录"));
    }

    private org.springframework.test.web.servlet.ResultActions answered(long campaign, String words) throws Exception {
        return mvc.perform(post("/inspections/ties/answer")
                .with(as(near.assessor()))
                .with(csrf())
                .param("tie", campaign + "-" + near.company())
                .param("answer", words));
    }

    private org.springframework.test.web.servlet.ResultActions settled(long campaign, Reader by, String struck)
            throws Exception {
        return settled(campaign, by, struck, "查了股权登记和他的说明。");
    }

    private org.springframework.test.web.servlet.ResultActions settled(
            long campaign, Reader by, String struck, String why) throws Exception {
        return settled(campaign, by, struck, why, read(campaign));
    }

    /** What stands on the page of whoever decides. */
    private String read(long campaign) {
        return jdbc.sql("""
                        select char_length(answer) || '-' || char_length(said) from evaluation_conflict
                        where campaign = ? and assessor = ? and company = ?
                        """)
                .params(campaign, near.assessor().account(), near.company())
                .query(String.class)
                .optional()
                .orElse("");
    }

    private org.springframework.test.web.servlet.ResultActions settled(
            long campaign, Reader by, String struck, String why, String read) throws Exception {
        return mvc.perform(post("/campaigns/" + campaign + "/ties/settle")
                .param("read", read)
                .with(as(by))
                .with(csrf())
                .param("assessor", String.valueOf(near.assessor().account()))
                .param("company", String.valueOf(near.company()))
                .param("struck", struck)
                .param("decided", why));
    }

    @Test
    void a_tie_found_when_scores_are_public_needs_a_document_and_the_assessor_is_heard_before_anything_changes()
            throws Exception {
        var id = ended('5');
        found(id)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-basis\"")))
                .andExpect(content().string(containsString("id=\"e-documents\"")));
        foundLate(id).andExpect(status().isSeeOther());
        var version = scores.ofCampaign(id).getFirst().version();
        settled(id, keeper, "yes").andExpect(status().isUnprocessableContent());
        assertThat(page("/inspections", near.assessor()))
                .contains("股权登记里有他", "社保记录.pdf", "href=\"#h-tie\"", "/inspections/ties/answer");
        answered(id, " ")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("href=\"#f-answer\"")));
        answered(id, "股份三年前就转出去了。").andExpect(status().isSeeOther());
        assertThat(page("/inspections", near.assessor()))
                .contains("股份三年前就转出去了。", "等办测评的定")
                .doesNotContain("href=\"#h-tie\"", "/inspections/ties/answer");
        answered(id, "再说一遍。").andExpect(status().isUnprocessableContent());
        assertThat(page("/campaigns/" + id + "/ties", keeper))
                .contains("股份三年前就转出去了。")
                .contains("社保记录.pdf");
        assertThat(page("/campaigns/" + id + "/ties", town.far().housingDesk())).doesNotContain("股份三年前");
        settled(id, keeper, "no", " ")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请写为什么这样定")));
        settled(id, keeper, "no").andExpect(status().isSeeOther());
        assertThat(scores.ofCampaign(id).getFirst().version()).isEqualTo(version);
        assertThat(page("/inspections", near.assessor())).contains("您看的这家企业的小区照算", "查了股权登记和他的说明。");
        settled(id, keeper, "yes").andExpect(status().isUnprocessableContent());
    }

    @Test
    void a_tie_that_is_not_decided_holds_the_final_result() throws Exception {
        var id = things.campaign(near, "objection");
        looked(id, near.assessor());
        given(id);
        scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), '5')));
        foundLate(id).andExpect(status().isSeeOther());
        set(id, "objection_until = objection_from + 1");
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.OBJECTION);
        assertThat(page("/campaigns/" + id, keeper)).contains("定下来以前，不定终评").contains("/campaigns/" + id + "/ties");
        assertThat(page("/campaigns", keeper)).as("the assessor is asked first").doesNotContain("等您办");
        answered(id, "股份三年前就转出去了。").andExpect(status().isSeeOther());
        assertThat(page("/campaigns", keeper)).contains("等您办");
        assertThat(desk.advance(id)).isFalse();
        settled(id, keeper, "no").andExpect(status().isSeeOther());
        assertThat(page("/campaigns", keeper)).doesNotContain("等您办");
        assertThat(desk.advance(id)).isTrue();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
    }

    @Test
    void where_a_case_of_the_blacklist_rests_on_the_year_whoever_found_a_tie_does_not_settle_it() throws Exception {
        var id = ended('5');
        var form = scores.ofCampaign(id).getFirst().path() + "/correction";
        assertThat(page(form, keeper)).doesNotContain("是一件“黑名单”的依据");
        var version = scores.ofCampaign(id).getFirst().version();
        listed(campaign(id).year());
        assertThat(page(form, keeper)).contains("企业这一年的成绩是一件“黑名单”的依据");
        foundLate(id).andExpect(status().isSeeOther());
        answered(id, "没有这回事。").andExpect(status().isSeeOther());
        settled(id, keeper, "yes")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请另一位同事来定")));
        assertThat(scores.ofCampaign(id).getFirst().version()).isEqualTo(version);
        settled(id, near.districtDesk(), "no").andExpect(status().isSeeOther());

        var other = ended('5');
        jdbc.sql("delete from listing where company = ?").param(near.company()).update();
        foundLate(other).andExpect(status().isSeeOther());
        answered(other, "没有这回事。").andExpect(status().isSeeOther());
        settled(other, keeper, "no").andExpect(status().isSeeOther());
    }

    /** A case of the blacklist by this year and the one before. */
    private void listed(int year) {
        jdbc.sql("""
                insert into listing (company, area, first_year, first_version, second_year, second_version, first_seen, second_seen, state,
                                     proposed_at, due_at, notice_due)
                values (?, ?, ?, 1, ?, 1, 1, 1, 'proposed', now(), now() + interval '90 days', now() + interval '90 days')
                """)
                .params(near.company(), String.valueOf(near.district()), year - 1, year)
                .update();
    }

    @Test
    void of_an_assessor_who_saw_nothing_of_the_company_it_is_not_said_that_they_are_asked() throws Exception {
        var id = ended('5');
        var other = assessor();
        var answer = mvc.perform(post("/campaigns/" + id + "/ties")
                        .with(as(keeper))
                        .with(csrf())
                        .param("assessor", String.valueOf(other.account()))
                        .param("company", String.valueOf(near.company()))
                        .param("kind", "owner")
                        .param("why", "股权登记里有他"))
                .andExpect(status().isSeeOther())
                .andReturn();
        assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/campaigns/" + id + "/ties?done=unseen");
        assertThat(page("/campaigns/" + id + "/ties?done=unseen", keeper))
                .contains("他没看过这家企业的小区，得分不变")
                .doesNotContain("他看过的还算着");
        var asked = foundLate(id).andExpect(status().isSeeOther()).andReturn();
        assertThat(asked.getResponse().getRedirectedUrl()).endsWith("?done=asked");
    }

    @Test
    void who_scored_there_settles_no_tie_and_an_objection_is_answered_first() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        answered(id, "没有这回事。").andExpect(status().isSeeOther());
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                select campaign, estate, item, 2, area, points, ?, given_at from evaluation_opinion where campaign = ? and item = 't1'
                """).params(keeper.account(), id).update();
        settled(id, keeper, "yes")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("您给这个项目打过分")));
        var score = scores.ofCampaign(id).getFirst();
        jdbc.sql("""
                insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                values (?, ?, ?, 'CASES', ?, now(), '2199-01-01')
                """)
                .params(
                        score.project(),
                        score.id(),
                        near.district(),
                        near.manager().account())
                .update();
        settled(id, near.districtDesk(), "yes")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("先答复异议")));
        assertThat(scores.ofCampaign(id).getFirst().version()).isEqualTo(score.version());
    }

    @Test
    void a_tie_found_later_takes_the_look_out_of_the_score_and_once_heard_of_the_companys_year() throws Exception {
        var id = ended('5');
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.PASS);
        foundLate(id).andExpect(status().isSeeOther());
        // nothing was answered in time
        jdbc.sql("update evaluation_conflict set answer_by = '2020-01-01' where campaign = ?")
                .param(id)
                .update();
        settled(id, keeper, "yes").andExpect(status().isSeeOther());
        var struck = scores.ofCampaign(id).getFirst();
        assertThat(struck.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(struck.isFinal()).as("its company can object").isFalse();
        assertThat(scoreDesk.again(struck).why()).containsExactly("没有“现场检查”的结果");
        assertThat(scoreDesk.same(struck)).isTrue();
        assertThat(scores.seal(struck)).isEqualTo(Scores.Seal.SAME);
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(1);
        heard(struck.project());
        var year = years.latest(near.company(), 2033).orElseThrow();
        assertThat(year.version()).isEqualTo(2);
        assertThat(year.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(year.reason()).contains("回避").contains("8 号核查记录").doesNotContain("股权");
    }

    @Test
    void who_found_a_tie_late_or_settled_it_does_not_answer_the_objection_to_what_came_of_it() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        answered(id, "没有这回事。").andExpect(status().isSeeOther());
        settled(id, near.districtDesk(), "yes").andExpect(status().isSeeOther());
        var struck = scores.ofCampaign(id).getFirst();
        var objection = jdbc.sql("""
                        with o as (insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                                   values (?, ?, ?, 'INSPECTION', ?, now(), '2199-01-01') returning id)
                        insert into evaluation_objection_words (objection, words) select id, '他没有股份。' from o returning objection
                        """)
                .params(
                        struck.project(),
                        struck.id(),
                        near.district(),
                        near.manager().account())
                .query(Long.class)
                .single();
        for (var by : List.of(keeper, near.districtDesk())) {
            decided(objection, by)
                    .andExpect(status().isUnprocessableContent())
                    .andExpect(content().string(containsString("这次改分是您办的，异议请别人答复")));
        }
        // of another company, whose estates are elsewhere, the same assessor's tie changed nothing here
        jdbc.sql("""
                        insert into evaluation_conflict (campaign, assessor, company, kind, found, declared_by, declared_at, why, basis, answer_by)
                        select campaign, assessor, ?, kind, found, ?, declared_at, why, basis, answer_by from evaluation_conflict where campaign = ?
                        """)
                .params(town.far().company(), town.cityDesk().account(), id)
                .update();
        decided(objection, town.cityDesk()).andExpect(status().isSeeOther());
    }

    private org.springframework.test.web.servlet.ResultActions decided(long objection, Reader by) throws Exception {
        return mvc.perform(post("/objections/" + objection + "/decide")
                .with(as(by))
                .with(csrf())
                .param("version", "0")
                .param("upheld", "no")
                .param("decision", "照核查记录看过。"));
    }

    @Test
    void where_somebody_else_looked_as_well_that_look_alone_counts() throws Exception {
        var id = things.campaign(near, "final");
        looked(id, assessor(), 2, "met");
        ended(id, '5');
        var before = scores.ofCampaign(id).getFirst();
        assertThat(before.inputs().looks()).hasSize(2);
        foundLate(id).andExpect(status().isSeeOther());
        answered(id, "是的，忘了说。").andExpect(status().isSeeOther());
        settled(id, keeper, "yes").andExpect(status().isSeeOther());
        var after = scores.ofCampaign(id).getFirst();
        assertThat(after.score()).isGreaterThan(before.score());
        assertThat(scoreDesk.again(after).parts().get(1).points()).isEqualTo(10_000);
    }

    /** The assessor's role ended; the account is there. */
    private Reader former() {
        jdbc.sql(
                        "update access_grant set until = since + interval '1 millisecond' where account = ? and role = 'ASSESSOR'")
                .param(near.assessor().account())
                .update();
        return readers.of(near.assessor().account()).orElseThrow();
    }

    @Test
    void whoever_was_an_assessor_then_answers_for_themselves_and_sees_nothing_else() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        var former = former();
        assertThat(page("/inspections", former))
                .contains("/inspections/ties/answer", "股权登记里有他")
                .doesNotContain("要看的小区", "登记一家");
        mvc.perform(post("/inspections/ties/answer")
                        .with(as(former))
                        .with(csrf())
                        .param("tie", id + "-" + near.company())
                        .param("answer", "股份早就转了。"))
                .andExpect(status().isSeeOther());
        assertThat(page("/campaigns/" + id + "/ties", keeper)).contains("股份早就转了。");
        mvc.perform(post("/inspections/ties").with(as(former)).with(csrf()).param("company", "1-1"))
                .andExpect(status().isForbidden());
        mvc.perform(get("/inspections").with(as(near.resident()))).andExpect(status().isForbidden());
    }

    private org.springframework.test.web.servlet.ResultActions entered(
            long campaign, Reader by, LocalDate on, boolean scan) throws Exception {
        var request = multipart("/campaigns/" + campaign + "/ties/answer");
        if (scan) {
            request.file(new MockMultipartFile("papers", "说明.pdf", "application/pdf", Samples.pdf()));
        }
        return mvc.perform(
                request.param("assessor", String.valueOf(near.assessor().account()))
                        .param("company", String.valueOf(near.company()))
                        .param("receivedOn", on.toString())
                        .param("answer", "股份三年前转给了弟弟。")
                        .with(as(by))
                        .with(csrf()));
    }

    @Test
    void several_open_ties_on_a_page_have_fields_of_their_own() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        jdbc.sql("""
                        insert into evaluation_conflict (campaign, assessor, company, kind, found, declared_by, declared_at, why, basis, answer_by)
                        select campaign, assessor, ?, kind, found, declared_by, declared_at, '也查了这家', basis, answer_by
                        from evaluation_conflict where campaign = ?
                        """).params(town.far().company(), id).update();
        once(page("/campaigns/" + id + "/ties", keeper));
        once(page("/inspections", near.assessor()));
        var today = CivilTime.date(clock.instant());
        once(entered(id, near.districtDesk(), today, false)
                .andExpect(content().string(containsString("aria-describedby=\"e-papers\"")))
                .andReturn()
                .getResponse()
                .getContentAsString());
        // what was typed about one of them is not typed into the form below
        assertThat(settled(id, keeper, "yes", " ").andReturn().getResponse().getContentAsString())
                .doesNotContain("value=\"" + near.company() + "\" maxlength");
    }

    private static void once(String page) {
        assertThat(java.util.regex.Pattern.compile(" id=\"([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(one -> one.group(1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_an_assessor_says_on_paper_is_entered_with_the_sheet_and_decided_by_somebody_else() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        var today = CivilTime.date(clock.instant());
        var other = near.districtDesk();
        assertThat(page("/campaigns/" + id + "/ties", other)).contains("录入书面说明…");
        entered(id, other, today, false).andExpect(content().string(containsString("id=\"e-papers\"")));
        entered(id, other, today.plusDays(1), true).andExpect(content().string(containsString("id=\"e-receivedOn\"")));
        entered(id, near.assessor(), today, true).andExpect(status().isForbidden());
        entered(id, town.far().housingDesk(), today, true).andExpect(status().isNotFound());
        entered(id, other, today, true).andExpect(status().isSeeOther());
        assertThat(page("/campaigns/" + id + "/ties", other))
                .contains("他的书面说明是您录入的：由另一位同事来定")
                .doesNotContain("/ties/settle");
        assertThat(page("/campaigns/" + id + "/ties", keeper)).contains("/ties/settle");
        entered(id, other, today, true).andExpect(status().isUnprocessableContent());
        assertThat(page("/campaigns/" + id + "/ties", keeper))
                .contains("他书面说明，", "股份三年前转给了弟弟。", "说明.pdf", "他看的照算</button>")
                .doesNotContain("录入书面说明…");
        assertThat(page("/campaigns", keeper)).contains("等您办");

        assertThat(page("/inspections", near.assessor())).contains("您书面说明的", "/inspections/ties/answer");
        var before = read(id);
        answered(id, "那张纸不是我写的。").andExpect(status().isSeeOther());
        settled(id, keeper, "yes", "照书面说明定。", before)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请看过再定")));
        answered(id, "再说一遍。").andExpect(status().isUnprocessableContent());
        assertThat(page("/inspections", near.assessor()))
                .contains("那张纸不是我写的。", "股份三年前转给了弟弟。")
                .doesNotContain("/inspections/ties/answer");
        assertThat(page("/campaigns/" + id + "/ties", keeper)).contains("他自己又说：</b>那张纸不是我写的。");
        settled(id, other, "no")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("他的书面说明是您录入的")));
        settled(id, keeper, "no").andExpect(status().isSeeOther());
    }

    @Test
    void a_paper_is_entered_by_nobody_who_found_the_tie_or_is_tied_to_the_company() throws Exception {
        var id = ended('5');
        foundLate(id).andExpect(status().isSeeOther());
        var today = CivilTime.date(clock.instant());
        assertThat(page("/campaigns/" + id + "/ties", keeper))
                .contains("他的书面说明由另一位同事录入")
                .doesNotContain("录入书面说明…");
        entered(id, keeper, today, true)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("他的书面说明请另一位同事录入")));
        towns.post(near.districtDesk().person(), near.company(), "负责人");
        entered(id, near.districtDesk(), today, true)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString(org.hemei.evaluation.Interests.WORDS)));
        entered(id, town.cityDesk(), today, true).andExpect(status().isSeeOther());
        settled(id, keeper, "no").andExpect(status().isSeeOther());
    }

    @Test
    void who_decided_on_the_case_that_rests_on_the_year_settles_no_tie_there() throws Exception {
        var id = ended('5');
        listed(campaign(id).year());
        jdbc.sql("""
                insert into listing_step (listing, seq, verb, actor, party, to_state, at)
                select id, 1, 'list', ?, 'bureau', 'decided', now() from listing where company = ?
                """).params(near.districtDesk().account(), near.company()).update();
        foundLate(id).andExpect(status().isSeeOther());
        answered(id, "没有这回事。").andExpect(status().isSeeOther());
        settled(id, near.districtDesk(), "yes")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("您参加过这家企业“黑名单”的集体决定")));
        settled(id, town.cityDesk(), "no").andExpect(status().isSeeOther());
    }
}
