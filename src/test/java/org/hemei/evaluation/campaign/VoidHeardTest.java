package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.hemei.ballot.BallotThings;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Scores;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The void of a published count is heard like any change that makes a score worse: until it holds the public page keeps the count (decision 82). */
@HemeiTest
class VoidHeardTest extends HearingCase {

    @Autowired
    BallotThings ballots;

    private long poll;
    private Scores.Score pass;

    @BeforeEach
    void voided() throws Exception {
        voided(over('5'));
    }

    private void voided(long id) throws Exception {
        poll = ballots.counted(town);
        set(id, "poll = " + poll);
        pass = score(id, near.company());
        voided(pass);
    }

    private String shown(String path) throws Exception {
        return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
    }

    private Scores.Score newest() {
        return scores.latest(pass.project()).orElseThrow();
    }

    private String result() throws Exception {
        return shown("/ballot-box/" + poll + "/" + near.garden());
    }

    @Test
    void the_count_stays_until_its_void_holds_and_the_households_hear_of_both() throws Exception {
        assertThat(newest().isFinal()).isFalse();
        assertThat(result())
                .contains("要不要作废，还在听取企业意见", "录纸票的人没有回避", "定下来以前，下面公布的票数不变")
                .doesNotContain("一张都不算", "当时的有效票");
        assertThat(shown("/ballot-box/" + poll)).doesNotContain("票作废了");
        assertThat(told(near.resident()))
                .anySatisfy(notice -> assertThat(notice).contains("您小区这次的票要不要作废，在听取意见"))
                .noneSatisfy(notice -> assertThat(notice).contains("您小区这次的票不算了"));
        calendar.turn();
        assertThat(result()).as("nothing is over yet").contains("还在听取企业意见");

        later(pass.project());
        calendar.turn();
        assertThat(newest().isFinal()).isTrue();
        assertThat(newest().result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(result()).contains("一张都不算", "当时的有效票").doesNotContain("还在听取企业意见");
        assertThat(shown("/ballot-box/" + poll)).contains("票作废了");
        assertThat(told(near.resident()))
                .satisfiesOnlyOnce(notice -> assertThat(notice).contains("您小区这次的票不算了"));
        calendar.turn();
        assertThat(told(near.resident()))
                .satisfiesOnlyOnce(notice -> assertThat(notice).contains("您小区这次的票不算了"));
    }

    /** As if the program had stopped after the version was made final, or the telling had failed. */
    @Test
    void a_void_that_held_without_anybody_being_told_is_told_by_the_next_turn_of_the_calendar() {
        later(pass.project());
        scoreDesk.heard(pass.project());
        assertThat(newest().isFinal()).isTrue();
        assertThat(told(near.resident()))
                .noneSatisfy(notice -> assertThat(notice).contains("您小区这次的票不算了"));
        calendar.turn();
        assertThat(told(near.resident()))
                .satisfiesOnlyOnce(notice -> assertThat(notice).contains("您小区这次的票不算了"));
    }

    /** Everybody reads the newest version of a score that can be objected to: the page of the count says that the two differ. */
    @Test
    void while_its_scores_can_be_objected_to_the_count_stays_and_says_that_the_score_does_without() throws Exception {
        voided(published('5', today.plusDays(5)));
        assertThat(newest().result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(result()).contains("下面公布的票数不变；还在公示的得分先按作废算，终评以前还可能改");
        assertThat(told(near.resident()))
                .anySatisfy(notice -> assertThat(notice).contains("公布的票数不变，还在公示的得分先按作废算"));
        assertThat(shown(newest().path())).contains("不评定", "先按作废算，还没定").doesNotContain("张，作废了");
    }

    /** A fail that is rated no more is no worse for its company: nobody is heard, and nothing is left to be decided. */
    @Test
    void a_void_that_nobody_is_heard_about_is_told_as_decided() throws Exception {
        voided(published('1', today.plusDays(5)));
        assertThat(newest().isFinal()).isFalse();
        assertThat(shown(newest().path())).contains("张，作废了").doesNotContain("还没定");
    }

    @Test
    void a_void_that_is_lifted_while_it_is_heard_never_took_the_count_away() throws Exception {
        var voided = newest();
        var objection = objected(newest(), near.manager(), "satisfaction");
        var answer = decided(objection, near.districtDesk(), "upheld", "yes", "why", "那天录票的不是他");
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        assertThat(result()).doesNotContain("一张都不算", "还在听取企业意见");
        var old = mvc.perform(get(voided.path()).with(as(near.manager())))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(old).contains("这一版按作废算").doesNotContain("先按作废算，还没定");
        assertThat(told(near.resident()))
                .anySatisfy(notice -> assertThat(notice).contains("您小区这次的票照算"))
                .noneSatisfy(notice -> assertThat(notice).contains("您小区这次的票不算了"));
        later(pass.project());
        calendar.turn();
        assertThat(told(near.resident()))
                .noneSatisfy(notice -> assertThat(notice).contains("您小区这次的票不算了"));
    }
}
