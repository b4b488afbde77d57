package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** When a campaign can be planned, sealed and published, and what waits for somebody. */
@HemeiTest
@Transactional
class CampaignCalendarTest extends CampaignCase {

    private static final LocalDate SEED_ON = LocalDate.of(2041, 6, 28);

    @Autowired
    SampleDesk samples;

    @Autowired
    CampaignDesk desk;

    @Autowired
    MovableClock clock;

    @Test
    void a_sample_that_is_sealed_late_leaves_as_many_days_to_vote_as_the_scheme_says() throws Exception {
        var id = samples.plan(
                keeper,
                new Plan(
                        String.valueOf(near.district()),
                        2041,
                        things.scheme(String.valueOf(near.district()), "published"),
                        "晚锁定",
                        "开奖号码",
                        SEED_ON,
                        LocalDate.of(2041, 10, 10)));
        assertThatThrownBy(() -> samples.draw(keeper, id, 0, "0311")).hasMessageContaining("才出来");
        assertThat(page("/campaigns/new", keeper)).contains("已经有测评的：", "2041 年。一个小区一年只测一次。");
        ToldTime.at(CivilTime.startOf(LocalDate.of(2041, 10, 9)), () -> samples.draw(keeper, id, 0, "0311"));
        var planned = campaign(id);
        var late = planned.collectUntil().minusDays(1);
        ToldTime.at(CivilTime.startOf(late), () -> samples.seal(keeper, id, planned.version()));
        var sealed = campaign(id);
        var days = scheme(id).content().collectDays();
        assertThat(sealed.collectFrom()).isEqualTo(late.plusDays(1));
        assertThat(sealed.collectUntil()).isEqualTo(late.plusDays(days));
        assertThat(sealed.waits()).as("whoever reads it knows until when").contains(CivilTime.day(late.plusDays(1)));
        assertThat(sealed.reviewUntil()).isAfter(planned.reviewUntil());
        assertThat(campaigns.steps(id).getLast().remark()).contains("日程顺延");
        assertThat(jdbc.sql("select closes_at from poll where id = ?")
                        .param(sealed.poll())
                        .query(java.sql.Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(CivilTime.startOf(sealed.collectUntil().plusDays(1)));
    }

    @Test
    void scores_computed_late_are_published_by_whoever_read_them() throws Exception {
        var id = inReview();
        assertThat(page("/campaigns/" + id, keeper))
                .as("what cancelling does once the ballots are counted")
                .contains("怎么答的也公布")
                .doesNotContain("没人看过就销毁");
        looked(id, near.assessor());
        set(
                id,
                "review_until = current_date - 1, objection_from = current_date - 1, collect_until = current_date - 2,"
                        + " collect_from = current_date - 9");
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        // nor at the next turn
        assertThat(desk.advance(id)).isFalse();
        var waiting = campaign(id);
        assertThat(waiting.state()).isEqualTo(CampaignState.PRELIMINARY);
        assertThat(waiting.stalled(CivilTime.date(clock.instant()))).isTrue();
        desk.publish(keeper, id, waiting.version());
        assertThat(campaign(id).state()).isEqualTo(CampaignState.OBJECTION);
        assertThat(campaign(id).waits()).contains(CivilTime.day(campaign(id).objectionUntil()) + "为止");
        assertThat(campaign(id).objectionUntil())
                .isEqualTo(CivilTime.date(clock.instant()).plusDays(10));
    }

    @Test
    void a_year_too_young_to_rate_anybody_is_not_planned() {
        var scheme = things.scheme(String.valueOf(near.district()), "published");
        var area = String.valueOf(near.district());
        assertThatThrownBy(() -> samples.plan(
                        keeper, new Plan(area, 2041, scheme, "太早了", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 2))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("182 天")
                .hasMessageContaining("7月3日");
        var id = samples.plan(keeper, new Plan(area, 2041, scheme, "刚好", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 3)));
        assertThat(jdbc.sql("select planned_by from evaluation_campaign where id = ?")
                        .param(id)
                        .query(LocalDate.class)
                        .single())
                .as("kept, whatever moves the days")
                .isEqualTo(campaign(id).finalBy());
    }
}
