package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;

/** How a published score is put right: on a document after the time to object, and by whom what came of it is answered (decision 82). */
@HemeiTest
class RightingTest extends HearingCase {

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
        voided(pass);
        var empty = score(id, near.company());
        assertThat(empty.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(empty.isFinal()).isFalse();
        var objection = objected(empty, near.manager(), "satisfaction");
        assertThat(decided(objection, keeper, "upheld", "yes", "why", "他回避了").getContentAsString())
                .contains("这次改分是您办的，异议请别人答复");
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
}
