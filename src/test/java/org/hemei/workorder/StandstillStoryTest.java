package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;

/** Nobody is late while others decide, and nothing that was late becomes in time (decision 60). */
class StandstillStoryTest extends ClockStories {

    @Test
    void while_a_return_or_an_offer_waits_the_holders_time_stands_still() {
        var returned = working();
        var offered = working();
        var untaken = submit("楼顶漏水，天花板湿了。");
        desk.dispatch(here.communityDesk(), untaken, orders.version(untaken), here.company());
        disputes.request(here.manager(), returned, orders.version(returned), "outside", "是开发商的保修");
        disputes.request(here.manager(), untaken, orders.version(untaken), "outside", "是开发商的保修");
        transfers.offer(
                here.communityDesk(),
                offered,
                orders.version(offered),
                "other_estate",
                String.valueOf(here.oldYard()),
                "是老院子的门");
        assertThat(runs(returned)).isEqualTo("null null");
        at("2026-12-07T09:59");
        for (var id : List.of(returned, untaken, offered)) {
            assertThat(fired(id))
                    .isNotEmpty()
                    .noneMatch(step -> step.contains("contact") || step.contains("resolve") || step.contains("take"));
        }
        disputes.refuse(here.communityDesk(), returned, orders.version(returned), "在物业的范围里");
        disputes.refuse(here.communityDesk(), untaken, orders.version(untaken), "在物业的范围里");
        transfers.recall(here.communityDesk(), offered, orders.version(offered), "还是我们办");
        // of one working day and of five 7.5 hours of the first were left
        for (var id : List.of(returned, untaken, offered)) {
            assertThat(runs(id)).isEqualTo("2026-12-08 17:29 2026-12-14 17:29");
        }
        assertThat(due(untaken)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
        at("2026-12-08T17:31");
        assertThat(fired(returned)).contains("warn contact holder", "escalate contact community");
        assertThat(fired(untaken)).contains("escalate take community", "escalate contact community");
        assertThat(fired(offered)).contains("escalate contact community");
    }

    @Test
    void what_was_late_when_a_return_was_asked_for_stays_late_and_is_not_told_again() {
        var id = working();
        at("2026-11-26T17:31");
        assertThat(fired(id)).containsExactly("warn contact holder", "escalate contact community");
        disputes.request(here.manager(), id, orders.version(id), "outside", "是开发商的保修");
        assertThat(runs(id)).isEqualTo("2026-11-26 17:30 null");
        at("2026-11-27T09:00");
        disputes.refuse(here.communityDesk(), id, orders.version(id), "在物业的范围里");
        at("2026-11-27T17:29");
        assertThat(fired(id)).filteredOn(step -> step.contains("contact")).hasSize(2);
        at("2026-11-27T17:30");
        assertThat(fired(id)).last().isEqualTo("escalate contact street");
    }

    @Test
    void after_a_denied_contact_the_clock_presses_the_holder_again() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好周五上门");
        at("2026-11-26T17:31");
        assertThat(fired(id)).isEmpty();
        desk.denyContact(here.resident(), id, orders.version(id));
        at("2026-11-26T17:32");
        assertThat(fired(id)).as("no reminder after the end").containsExactly("escalate contact community");
        at("2026-11-27T17:31");
        assertThat(fired(id)).contains("escalate contact street");
    }

    @Test
    void a_return_of_what_presses_is_decided_within_hours() {
        var urgent = submit("总管爆了，水往电梯里灌。");
        jdbc.sql("update work_order set urgency = 'urgent' where district = ? and id = ?")
                .params(urgent.district(), urgent.id())
                .update();
        var ordinary = submit("楼顶漏水，天花板湿了。");
        for (var id : List.of(urgent, ordinary)) {
            desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
            disputes.request(here.manager(), id, orders.version(id), "outside", "是供水公司的管");
        }
        assertThat(due(urgent)).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(due(ordinary)).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 26), LocalTime.of(17, 30)));
    }

    @Test
    void nobody_is_late_with_an_order_that_nobody_holds() {
        var id = working();
        disputes.request(here.manager(), id, orders.version(id), "outside", "是隔壁的");
        disputes.grant(here.communityDesk(), id, orders.version(id), "");
        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的");
        at("2026-12-10T10:00");
        assertThat(fired(id)).isNotEmpty().allMatch(step -> step.contains(" transfer "));
        assertThat(supervised(id)).isFalse();
    }

    @Test
    void a_contact_that_was_missed_before_a_return_was_granted_stays_missed_for_whoever_missed_it() {
        var missed = working();
        var inTime = working();
        desk.contact(here.manager(), inTime, orders.version(inTime), "phone", "约好周五上门");
        at("2026-11-26T17:31");
        for (var id : List.of(missed, inTime)) {
            disputes.request(here.manager(), id, orders.version(id), "outside", "是隔壁的");
            disputes.grant(here.communityDesk(), id, orders.version(id), "");
        }
        assertThat(responded(missed)).as("of nobody now").isEqualTo("not_yet");
        assertThat(responded(missed, here.company())).contains("missed");
        assertThat(responded(inTime)).isEqualTo("not_yet");
        assertThat(responded(inTime, here.company())).contains("in_time");
        assertThat(page(here.communityDesk(), "/orders/" + missed)).contains("退单前没按时联系居民，期限是 2026年11月26日 周四 17:30");
        assertThat(page(here.communityDesk(), "/orders/" + inTime)).doesNotContain("退单前没按时联系居民");
        at("2026-11-27T17:31");
        assertThat(fired(missed)).as("nobody is pressed for it").doesNotContain("escalate contact street");
        // another owes a contact of its own; whoever missed it and is named again has missed it still
        var other = working();
        at("2026-11-30T17:31");
        disputes.request(here.manager(), other, orders.version(other), "outside", "是隔壁的");
        disputes.grant(here.communityDesk(), other, orders.version(other), "");
        desk.dispatch(here.communityDesk(), other, orders.version(other), here.helperBody());
        desk.dispatch(here.communityDesk(), missed, orders.version(missed), here.company());
        assertThat(responded(other)).isEqualTo("not_yet");
        assertThat(responded(other, here.company())).contains("missed");
        assertThat(responded(missed)).isEqualTo("missed");
        assertThat(responded(missed, here.company()))
                .as("it is the holder again")
                .isEmpty();
        desk.take(here.manager(), missed, orders.version(missed));
        desk.contact(here.manager(), missed, orders.version(missed), "phone", "约好了");
        assertThat(responded(missed)).isEqualTo("missed");
    }

    /** 二次交办 goes back to the same holder, which has answered the resident once; what it owes is the work. */
    @Test
    void an_order_that_is_opened_again_owes_a_first_contact_only_where_none_was_made() {
        var contacted = working();
        desk.contact(here.manager(), contacted, orders.version(contacted), "phone", "约好周五上门");
        var denied = working();
        desk.contact(here.manager(), denied, orders.version(denied), "phone", "约好周五上门");
        desk.denyContact(here.resident(), denied, orders.version(denied));
        for (var id : List.of(contacted, denied)) {
            desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
            desk.verify(here.communityDesk(), id, orders.version(id), "");
            ratings.rate(here.resident(), id, orders.version(id), false, 1, "");
        }
        assertThat(stamped.find(contacted, Part.WORK).orElseThrow().timers())
                .extracting(OrderClock.Running::timer)
                .containsExactly(Deadlines.Timer.RESOLVE);
        assertThat(responded(contacted)).isEqualTo("in_time");
        assertThat(stamped.find(denied, Part.WORK).orElseThrow().timers())
                .extracting(OrderClock.Running::timer)
                .containsExactly(Deadlines.Timer.CONTACT, Deadlines.Timer.RESOLVE);
        at("2026-11-26T17:31");
        assertThat(responded(denied)).isEqualTo("missed");
    }
}
