package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.evaluation.campaign.CampaignDesk.Computed;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

/** What keeps scores waiting, or from being final, until somebody has looked: looks that do not count, ballots that are not those sealed. */
@HemeiTest
@Transactional
class LooksGivenTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    Campaigns campaigns;

    @Autowired
    EvaluationThings things;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Autowired
    MockMvc mvc;

    private Town.Side near;

    @BeforeEach
    void town() {
        near = towns.make().near();
    }

    private Campaign campaign(long id) {
        return campaigns.find(id).orElseThrow();
    }

    private Reader assessor() {
        return towns.account(Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
    }

    /** In review, its ballots counted; no points were given. */
    private long inReview() {
        var id = things.campaign(near, "collecting");
        var poll = jdbc.sql("""
                        insert into poll (purpose, title, about, area, state, opens_at, closes_at, count_by, minimum, root)
                        values (?, '满意度', '满意度', ?, 'counted', '2016-01-01', '2016-02-01', '2016-02-01', 5, sha256(''))
                        returning id
                        """)
                .params("evaluation:" + id, String.valueOf(near.district()))
                .query(Long.class)
                .single();
        sealed(poll);
        jdbc.sql("update evaluation_campaign set state = 'review', poll = ? where id = ?")
                .params(poll, id)
                .update();
        return id;
    }

    private void sealed(long poll) {
        jdbc.sql("""
                insert into audit_entry (district, id, at, action, subject_kind, subject_id, detail)
                select 0, nextval('audit_seq'), now(), 'poll.counted', 'poll', id, jsonb_build_object('root', encode(root, 'hex'))
                from poll where id = ?
                """).param(poll).update();
    }

    private long done(long look) {
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        return look;
    }

    private List<String> looks(long campaign) {
        return jdbc.sql("""
                        select turn || ' ' || state || ' ' || assessor from evaluation_inspection where campaign = ? order by id
                        """).param(campaign).query(String.class).list();
    }

    private List<String> announced(long campaign, String kind) {
        return jdbc.sql("select body::text from event_log where kind = ? and subject = cast(? as text)")
                .params(kind, campaign)
                .query(String.class)
                .list();
    }

    private List<String> audited(long campaign, String action) {
        return jdbc.sql("""
                        select detail ->> 'assessor' from audit_entry
                        where action = ? and subject_kind = 'evaluation_campaign' and subject_id = cast(? as text)
                        """).params(action, campaign).query(String.class).list();
    }

    @Test
    void a_look_that_the_register_forbids_is_written_down_told_and_done_again_before_anything_is_computed() {
        var id = inReview();
        var tied = near.assessor().account();
        done(things.inspection(near, id, 1, tied));
        var other = assessor().account();
        towns.post(near.assessor().person(), near.company(), "物业员工");

        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.LOOKS);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        assertThat(looks(id)).containsExactly("1 replaced " + tied, "1 open " + other);
        assertThat(campaigns.steps(id).getLast().remark()).contains("1 次检查不算");
        assertThat(audited(id, "evaluation_conflict.found")).containsExactly(String.valueOf(tied));
        assertThat(announced(id, "evaluation.conflict.found"))
                .hasSize(1)
                .allMatch(body -> body.contains(String.valueOf(tied)) && body.contains(String.valueOf(other)));
        assertThat(jdbc.sql("select why from evaluation_conflict where campaign = ? and assessor = ? and found")
                        .params(id, tied)
                        .query(String.class)
                        .single())
                .as("and the assessor reads how it was found")
                .contains("登记里有");

        // who does not want to wait computes without it: the second time nothing is taken any more
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.SCORES);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        // nor when the scores are computed once more: those that were looked at meanwhile go back to the review
        done(things.inspection(near, id, 2, other));
        towns.grant(other, Role.MANAGER, null, null, near.company(), null);
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.LOOKS);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
    }

    @Test
    void a_second_look_that_was_lost_while_nobody_was_free_goes_to_whoever_comes_later() {
        var id = inReview();
        var first = done(things.inspection(near, id, 1, near.assessor().account()));
        var second = assessor();
        things.inspection(near, id, 2, second.account());
        jdbc.sql("update access_grant set until = now() where account = ?")
                .param(second.account())
                .update();
        desk.advance(id);
        assertThat(looks(id)).containsExactly("1 done " + near.assessor().account(), "2 replaced " + second.account());
        assertThat(audited(id, "evaluation_inspection.ended")).containsExactly(String.valueOf(second.account()));
        assertThat(announced(id, "evaluation.inspection.ended")).hasSize(1);
        assertThat(announced(id, "evaluation.inspection.without")).hasSize(1);
        desk.advance(id);
        assertThat(announced(id, "evaluation.inspection.without"))
                .as("told once")
                .hasSize(1);
        var late = assessor();
        desk.advance(id);
        assertThat(looks(id)).last().isEqualTo("2 open " + late.account());
        assertThat(announced(id, "evaluation.inspection.given")).hasSize(1);
        assertThat(first).isPositive();
    }

    @Test
    void numbers_that_are_not_those_sealed_wait_for_whoever_runs_it_until_they_are() throws Exception {
        var id = inReview();
        done(things.inspection(near, id, 1, near.assessor().account()));
        var poll = campaign(id).poll();
        // somebody changed the root, or the numbers under it
        jdbc.sql("update poll set root = sha256('x') where id = ?").param(poll).update();
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.TALLY);
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.TALLY);
        assertThat(announced(id, "evaluation.tally.wrong")).as("told once").hasSize(1);
        assertThat(campaigns.differing()).contains(id);
        mvc.perform(get(campaign(id).path()).with(as(near.housingDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("存着的票数和点完时封存的对不上")))
                .andExpect(content().string(containsString("ballot-root " + poll)));
        jdbc.sql("update poll set root = sha256('') where id = ?").param(poll).update();
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.SCORES);
        assertThat(campaigns.differing()).doesNotContain(id);
    }

    /** Publishing shows the numbers: those that somebody altered since the scores were made are shown to nobody. */
    @Test
    void scores_are_not_published_over_numbers_that_are_not_those_sealed() throws Exception {
        var id = inReview();
        done(things.inspection(near, id, 1, near.assessor().account()));
        assertThat(desk.compute(near.housingDesk(), id, campaign(id).version())).isEqualTo(Computed.SCORES);
        var poll = campaign(id).poll();
        jdbc.sql("update poll set withheld = true, root = sha256('x') where id = ?")
                .param(poll)
                .update();
        mvc.perform(post(campaign(id).path() + "/publish")
                        .param("version", String.valueOf(campaign(id).version()))
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(redirectedUrl(campaign(id).path() + "?done=tally"));
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        assertThat(announced(id, "evaluation.tally.wrong")).hasSize(1);
        assertThat(jdbc.sql("select shown_at is null from poll where id = ?")
                        .param(poll)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        mvc.perform(get(campaign(id).path()).with(as(near.housingDesk())))
                .andExpect(content().string(containsString("也不能公示")))
                .andExpect(content().string(not(containsString("/publish\""))));
        // nor by the calendar, when its day has come
        jdbc.sql("alter table evaluation_step disable trigger user").update();
        jdbc.sql("update evaluation_step set at = at - interval '3 days' where campaign = ?")
                .param(id)
                .update();
        jdbc.sql("alter table evaluation_step enable trigger user").update();
        jdbc.sql("""
                update evaluation_campaign set review_until = current_date - 1, objection_from = current_date - 1,
                       collect_until = current_date - 3, collect_from = current_date - 9, tally_wrong = null where id = ?
                """).param(id).update();
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        jdbc.sql("update poll set root = sha256('') where id = ?").param(poll).update();
        assertThat(desk.publish(near.housingDesk(), id, campaign(id).version())).isTrue();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.OBJECTION);
    }
}
