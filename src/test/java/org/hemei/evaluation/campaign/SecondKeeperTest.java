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
        return put(by, documents, "100");
    }

    private MockHttpServletResponse put(Reader by, List<byte[]> documents, String value) throws Exception {
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
                value,
                "basis",
                "审计结论",
                "why",
                "打分的人和别的小区弄混了");
    }

    /** What waits now. */
    private long waiting() {
        return jdbc.sql("select coalesce(max(id), 0) from evaluation_correction where project = ? and state = 'asked'")
                .param(fail.project())
                .query(Long.class)
                .single();
    }

    private MockHttpServletResponse settled(Reader by, String agree, String words) throws Exception {
        return settled(waiting(), by, agree, words);
    }

    private MockHttpServletResponse settled(long seen, Reader by, String agree, String words) throws Exception {
        return mvc.perform(post(fail.path() + "/correction/settle")
                        .param("asked", String.valueOf(seen))
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
        assertThat(told(keeper)).anySatisfy(notice -> assertThat(notice).contains("您提出的得分更正，另一位同事同意了"));
        assertThat(page(put.path() + "/correction", keeper)).contains("上一件提出的更正", "同意了，照办");
    }

    @Test
    void what_is_agreed_to_is_what_was_read() throws Exception {
        asked();
        var read = waiting();
        assertThat(page(fail.path() + "/correction", other)).contains("name=\"asked\" value=\"" + read + "\"");
        assertThat(settled(keeper, "no", "").getStatus()).isEqualTo(303);
        assertThat(put(keeper, List.of(Samples.pdf()), "20").getStatus()).isEqualTo(303);
        for (var agree : List.of("yes", "no")) {
            var late = settled(read, other, agree, "我看的那件不对。");
            assertThat(late.getStatus()).isEqualTo(409);
            assertThat(late.getContentAsString())
                    .contains("没有改。", "另外提出更正", "改成 20", "name=\"asked\" value=\"" + waiting() + "\"");
        }
        assertThat(score(campaign, near.company()).version()).isEqualTo(fail.version());
        assertThat(settled(other, "yes", "").getStatus()).isEqualTo(303);
        assertThat(score(campaign, near.company()).version()).isEqualTo(fail.version() + 1);
    }

    @Test
    void neither_of_the_two_answers_the_objection_to_what_they_did() throws Exception {
        assertThat(put(keeper, List.of(Samples.pdf()), "20").getStatus()).isEqualTo(303);
        assertThat(settled(other, "yes", "").getStatus()).isEqualTo(303);
        var worse = score(campaign, near.company());
        assertThat(worse.isFinal()).as("its company is heard").isFalse();
        var objection = objected(worse, near.manager(), "territory");
        for (var by : List.of(keeper, other)) {
            assertThat(decided(objection, by, "upheld", "no").getContentAsString())
                    .contains("这次改分是您办的，异议请别人答复");
            assertThat(page("/objections/" + objection, by)).doesNotContain("/decide\"");
        }
        assertThat(decided(objection, town.cityDesk(), "upheld", "no").getStatus())
                .isEqualTo(303);
    }

    @Test
    void what_was_typed_stays_when_another_asked_meanwhile() throws Exception {
        asked();
        var refused = put(other, List.of(Samples.pdf()), "101").getContentAsString();
        assertThat(refused)
                .contains("等另一位同事定的更正", "您刚才填的", "<dd>审计结论</dd><dt>原来错在哪里</dt><dd class=\"pre\">", "请填 0 到 100 的整数。")
                .doesNotContain("href=\"#f-value\"");
    }

    @Test
    void counts_of_orders_are_asked_for_in_words() throws Exception {
        asked();
        jdbc.sql("update evaluation_correction set part = 'CASES', value = '12/10/9' where id = ?")
                .param(waiting())
                .update();
        assertThat(page(fail.path() + "/correction", other))
                .contains("改成 12 件工单，确认办好的 10 件，一次办好的 9 件")
                .doesNotContain("12/10/9");
    }

    @Test
    void the_page_says_who_can_decide_and_whom_to_ask_where_everybody_voted() throws Exception {
        assertThat(page(fail.path() + "/correction", keeper)).contains("能来定的同事：");
        asked();
        assertThat(page(fail.path() + "/correction", keeper)).contains("能来定的同事：");
        jdbc.sql("""
                insert into listing_step (listing, seq, verb, actor, party, to_state, at)
                select l.id, row_number() over (order by g.account), 'list', g.account, 'bureau', 'decided', now()
                from listing l, (select distinct account from access_grant where role in ('HOUSING', 'DISTRICT', 'CITY')) g
                where l.company = ?
                """).param(near.company()).update();
        jdbc.sql(
                        "update listing l set version = (select max(seq) from listing_step s where s.listing = l.id) where l.company = ?")
                .param(near.company())
                .update();
        assertThat(page(fail.path() + "/correction", keeper))
                .contains("现在一位也没有，市里也没有")
                .doesNotContain("能来定的同事：");
    }

    /** The desk refuses them: the page names nobody who would be sent away. */
    @Test
    void nobody_is_named_who_is_tied_to_a_company_that_merged_into_one_of_the_estate() throws Exception {
        var name = jdbc.sql("select coalesce(username, id || ' 号账号') from account where id = ?")
                .param(other.account())
                .query(String.class)
                .single();
        towns.post(other.person(), town.far().company(), "负责人");
        assertThat(page(fail.path() + "/correction", keeper)).contains(name);
        jdbc.sql("update evaluation_project set bodies = bodies || cast(? as bigint) where id = ?")
                .params(town.far().company(), fail.project())
                .update();
        assertThat(page(fail.path() + "/correction", keeper)).doesNotContain(name);
        asked();
        assertThat(settled(other, "yes", "").getContentAsString()).contains(org.hemei.evaluation.Interests.WORDS);
    }

    @Test
    void a_void_count_that_touches_the_case_of_another_company_there_says_that_two_decide() throws Exception {
        putRight(town.far().company());
        assertThat(reattributed(campaign).getStatus()).isEqualTo(303);
        var theirs = score(campaign, town.far().company()).path() + "/correction";
        assertThat(page(theirs + "?part=satisfaction", keeper))
                .contains("提出更正，请另一位定", "这里有企业这一年的成绩是一件“黑名单”的依据")
                .doesNotContain("点票作废，出新的一版");
        assertThat(page(theirs + "?part=territory", keeper)).doesNotContain("提出更正，请另一位定");
    }

    @Test
    void who_is_tied_to_the_company_hears_of_no_case_by_it() throws Exception {
        asked();
        towns.post(other.person(), near.company(), "负责人");
        assertThat(page("/campaigns/" + campaign, other)).doesNotContain("更正等另一位同事定");
        assertThat(page(fail.path() + "/correction", other))
                .doesNotContain("等另一位同事定的更正")
                .doesNotContain("“黑名单”的依据")
                .doesNotContain("上一件提出的更正");
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
        assertThat(page(fail.path() + "/correction", keeper)).contains("上一件提出的更正", "没有同意", "审计结论说的不是这个小区。", "更正，请另一位定");
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
