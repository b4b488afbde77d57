package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;

/** What the clock does to an order by itself. */
class ClockStoryTest extends ClockStories {

    @Test
    void what_fell_due_while_nothing_ran_happens_once_in_order_and_none_is_left_out() {
        var id = working();
        // down for two weeks; then two starts in a row
        clock.advance(Duration.ofDays(20));
        clocks.fireAll();
        clocks.fireAll();

        assertThat(fired(id))
                .containsExactly(
                        "warn contact holder",
                        "escalate contact community",
                        "escalate contact street",
                        "warn resolve holder",
                        "escalate contact district",
                        "escalate resolve community",
                        "escalate resolve street",
                        "escalate contact city",
                        "escalate resolve district",
                        "escalate resolve city");
        assertThat(jdbc.sql("""
                        select count(distinct seq) = count(*) and bool_and(actor is null) and bool_and(actor_as = 'clock')
                        from work_order_step where order_id = ? and verb in ('warn', 'escalate')
                        """).param(id.id()).query(Boolean.class).single()).isTrue();
        assertThat(
                        count(
                                "event_log where subject = '" + id
                                        + "' and kind = 'work_order.escalate' and body ->> 'level' = 'street' and body ->> 'timer' = 'resolve'"))
                .isEqualTo(1);
        assertThat(jdbc.sql("select level from order_clock where order_id = ? and part = 'work'")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("city");
    }

    @Test
    void each_step_comes_at_its_own_time_and_those_concerned_are_told() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好周五上门");
        var due = stamped.find(id, Part.WORK).orElseThrow().due(Deadlines.Timer.RESOLVE);
        assertThat(due).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 2), LocalTime.of(17, 30)));

        at("2026-12-01T17:29");
        assertThat(fired(id)).isEmpty();
        at("2026-12-01T17:30");
        assertThat(fired(id)).containsExactly("warn resolve holder");
        at("2026-12-02T17:29");
        assertThat(fired(id)).hasSize(1);
        at("2026-12-02T17:30");
        assertThat(fired(id)).hasSize(2).last().isEqualTo("escalate resolve community");
        at("2026-12-03T17:30");
        assertThat(fired(id)).hasSize(3).last().isEqualTo("escalate resolve street");

        pump.run();
        assertThat(told(here.manager().account())).contains("快到期了，请抓紧");
        assertThat(told(here.streetDesk().account())).contains("有一单超时，报到您这儿了");
        // which of its clocks it was, for they run out one after the other
        assertThat(about(here.manager().account(), "快到期了，请抓紧")).endsWith("：处理");
        assertThat(about(here.streetDesk().account(), "有一单超时，报到您这儿了")).endsWith("：还没处理好");
        assertThat(told(here.resident().account())).contains("您的单超时了，系统往上报了");
        assertThat(told(here.districtDesk().account())).doesNotContain("有一单超时，报到您这儿了");
    }

    @Test
    void only_what_the_holder_is_late_with_is_supervised() {
        var accept = submit("楼顶漏水，天花板湿了。");
        at("2026-11-30T18:00");
        assertThat(fired(accept)).contains("escalate accept street", "escalate accept district");
        follow();
        assertThat(supervised(accept)).as("a late acceptance").isFalse();

        var verify = working();
        desk.resolve(here.manager(), verify, orders.version(verify), "换了锁", List.of(), List.of());
        at("2026-12-08T18:00");
        assertThat(fired(verify)).contains("escalate verify street", "escalate verify district");
        assertThat(fired(accept)).as("up to the end of the line").contains("escalate accept city");
        follow();
        assertThat(supervised(verify)).as("a late verification").isFalse();

        var decide = working();
        desk.contact(here.manager(), decide, orders.version(decide), "phone", "约好了");
        time.askExtension(here.manager(), decide, orders.version(decide), 3, "门锁要订货");
        at("2026-12-14T09:00");
        assertThat(fired(decide)).contains("escalate decide street", "escalate decide district");
        assertThat(fired(verify)).contains("escalate verify city");
        follow();
        assertThat(supervised(decide)).as("a late decision").isFalse();
    }

    @Test
    void what_the_holder_is_late_with_is_supervised_once_it_reaches_the_street() {
        var take = submit("楼顶漏水，天花板湿了。");
        desk.dispatch(here.communityDesk(), take, orders.version(take), here.company());
        var contact = working();
        var resolve = working();
        desk.contact(here.manager(), resolve, orders.version(resolve), "phone", "约好周五上门");
        at("2026-11-26T18:00");
        assertThat(fired(take)).contains("escalate take community").doesNotContain("escalate take street");
        follow();
        assertThat(supervised(take)).as("the community was told first").isFalse();
        at("2026-11-27T18:00");
        assertThat(fired(take)).contains("escalate take street");
        assertThat(fired(contact)).contains("escalate contact street");
        follow();
        assertThat(supervised(take)).isTrue();
        assertThat(supervised(contact)).isTrue();
        assertThat(supervised(resolve)).isFalse();
        at("2026-12-03T17:30");
        assertThat(fired(take)).contains("escalate take district", "escalate take city");
        follow();
        assertThat(supervised(resolve)).isTrue();
    }

    @Test
    void a_reminder_in_between_takes_nothing_from_a_form_that_is_open() {
        var id = working();
        var seen = orders.version(id);
        at("2026-12-04T09:00");
        assertThat(orders.version(id)).isGreaterThan(seen);
        desk.contact(here.manager(), id, seen, "phone", "约好了");
    }

    @Test
    void the_clock_of_accepting_is_stamped_with_filing_and_cleared_when_the_order_ends() {
        var id = submit("门口的灯不亮，晚上看不清路。");
        var intake = stamped.find(id, Part.INTAKE).orElseThrow();
        assertThat(intake.plan())
                .extracting(OrderClock.Planned::level)
                .containsExactly(Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY);
        at("2026-11-27T09:00");
        assertThat(fired(id)).containsExactly("warn accept community", "escalate accept street");

        desk.withdraw(here.resident(), id, orders.version(id), "");
        pump.run();
        assertThat(stamped.all(id)).isEmpty();
    }

    @Test
    void whoever_filed_it_is_asked_for_a_rating_in_words_of_its_own_and_never_at_night() {
        var id = working();
        jdbc.sql("update work_order set urgency = 'urgent' where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "去看过了");
        follow();
        var urgent = count("sms_message where urgent");
        at("2026-11-30T10:05");
        follow();
        assertThat(fired(id)).containsExactly("warn rate reporter");
        assertThat(told(here.resident().account())).contains("修没修好，请评一评，评价快截止了").doesNotContain("快到期了，请抓紧");
        assertThat(count("sms_message where urgent")).isEqualTo(urgent);
    }

    @Test
    void orders_from_before_there_were_clocks_get_theirs_without_a_flood() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        jdbc.sql("delete from order_clock where order_id = ?").param(id.id()).update();
        // a leader's mark has a clock of its own, which is not that of the work
        jdbc.sql("""
                insert into order_clock (district, order_id, part, since, timers, plan) values (?, ?, 'mark', now(), '[]', '[]')
                """).params(id.district(), id.id()).update();
        at("2026-12-02T18:00");
        while (clocks.adopt() > 0) {
            // until every open order has its clocks
        }
        jdbc.sql("update order_clock set next_at = null where order_id <> ?")
                .param(id.id())
                .update();
        clocks.fireAll();
        assertThat(fired(id)).as("what lies behind is let be").isEmpty();
        at("2026-12-03T17:30");
        assertThat(fired(id)).containsExactly("escalate resolve street");
    }

    private String about(long account, String title) {
        return jdbc.sql("select body from notice where account = ? and title = ?")
                .params(account, title)
                .query(String.class)
                .single();
    }
}
