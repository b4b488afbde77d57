package org.hemei.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What waits for whom, as the badges count it. */
@HemeiTest
@Transactional
class EvaluationMenuTest {

    @Autowired
    EvaluationMenu menu;

    @Autowired
    EvaluationThings things;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableClock clock;

    private long thing(Town town, String name) {
        return Long.parseLong(things.thing(name, town, null).orElseThrow());
    }

    private void set(long campaign, String state, LocalDate begin) {
        jdbc.sql("""
                update evaluation_campaign set state = :state, seed = '0311', sample_hash = repeat('0', 64), collect_from = :b,
                       collect_until = :b + 9, review_until = :b + 14, objection_from = :b + 14, objection_until = :b + 34, final_by = :b + 44
                where id = :id
                """)
                .param("state", state)
                .param("b", begin)
                .param("id", campaign)
                .update();
    }

    @Test
    void a_campaign_waits_for_its_keeper_where_a_person_has_to_act_or_it_stands_still() {
        var town = towns.make();
        var keeper = town.near().housingDesk();
        var today = CivilTime.date(clock.instant());
        var id = thing(town, "$campaign.planned");
        assertThat(menu.waiting(keeper)).isZero();
        // state, days until it begins, whether it waits; the same said by its own words
        Object[][] edges = {
            {"planned", 4, 0},
            {"planned", 3, 1},
            {"drawn", 9, 1},
            {"sealed", 0, 0},
            {"sealed", -1, 1},
            {"collecting", -10, 0},
            {"collecting", -11, 1},
            {"review", -10, 1},
            {"preliminary", -13, 0},
            {"preliminary", -14, 1},
            {"objection", -44, 0},
            {"objection", -45, 1},
            {"cancelled", -99, 0}
        };
        for (var edge : edges) {
            set(id, (String) edge[0], today.plusDays((int) edge[1]));
            assertThat(menu.waiting(keeper)).as("%s %s", edge).isEqualTo(edge[2]);
            var campaign = campaigns.find(id).orElseThrow();
            assertThat(campaign.asks(today) || campaign.stalled(today))
                    .as("%s %s", edge)
                    .isEqualTo(edge[2].equals(1));
        }
        assertThat(menu.waiting(town.far().housingDesk())).isZero();
    }

    @Test
    void looks_points_and_objections_wait_for_those_who_give_them() {
        var town = towns.make();
        var near = town.near();
        thing(town, "$inspection");
        assertThat(menu.waiting(near.assessor())).isEqualTo(1);
        assertThat(menu.waiting(near.streetDesk())).isEqualTo(1);
        assertThat(menu.waiting(near.communityDesk())).isEqualTo(1);
        assertThat(menu.waiting(town.far().streetDesk())).isZero();
        thing(town, "$objection");
        assertThat(menu.waiting(near.housingDesk())).isEqualTo(1);
        assertThat(menu.waiting(near.manager())).isZero();
    }

    @Test
    void after_a_campaign_a_paper_to_be_served_and_a_tie_to_be_decided_wait_for_its_keeper() {
        var town = towns.make();
        var near = town.near();
        var keeper = near.housingDesk();
        var today = CivilTime.date(clock.instant());
        var score = thing(town, "$score");
        jdbc.sql("""
                update evaluation_campaign set state = 'final', final_at = now()
                where id = (select p.campaign from evaluation_score s join evaluation_project p on p.id = s.project where s.id = ?)
                """).param(score).update();
        assertThat(menu.waiting(keeper)).isZero();
        jdbc.sql("""
                insert into evaluation_hearing (score, project, opened_on, days) select id, project, ?, 10 from evaluation_score where id = ?
                """).params(today, score).update();
        assertThat(menu.waiting(keeper)).isEqualTo(1);
        assertThat(menu.waiting(town.far().housingDesk())).isZero();
        jdbc.sql("update evaluation_hearing set until = ? where score = ?")
                .params(today.plusDays(10), score)
                .update();
        assertThat(menu.waiting(keeper)).as("it was served").isZero();

        jdbc.sql("""
                insert into evaluation_conflict (campaign, assessor, company, kind, found, declared_by, declared_at, basis, answer_by)
                select p.campaign, :assessor, p.company, 'owner', true, :by, now(), '核查记录', :today
                from evaluation_score s join evaluation_project p on p.id = s.project where s.id = :score
                """)
                .param("assessor", near.assessor().account())
                .param("by", keeper.account())
                .param("today", today)
                .param("score", score)
                .update();
        assertThat(menu.waiting(keeper)).as("the assessor is asked first").isZero();
        jdbc.sql("update evaluation_conflict set answer = '没有这回事。' where assessor = ?")
                .param(near.assessor().account())
                .update();
        assertThat(menu.waiting(keeper)).isEqualTo(1);
        jdbc.sql("update evaluation_conflict set answer = '', answer_by = ? where assessor = ?")
                .params(today.minusDays(1), near.assessor().account())
                .update();
        assertThat(menu.waiting(keeper)).as("it had the time").isEqualTo(1);
        jdbc.sql("update evaluation_conflict set struck = false, settled_by = ?, settled_at = now() where assessor = ?")
                .params(keeper.account(), near.assessor().account())
                .update();
        assertThat(menu.waiting(keeper)).isZero();
    }

    /** It need not object; but after the last day nobody asks any more. */
    @Test
    void a_score_that_did_not_pass_waits_for_its_company_while_it_can_object() {
        var town = towns.make();
        var near = town.near();
        var score = thing(town, "$score");
        assertThat(menu.waiting(near.manager()))
                .as("it passed, or was not rated")
                .isZero();
        jdbc.sql("""
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                select project, version + 1, stage, 'fail', 5000, 100, ballots, inputs, '更正', made_at from evaluation_score where id = ?
                """).param(score).update();
        assertThat(menu.waiting(near.manager())).isEqualTo(1);
        assertThat(menu.waiting(town.far().manager())).isZero();
        clock.advance(java.time.Duration.ofDays(60));
        try {
            assertThat(menu.waiting(near.manager())).as("its time is over").isZero();
        } finally {
            clock.reset();
        }
    }
}
