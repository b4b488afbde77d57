package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Orders;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;

/** More time and standing still: what is asked for, who decides, and what it does to the clock. */
class TimeRequestStoryTest extends ClockStories {

    @Test
    void the_holder_asks_for_more_time_once_and_the_community_decides() {
        var id = working();
        var due = due(id);
        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 11, "等配件"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("最多延 10 个工作日");
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        assertThat(orders.state(id)).isEqualTo("extension_requested");
        assertThat(due(id)).as("asking moves nothing").isEqualTo(due);
        assertThatThrownBy(() -> time.grantExtension(here.manager(), id, orders.version(id), ""))
                .isInstanceOf(Refusal.class);

        time.refuseExtension(here.communityDesk(), id, orders.version(id), "先换个旧锁顶上");
        assertThat(due(id)).isEqualTo(due);
        time.askExtension(here.manager(), id, orders.version(id), 3, "旧锁也没有，只能等");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 7), LocalTime.of(17, 30)));

        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 1, "还要一天"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("延过一次了");
    }

    @Test
    void after_the_deadline_there_is_nothing_to_ask_for() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-02T17:30");
        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货"))
                .hasMessageContaining("已经过了处理期限");
        assertThatThrownBy(() -> time.askSuspension(
                        here.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 9), "门锁要订货"))
                .hasMessageContaining("已经过了处理期限");
    }

    @Test
    void an_objective_obstacle_stops_the_clock_until_its_day() {
        var id = working();
        var ask = LocalDate.of(2026, 12, 7);
        assertThatThrownBy(() -> time.askSuspension(here.manager(), id, orders.version(id), "parts", ask, "锁芯停产，等厂家"))
                .hasMessageContaining("先联系居民");
        desk.contact(here.manager(), id, orders.version(id), "phone", "跟居民说了要等锁芯");
        assertThatThrownBy(() -> time.askSuspension(
                        here.manager(), id, orders.version(id), "parts", LocalDate.of(2027, 3, 1), "锁芯停产"))
                .hasMessageContaining("最多停 30 天");
        time.askSuspension(here.manager(), id, orders.version(id), "parts", ask, "锁芯停产，等厂家");
        // the decision takes a day; that day is not the holder's
        at("2026-11-26T10:00");
        time.grantSuspension(here.communityDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("suspended");
        assertThat(due(id)).isNull();
        var left = stamped.find(id, Part.WORK).orElseThrow().stop();
        assertThat(Math.round(left.secondsLeft() / 60.0)).isEqualTo(450 + 5 * 540);

        // nothing is due while it stands still, however long nobody looks
        at("2026-12-06T23:59");
        assertThat(fired(id)).doesNotContain("warn resolve holder");
        at("2026-12-07T00:00");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 14), LocalTime.of(16, 0)));
        at("2026-12-11T16:00");
        assertThat(fired(id)).last().isEqualTo("warn resolve holder");
    }

    @Test
    void an_order_that_has_ended_refuses_what_would_let_its_work_go_on() {
        var id = orders.at(Orders.Stage.CLOSED, here, here.resident(), "单元门锁坏了，关不严。");
        follow();
        assertThat(stamped.all(id)).isEmpty();
        assertThatThrownBy(() -> time.resume(here.manager(), id, orders.version(id), ""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能恢复");
        assertThatThrownBy(() -> transfers.recall(here.communityDesk(), id, orders.version(id), "还是我们办"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能收回");
        assertThatThrownBy(() -> desk.sendBack(here.communityDesk(), id, orders.version(id), "还没修好"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void the_obstacle_can_be_gone_before_its_day() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "跟居民说了要等锁芯");
        time.askSuspension(here.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 20), "等厂家");
        time.grantSuspension(here.communityDesk(), id, orders.version(id), "");
        at("2026-11-30T08:30");
        time.resume(here.manager(), id, orders.version(id), "锁芯提前到了");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 7), LocalTime.of(16, 0)));
    }

    @Test
    void time_that_is_granted_lets_nothing_happen_twice() {
        var id = working();
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        at("2026-11-27T18:00");
        var before = fired(id);
        assertThat(before).contains("escalate contact community", "escalate contact street");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        at("2026-11-30T17:30");
        assertThat(fired(id)).isEqualTo(before);
        at("2026-12-01T17:30");
        assertThat(fired(id)).hasSize(before.size() + 1).last().isEqualTo("escalate contact district");
        assertThat(jdbc.sql("select level from order_clock where order_id = ? and part = 'work'")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("district");
    }

    @Test
    void an_extension_that_is_granted_late_is_not_over_when_it_is_granted() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-02T17:00");
        time.askExtension(here.manager(), id, orders.version(id), 1, "门锁要订货");
        at("2026-12-07T10:00");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
    }

    @Test
    void what_was_asked_lapses_when_the_work_is_done_meanwhile() {
        var id = working();
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        desk.resolve(here.manager(), id, orders.version(id), "修好了", List.of(), List.of());
        assertThat(count("order_time_request where order_id = " + id.id() + " and state = 'lapsed'"))
                .isEqualTo(1);
        desk.sendBack(here.communityDesk(), id, orders.version(id), "还是锁不上");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        // the moment that the verifier took is the holder's again, on the next morning
        at("2026-12-03T09:00");
        assertThat(fired(id)).contains("warn resolve holder", "escalate resolve community");
    }

    @Test
    void the_street_decides_where_the_communitys_own_team_holds_the_order() {
        var id = submissions.submit(
                here.oldYardResident(), UUID.randomUUID().toString(), said(here.oldYard(), "楼道灯全坏了，晚上看不见。"));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.backstop());
        desk.take(here.backstopManager(), id, orders.version(id));
        time.askExtension(here.backstopManager(), id, orders.version(id), 2, "灯要统一采购");
        assertThatThrownBy(() -> time.grantExtension(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来定");
        assertThat(stamped.find(id, Part.DECISION).orElseThrow().plan())
                .allMatch(planned -> planned.level().compareTo(Level.STREET) >= 0);
        time.grantExtension(here.streetDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("in_progress");
    }

    @Test
    void what_the_residents_committee_asks_for_waits_for_the_street() {
        var committee = towns.account(Role.MANAGER, null, null, here.committee(), null);
        var asked = heldBy(committee, "楼道灯全坏了，晚上看不见。");
        time.askExtension(committee, asked, orders.version(asked), 2, "灯要统一采购");
        var returned = heldBy(committee, "院门锁坏了，谁都能进。");
        disputes.request(committee, returned, orders.version(returned), "outside", "要找街道修");
        assertThat(waits(here.streetDesk(), asked)).isTrue();
        assertThat(waits(here.streetDesk(), returned)).isTrue();
        assertThat(waits(here.communityDesk(), asked)).isFalse();
        assertThat(waits(here.communityDesk(), returned)).isFalse();
    }
}
