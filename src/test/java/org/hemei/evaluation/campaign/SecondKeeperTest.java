package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.regex.Pattern;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Where a case of the blacklist rests on a year, a score of it is put right by two who took no part in the decision (decision 84). */
@HemeiTest
class SecondKeeperTest extends HearingCase {

    private long campaign;
    private Scores.Score fail;
    private Reader other;

    @BeforeEach
    void listed() {
        campaign = over('1');
        fail = score(campaign, near.company());
        other = near.districtDesk();
        // the year before failed as well, so that whatever looks at the case finds it right
        jdbc.sql("""
                insert into company_year (company, year, version, result, score, margin, final_at, inputs)
                values (?, 2032, 1, 'fail', 4000, 100, now(), '{}')
                """).param(near.company()).update();
        jdbc.sql("""
                insert into listing (company, area, first_year, first_version, second_year, second_version, first_seen, second_seen, state,
                                     proposed_at, due_at, notice_due)
                values (?, ?, 2032, 1, 2033, 1, 1, 1, 'proposed', now(), now() + interval '90 days', now() + interval '90 days')
                """).params(near.company(), String.valueOf(near.district())).update();
    }

    private MockHttpServletResponse put(Reader by, List<byte[]> documents) throws Exception {
        var now = score(campaign, near.company());
        return sent(
                now.path() + "/correction",
                by,
                documents,
                "version",
                String.valueOf(now.version()),
                "part",
                "territory",
                "item",
                "t1",
                "value",
                "100",
                "basis",
                "审计结论",
                "why",
                "打分的人和别的小区弄混了");
    }

    private MockHttpServletResponse settled(Reader by, String agree, String words) throws Exception {
        return mvc.perform(post(fail.path() + "/correction/settle")
                        .param("agree", agree)
                        .param("words", words)
                        .with(as(by))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse asked() throws Exception {
        var answer = put(keeper, List.of(Samples.pdf()));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        return answer;
    }

    private int status(String path, Reader reader) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void one_asks_with_a_document_and_another_does_it() throws Exception {
        assertThat(put(keeper, List.of()).getContentAsString()).contains("id=\"e-documents\"");
        assertThat(asked().getRedirectedUrl()).endsWith("?done=asked");
        assertThat(score(campaign, near.company()).version())
                .as("nothing changed yet")
                .isEqualTo(fail.version());
        assertThat(told(other)).anySatisfy(notice -> assertThat(notice).contains("请另一位定"));
        assertThat(told(near.manager()))
                .noneSatisfy(notice -> assertThat(notice).contains("请另一位"));
        assertThat(page("/campaigns", other)).contains("等您办");
        assertThat(page("/campaigns/" + campaign, other)).contains(fail.path() + "/correction");
        var form = page(fail.path() + "/correction", other);
        assertThat(form).contains("改成 100", "审计结论", "打分的人和别的小区弄混了", "文书.pdf", "同意，更正得分");
        assertThat(page(fail.path() + "/correction", keeper))
                .contains("撤回")
                .doesNotContain("同意，更正得分")
                .doesNotContain("name=\"basis\"");
        var match = Pattern.compile("/attachments/\\d+/[0-9a-f-]{36}").matcher(form);
        assertThat(match.find()).isTrue();
        var file = match.group();
        assertThat(status(file, other)).isEqualTo(200);
        assertThat(status(file, near.manager())).isEqualTo(404);

        assertThat(settled(keeper, "yes", "").getContentAsString()).contains("是您提出更正的，请另一位同事来定。");
        assertThat(put(other, List.of(Samples.pdf())).getContentAsString()).contains("已经有一件更正等另一位同事定。");
        var done = settled(other, "yes", "");
        assertThat(done.getStatus()).as(done.getContentAsString()).isEqualTo(303);
        var put = score(campaign, near.company());
        assertThat(put.version()).isEqualTo(fail.version() + 1);
        assertThat(put.isFinal()).isTrue();
        assertThat(put.score()).isGreaterThan(fail.score());
        assertThat(page(put.path(), near.manager())).contains("文书.pdf").contains("依据审计结论");
        assertThat(status(file, near.manager())).isEqualTo(200);
        assertThat(page("/campaigns", other)).doesNotContain("等您办");
        assertThat(settled(other, "yes", "").getStatus()).as("once").isEqualTo(422);
        assertThat(scores.seal(put)).isEqualTo(Scores.Seal.SAME);
    }

    @Test
    void who_is_tied_to_the_company_hears_of_no_case_by_it() throws Exception {
        asked();
        towns.post(other.person(), near.company(), "负责人");
        assertThat(page("/campaigns/" + campaign, other)).doesNotContain("更正等另一位同事定");
        assertThat(page(fail.path() + "/correction", other))
                .doesNotContain("等另一位同事定的更正")
                .doesNotContain("“黑名单”的依据");
        assertThat(settled(other, "yes", "").getContentAsString()).contains(org.hemei.evaluation.Interests.WORDS);
        assertThat(settled(other, "no", "不对。").getContentAsString()).contains(org.hemei.evaluation.Interests.WORDS);
    }

    @Test
    void another_who_does_not_agree_says_why_and_who_asked_takes_it_back() throws Exception {
        asked();
        assertThat(settled(other, "no", " ").getContentAsString()).contains("id=\"e-words\"");
        assertThat(settled(other, "no", "审计结论说的不是这个小区。").getStatus()).isEqualTo(303);
        assertThat(score(campaign, near.company()).version()).isEqualTo(fail.version());
        assertThat(told(keeper)).anySatisfy(notice -> assertThat(notice).contains("没有同意"));
        asked();
        assertThat(settled(keeper, "no", "").getStatus()).isEqualTo(303);
        assertThat(settled(other, "yes", "").getContentAsString()).contains("没有等您定的更正");
        assertThat(settled(town.far().housingDesk(), "yes", "").getStatus()).isEqualTo(404);
        assertThat(settled(near.manager(), "yes", "").getStatus()).isEqualTo(403);
    }

    @Test
    void who_decided_on_the_case_neither_asks_nor_agrees() throws Exception {
        asked();
        jdbc.sql("""
                insert into listing_step (listing, seq, verb, actor, party, to_state, at)
                select id, 1, 'list', ?, 'bureau', 'decided', now() from listing where company = ?
                """).params(other.account(), near.company()).update();
        // what follows the years writes the next step of the case
        jdbc.sql("update listing set version = 1 where company = ?")
                .param(near.company())
                .update();
        assertThat(settled(other, "yes", "").getContentAsString()).contains("您参加过这家企业“黑名单”的集体决定");
        assertThat(settled(keeper, "no", "").getStatus()).isEqualTo(303);
        assertThat(put(other, List.of(Samples.pdf())).getContentAsString()).contains("您参加过这家企业“黑名单”的集体决定");
    }

    @Test
    void a_score_that_changed_since_is_not_put_right_by_what_was_asked_before() throws Exception {
        asked();
        transaction.executeWithoutResult(status -> scoreDesk.correct(
                keeper,
                fail.project(),
                List.of(new org.hemei.evaluation.score.ProjectInputs.Correction(0, "t1", "90")),
                "别处更正"));
        assertThat(settled(other, "yes", "").getContentAsString()).contains("得分又出了新的一版");
    }

    @Test
    void where_no_case_rests_on_the_year_one_is_enough() throws Exception {
        jdbc.sql("delete from listing where company = ?").param(near.company()).update();
        assertThat(put(keeper, List.of(Samples.pdf())).getRedirectedUrl()).endsWith("?done=corrected");
        assertThat(score(campaign, near.company()).version()).isEqualTo(fail.version() + 1);
    }
}
