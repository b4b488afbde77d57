package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;

/** A score that becomes a company's, or worse for it, after it was published: it is heard before anything rests on it (decision 82). */
@HemeiTest
class HearingTest extends HearingCase {

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
                .contains("这次改分是您办的，异议请别人答复")
                .doesNotContain("/objections/" + heard + "/decide");
        var own = decided(heard, keeper, "upheld", "no");
        assertThat(own.getStatus()).isEqualTo(422);
        assertThat(own.getContentAsString()).contains("这次改分是您办的，异议请别人答复");
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
        points(pass, "0");
        var lower = score(id, near.company());
        assertThat(lower.score()).isLessThan(pass.score());
        assertThat(lower.isFinal()).isFalse();
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(1);
        assertThat(told(near.manager()))
                .anySatisfy(notice -> assertThat(notice).contains("原来是 96.00 分").contains("提异议"));
        assertThat(told(near.streetDesk()))
                .anySatisfy(notice -> assertThat(notice).contains("得分有改动，在听取企业意见"))
                .noneSatisfy(notice -> assertThat(notice).contains("得分更正了"));
        var open = "/open-data/company-years.csv?year=2033";
        assertThat(page(open, keeper).lines().filter(line -> line.startsWith(near.company() + ",")))
                .singleElement()
                .asString()
                .endsWith(",true");
        var year = "/companies/" + near.company() + "/years";
        assertThat(page(year, keeper)).contains("有改动在听取意见");
        assertThat(page(year + "/2033", keeper)).contains("这一年有小区的得分有改动，在听取企业意见");
        assertThat(page("/campaigns/" + id + "/scores", keeper)).containsOnlyOnce("听取意见，还没定");
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
        var made = years.latest(near.company(), 2033).orElseThrow();
        assertThat(made.version()).isEqualTo(2);
        assertThat(made.score()).isEqualTo(held.score());
        assertThat(years.heard(near.company())).isEmpty();
        assertThat(page(year + "/2033", keeper)).doesNotContain("在听取企业意见");
        assertThat(page("/campaigns/" + id + "/scores", keeper)).doesNotContain("还没定");
        assertThat(told(near.manager()))
                .satisfiesOnlyOnce(notice -> assertThat(notice).contains("您的小区改过的得分定了"));
        assertThat(told(near.streetDesk()))
                .satisfiesOnlyOnce(notice -> assertThat(notice).contains("您地界里有个小区改过的得分定了"));
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
        assertThat(page("/objections", near.manager()))
                .contains(score(id, near.company()).path() + "/objection");
        points(score(id, near.company()), "80");
        var again = score(id, near.company());
        assertThat(again.score()).isEqualTo(before.score());
        assertThat(page("/objections", near.manager())).doesNotContain(again.path() + "/objection");
        assertThat(sent(again.path() + "/objection", near.manager(), "dimension", "territory", "words", "少打了。")
                        .getStatus())
                .as("its time of before is over, and nothing is worse")
                .isEqualTo(422);
        assertThat(hearings.running(id)).isEmpty();
        assertThat(page("/campaigns/" + id, keeper)).doesNotContain("还在等企业的异议");
        // worse once more: what was to be heard first is so again
        points(score(id, near.company()), "40");
        assertThat(hearings.running(id))
                .extracting(Hearings.Hearing::project)
                .containsOnly(before.project())
                .hasSize(2);
        points(score(id, near.company()), "80");
        assertThat(hearings.running(id)).isEmpty();
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

    /** A has a pass no more, B has one: each is heard, A by paper. */
    @Test
    void an_estate_that_goes_from_one_company_to_another_never_counts_for_both() throws Exception {
        var id = over('5');
        var pass = score(id, near.company());
        var b = town.far().company();
        var manager = towns.account(Role.MANAGER, null, null, b, null);
        putRight(b);
        assertThat(reattributed(id).getStatus()).isEqualTo(303);
        var lost = score(id, near.company());
        var won = score(id, b);
        assertThat(lost.isFinal() || won.isFinal()).isFalse();
        jdbc.sql("update evaluation_hearing set until = null where score = ?")
                .param(lost.id())
                .update();
        later(won.project());
        calendar.turn();
        assertThat(score(id, b).isFinal()).as("A was not heard").isFalse();
        assertThat(years.latest(b, 2033)).isEmpty();
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(1);
        assertThat(shown(won, manager)).contains("听取意见，还没定").doesNotContain("公示中");

        assertThat(sent(lost.path() + "/service", keeper, "servedOn", today.toString())
                        .getStatus())
                .isEqualTo(303);
        var objection = objected(lost, near.manager(), "contract");
        later(lost.project());
        calendar.turn();
        assertThat(score(id, b).isFinal()).as("A's objection is not answered").isFalse();
        keeper = near.districtDesk();
        answered(objection, "no");
        calendar.turn();
        assertThat(score(id, b).isFinal()).isTrue();
        assertThat(score(id, near.company()).isFinal()).isTrue();
        assertThat(years.latest(b, 2033).orElseThrow().result()).isEqualTo(YearResult.PASS);
        assertThat(years.latest(near.company(), 2033).map(one -> one.result())).hasValue(YearResult.NOT_RATED);
        assertThat(shown(pass, near.manager())).doesNotContain("公示中", "听取意见，还没定");
        assertThat(shown(lost, near.manager())).contains("初评").doesNotContain("公示中", "听取意见，还没定");
    }

    @Test
    void what_was_heard_keeps_the_document_that_it_rests_on() throws Exception {
        var id = over('5');
        var pass = score(id, near.company());
        points(pass, "0");
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
}
