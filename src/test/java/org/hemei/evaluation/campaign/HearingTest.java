package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.support.TransactionTemplate;

/** A score that becomes a company's, or worse for it, after it was published: it is heard before anything rests on it (decision 82). */
@HemeiTest
class HearingTest extends CampaignCase {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignClock.Calendar calendar;

    @Autowired
    Hearings hearings;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    EventLog events;

    @Autowired
    Pump pump;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    InstantSource clock;

    private LocalDate today;

    @BeforeEach
    void today() {
        today = CivilTime.date(clock.instant());
    }

    /** Published, with a fail or a pass, and open to objections until a day. */
    private long published(char grade, LocalDate until) {
        var id = things.campaign(near, "objection");
        looked(id, near.assessor(), 1, grade == '1' ? "not" : "met");
        given(id);
        transaction.executeWithoutResult(status -> scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade))));
        set(id, "objection_until = '" + until + "', final_by = '" + until.plusDays(10) + "'");
        return id;
    }

    private long over(char grade) {
        var id = things.campaign(near, "final");
        looked(id, near.assessor(), 1, grade == '1' ? "not" : "met");
        given(id);
        transaction.executeWithoutResult(status -> {
            scoreDesk.compute(
                    keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade)));
            scoreDesk.conclude(keeper, id, 2033, scheme(id));
        });
        return id;
    }

    private Scores.Score score(long campaign, long company) {
        return scores.ofCampaign(campaign, near.garden()).stream()
                .filter(one -> one.company() == company)
                .findFirst()
                .orElseThrow();
    }

    /** The register is put right: another company came in January. */
    private void putRight(long by) {
        var on = LocalDate.of(2026, 1, 11);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update contract set during = daterange(least(lower(during), ?), ?) where estate = ? and upper_inf(during)
                    """).params(on.minusDays(100), on, near.garden()).update();
            jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                    .params(by, near.garden(), on)
                    .update();
            events.announce(near.district(), "contract.signed", near.garden(), Map.of());
        });
        pump.run();
    }

    private MockHttpServletResponse reattributed(long campaign) throws Exception {
        return reattributed(campaign, List.of(Samples.pdf()));
    }

    private MockHttpServletResponse reattributed(long campaign, List<byte[]> documents) throws Exception {
        var path = "/campaigns/" + campaign + "/contracts";
        var form = page(path + "?estate=" + near.garden(), keeper);
        var at = form.indexOf("name=\"seen\" value=\"") + "name=\"seen\" value=\"".length();
        return sent(
                path,
                keeper,
                documents,
                "estate",
                String.valueOf(near.garden()),
                "seen",
                form.substring(at, form.indexOf('"', at)),
                "basis",
                "2026 年 1 月的物业服务合同",
                "why",
                "登记时把交接的日子写晚了一年");
    }

    /** With a document. */
    private MockHttpServletResponse sent(String path, Reader reader, String... values) throws Exception {
        return sent(path, reader, List.of(Samples.pdf()), values);
    }

    private MockHttpServletResponse sent(String path, Reader reader, List<byte[]> documents, String... values)
            throws Exception {
        var request = multipart(path);
        for (var document : documents) {
            request.file(new MockMultipartFile(
                    path.endsWith("/service") ? "receipts" : "documents", "文书.pdf", "application/pdf", document));
        }
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request.param("_once", UUID.randomUUID().toString())
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private long objected(Scores.Score score, Reader manager, String part) throws Exception {
        var answer = sent(score.path() + "/objection", manager, "dimension", part, "words", "这一年不是我们管的。");
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        return Long.parseLong(Objects.requireNonNull(answer.getRedirectedUrl())
                .replaceAll("\\D", "")
                .replaceAll("1$", ""));
    }

    private void answered(long objection, String upheld) throws Exception {
        var answer = decided(objection, keeper, "upheld", upheld);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
    }

    private MockHttpServletResponse decided(long objection, Reader by, String... values) throws Exception {
        var request = post("/objections/" + objection + "/decide")
                .param("version", "0")
                .param("decision", "照合同原件核对过。");
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request.with(as(by)).with(csrf())).andReturn().getResponse();
    }

    /** As if so many days had gone by. */
    private void later(long project) {
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = until - 60 where project = ?")
                .param(project)
                .update();
    }

    private List<String> told(Reader reader) {
        pump.run();
        return jdbc.sql("select title || ' ' || body from notice where account = ? order by id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void a_fail_that_goes_to_another_company_late_is_heard_before_the_campaign_is_final() throws Exception {
        var id = published('1', today);
        var a = score(id, near.company());
        assertThat(a.result()).isEqualTo(YearResult.FAIL);
        var objection = objected(a, near.manager(), "contract");
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        var b = town.far().company();
        var manager = towns.account(Role.MANAGER, null, null, b, null);
        putRight(b);
        answered(objection, "yes");
        assertThat(reattributed(id).getStatus()).isEqualTo(303);

        var fail = score(id, b);
        assertThat(fail.result()).isEqualTo(YearResult.FAIL);
        desk.advance(id);
        assertThat(campaign(id).state()).as("B was not heard").isEqualTo(CampaignState.OBJECTION);
        var until = today.plusDays(scheme(id).content().objectionDays());
        assertThat(campaign(id).finalBy()).isAfterOrEqualTo(until);
        assertThat(told(manager))
                .anySatisfy(notice -> assertThat(notice)
                        .contains("原来不算您的")
                        .contains("不合格")
                        .contains(CivilTime.day(until) + "为止")
                        .contains("提异议"));
        assertThat(page("/objections", manager)).contains(fail.path() + "/objection");
        assertThat(page(fail.path(), manager)).contains("提异议").contains(CivilTime.day(until) + "为止");
        assertThat(page("/campaigns/" + id, keeper)).contains(CivilTime.day(until) + "为止");
        // A lost a fail: nobody has to wait for what is better
        assertThat(hearings.last(a.project())).isEmpty();

        var heard = objected(fail, manager, "inspection");
        later(fail.project());
        desk.advance(id);
        assertThat(campaign(id).state()).as("B's objection is not answered").isEqualTo(CampaignState.OBJECTION);
        // nobody answers what they did themselves
        assertThat(page("/objections/" + heard, keeper))
                .contains("这次改分是您办的，异议请别人答复。")
                .doesNotContain("/objections/" + heard + "/decide");
        var own = decided(heard, keeper, "upheld", "no");
        assertThat(own.getStatus()).isEqualTo(422);
        assertThat(own.getContentAsString()).contains("这次改分是您办的，异议请别人答复。");
        keeper = near.districtDesk();
        assertThat(page("/objections/" + heard, keeper)).contains("/objections/" + heard + "/decide");
        answered(heard, "no");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
        assertThat(years.latest(b, campaign(id).year()).orElseThrow().result()).isEqualTo(YearResult.FAIL);
        assertThat(sent(fail.path() + "/objection", manager, "dimension", "cases", "words", "晚了。")
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void a_score_that_is_lowered_after_its_campaign_holds_as_it_was_until_its_company_was_heard() throws Exception {
        var id = over('5');
        var pass = score(id, near.company());
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.PASS);
        var answer = sent(
                pass.path() + "/correction",
                keeper,
                "version",
                String.valueOf(pass.version()),
                "part",
                "territory",
                "item",
                "t1",
                "value",
                "0",
                "basis",
                "审计结论",
                "why",
                "打分的人和别的小区弄混了");
        assertThat(answer.getStatus()).isEqualTo(303);
        var lower = score(id, near.company());
        assertThat(lower.score()).isLessThan(pass.score());
        assertThat(lower.isFinal()).isFalse();
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(1);
        assertThat(told(near.manager()))
                .anySatisfy(notice -> assertThat(notice).contains("原来是 96.00 分").contains("提异议"));
        calendar.turn();
        assertThat(score(id, near.company()).isFinal()).isFalse();

        // what is put right upwards meanwhile does not start the time anew
        var first = hearings.last(lower.project()).orElseThrow();
        var objection = objected(lower, near.manager(), "territory");
        mvc.perform(post("/objections/" + objection + "/decide")
                .param("version", "0")
                .param("upheld", "yes")
                .param("value-t1", "10")
                .param("decision", "核对过。")
                .with(as(town.near().districtDesk()))
                .with(csrf()));
        assertThat(score(id, near.company()).score()).isGreaterThan(lower.score());
        assertThat(hearings.last(lower.project())).hasValue(first);

        later(lower.project());
        calendar.turn();
        var held = score(id, near.company());
        assertThat(held.isFinal()).isTrue();
        assertThat(scores.seal(held)).isEqualTo(Scores.Seal.SAME);
        var year = years.latest(near.company(), 2033).orElseThrow();
        assertThat(year.version()).isEqualTo(2);
        assertThat(year.score()).isEqualTo(held.score());
    }

    private void points(Scores.Score score, String value) throws Exception {
        var answer = sent(
                score.path() + "/correction",
                keeper,
                "version",
                String.valueOf(score.version()),
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
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
    }

    @Test
    void a_score_that_is_again_what_it_was_holds_the_final_result_no_longer() throws Exception {
        var id = published('5', today);
        var before = score(id, near.company());
        points(before, "0");
        points(score(id, near.company()), "40");
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        desk.advance(id);
        assertThat(campaign(id).state()).as("still less than it was").isEqualTo(CampaignState.OBJECTION);
        assertThat(hearings.running(id)).hasSize(1);
        points(score(id, near.company()), "80");
        assertThat(score(id, near.company()).score()).isEqualTo(before.score());
        assertThat(hearings.running(id)).isEmpty();
        assertThat(page("/campaigns/" + id, keeper)).doesNotContain("还在等企业的异议");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
    }

    /** The estate went to B, of which nobody can sign in, and back. */
    @Test
    void a_score_that_was_taken_from_its_company_again_is_neither_served_nor_waited_for() throws Exception {
        var id = published('1', today);
        var a = score(id, near.company());
        var b = town.far().company();
        putRight(b);
        assertThat(reattributed(id).getStatus()).isEqualTo(303);
        var fail = score(id, b);
        assertThat(hearings.running(id)).anyMatch(one -> one.score() == fail.id() && one.until() == null);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from contract where estate = ? and company = ?")
                    .params(near.garden(), b)
                    .update();
            jdbc.sql("""
                    update contract set during = daterange(lower(during), null)
                    where estate = ? and company = ? and upper(during) = '2026-01-11'
                    """).params(near.garden(), near.company()).update();
            events.announce(near.district(), "contract.signed", near.garden(), Map.of());
        });
        pump.run();
        assertThat(reattributed(id).getStatus()).isEqualTo(303);
        assertThat(score(id, b).inputs().counts()).isFalse();
        assertThat(hearings.running(id)).noneMatch(one -> one.project() == fail.project());
        assertThat(sent(fail.path() + "/service", keeper, "servedOn", today.toString())
                        .getContentAsString())
                .contains("不用单独送达");
        assertThat(page("/campaigns", keeper)).doesNotContain("等您办");
        later(a.project());
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
    }

    @Test
    void what_was_heard_keeps_the_document_that_it_rests_on() throws Exception {
        var id = over('5');
        var pass = score(id, near.company());
        assertThat(sent(
                                pass.path() + "/correction",
                                keeper,
                                "version",
                                String.valueOf(pass.version()),
                                "part",
                                "territory",
                                "item",
                                "t1",
                                "value",
                                "0",
                                "basis",
                                "审计结论",
                                "why",
                                "打分的人和别的小区弄混了")
                        .getStatus())
                .isEqualTo(303);
        var lower = score(id, near.company());
        later(lower.project());
        calendar.turn();
        var held = score(id, near.company());
        assertThat(held.isFinal()).isTrue();
        assertThat(held.id()).isNotEqualTo(lower.id());
        assertThat(shown(held, near.manager())).containsOnlyOnce("文书.pdf");
        assertThat(shown(lower, near.manager())).contains("文书.pdf");
        assertThat(shown(pass, near.manager()))
                .as("the version of before rests on none")
                .doesNotContain("文书.pdf");
        assertThat(shown(held, near.resident())).doesNotContain("文书.pdf");
    }

    private String shown(Scores.Score score, Reader reader) throws Exception {
        return mvc.perform(get(score.path()).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void what_is_better_for_its_company_waits_for_nobody() throws Exception {
        var id = over('1');
        var fail = score(id, near.company());
        var answer = sent(
                fail.path() + "/correction",
                keeper,
                "version",
                String.valueOf(fail.version()),
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
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(score(id, near.company()).isFinal()).isTrue();
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(2);
        assertThat(hearings.last(fail.project())).isEmpty();
    }

    @Test
    void after_the_time_to_object_a_published_score_is_not_changed_without_a_document() throws Exception {
        var id = published('5', today.minusDays(1));
        var pass = score(id, near.company());
        var refused = mvc.perform(multipart(pass.path() + "/correction")
                        .param("_once", UUID.randomUUID().toString())
                        .param("version", "1")
                        .param("part", "territory")
                        .param("item", "t1")
                        .param("value", "0")
                        .param("basis", "我们自己的记录")
                        .param("why", "打分的人弄混了")
                        .with(as(keeper))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("id=\"e-documents\"");
    }

    @Test
    void whose_year_it_is_is_not_changed_without_a_document_after_the_time_to_object() throws Exception {
        var id = published('1', today.minusDays(1));
        putRight(town.far().company());
        var refused = reattributed(id, List.of());
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("id=\"e-documents\"");
        // on the last day it is still a matter of course
        set(id, "objection_until = '" + today + "'");
        assertThat(reattributed(id, List.of()).getStatus()).isEqualTo(303);
    }

    @Test
    void whoever_raised_what_a_company_asked_for_answers_its_next_objection_as_well() throws Exception {
        var id = published('1', today);
        var fail = score(id, near.company());
        var first = objected(fail, near.manager(), "territory");
        assertThat(decided(first, keeper, "upheld", "yes", "value-t1", "100").getStatus())
                .isEqualTo(303);
        assertThat(hearings.last(fail.project())).isEmpty();
        answered(objected(score(id, near.company()), near.manager(), "inspection"), "no");
    }

    @Test
    void an_objection_that_is_right_and_ends_in_a_fail_is_heard_and_answered_by_somebody_else() throws Exception {
        var id = things.campaign(near, "objection");
        looked(id, near.assessor(), 1, "not");
        given(id, "t1");
        transaction.executeWithoutResult(status -> scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), '1'))));
        set(id, "objection_until = '" + today + "', final_by = '" + today.plusDays(10) + "'");
        var before = score(id, near.company());
        assertThat(before.result()).isEqualTo(YearResult.NOT_RATED);
        var first = objected(before, near.manager(), "territory");
        set(id, "objection_until = '" + today.minusDays(1) + "'");
        assertThat(decided(first, keeper, "upheld", "yes", "value-t1", "90").getStatus())
                .isEqualTo(303);

        var fail = score(id, near.company());
        assertThat(fail.result()).isEqualTo(YearResult.FAIL);
        assertThat(hearings.last(fail.project()).orElseThrow().score()).isEqualTo(fail.id());
        desk.advance(id);
        assertThat(campaign(id).state()).as("it was not heard").isEqualTo(CampaignState.OBJECTION);
        assertThat(told(near.manager()))
                .anySatisfy(notice -> assertThat(notice).contains("不合格").contains("提异议"));
        var second = objected(fail, near.manager(), "inspection");
        assertThat(decided(second, keeper, "upheld", "no").getStatus()).isEqualTo(422);
        keeper = near.districtDesk();
        answered(second, "no");
    }

    @Test
    void a_count_that_was_voided_wrongly_counts_again_when_its_company_says_so() throws Exception {
        var id = over('5');
        var pass = score(id, near.company());
        assertThat(sent(
                                pass.path() + "/correction",
                                keeper,
                                "version",
                                String.valueOf(pass.version()),
                                "part",
                                "satisfaction",
                                "item",
                                "satisfaction",
                                "value",
                                "void",
                                "basis",
                                "复核记录",
                                "why",
                                "录纸票的人没有回避")
                        .getStatus())
                .isEqualTo(303);
        var empty = score(id, near.company());
        assertThat(empty.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(empty.isFinal()).isFalse();
        var objection = objected(empty, near.manager(), "satisfaction");
        assertThat(decided(objection, keeper, "upheld", "yes", "why", "他回避了").getContentAsString())
                .contains("这次改分是您办的，异议请别人答复。");
        var other = near.districtDesk();
        assertThat(page("/objections/" + objection, other)).contains("成立，撤销作废");
        assertThat(decided(objection, other, "upheld", "yes").getContentAsString())
                .contains("id=\"e-why\"");
        assertThat(decided(objection, other, "upheld", "yes", "why", "那天录票的不是他").getStatus())
                .isEqualTo(303);

        var again = score(id, near.company());
        assertThat(again.result()).isEqualTo(YearResult.PASS);
        assertThat(again.score()).isEqualTo(pass.score());
        assertThat(again.isFinal()).isTrue();
        assertThat(again.reason()).contains("撤销点票作废：那天录票的不是他");
        assertThat(scoreDesk.same(again)).isTrue();
        assertThat(scores.seal(again)).isEqualTo(Scores.Seal.SAME);
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.PASS);
    }

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
}
