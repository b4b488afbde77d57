package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.testing.Orders.Stage;
import org.junit.jupiter.api.Test;

/** Who answers to 督办 and to leaders' marks when the holder changes, and when the order has ended. */
class HandedOnStoryTest extends ClockStories {

    private Instant due(String table, OrderId id) {
        return jdbc.sql("select due_at from " + table + " where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
    }

    private long mark(OrderId id) {
        return jdbc.sql("select id from leader_mark where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .query(Long.class)
                .single();
    }

    /** Returned before its answer falls due; the community lets it go on that day, and names a utility on the next working day. */
    private void goesOver(OrderId id) {
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这是供水的管子");
        at("2026-11-27T15:00");
        disputes.grant(here.communityDesk(), id, orders.version(id), "");
        follow();
        at("2026-11-30T10:00");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.helperBody());
        follow();
    }

    @Test
    void whoever_is_named_next_answers_to_supervision_in_time_of_its_own() {
        var id = orders.at(Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        var first = due("supervision", id);
        goesOver(id);
        assertThat(due("supervision", id)).isAfter(first).isAfter(clock.instant());
        at("2026-11-30T11:00");
        assertThat(fired(id)).doesNotContain("escalate supervise street", "escalate supervise community");
        assertThat(page(here.utilityManager(), "/todo")).contains("书面答复督办");
        assertThat(page(here.utilityManager(), "/supervisions")).contains("消防栓没水");
        supervisions.answer(here.utilityManager(), id, orders.version(id), "周五通水");

        // who held it once reads what it disputed, and is not led to what it cannot open
        assertThat(page(here.manager(), "/disputes?state=all"))
                .contains("消防栓没水")
                .doesNotContain("/orders/" + id + "\"");
        assertThat(page(here.manager(), "/orders/" + id)).doesNotContain("消防栓没水");
        assertThat(page(here.communityDesk(), "/disputes?state=all")).contains("/orders/" + id + "\"");
    }

    /** The end of a batch of the log can fail after what follows is written. */
    @Test
    void served_twice_the_log_lets_nothing_happen_again() {
        follow();
        var place = place();
        var supervised = orders.at(Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        var marked = orders.at(Stage.MARKED, here, here.resident(), "树挡了窗。");
        for (var id : List.of(supervised, marked)) {
            disputes.request(here.manager(), id, orders.version(id), "not_ours", "这是供水的");
            disputes.grant(here.communityDesk(), id, orders.version(id), "");
            desk.dispatch(here.communityDesk(), id, orders.version(id), here.helperBody());
        }
        follow();
        at("2026-12-03T17:31");
        var before = List.of(fired(supervised), fired(marked));
        assertThat(before.toString()).contains("escalate supervise street", "escalate mark street");
        var due = List.of(due("supervision", supervised), due("leader_mark", marked));
        for (var again = 0; again < 2; again++) {
            serveAgain(place);
            clocks.fireAll();
        }
        assertThat(List.of(fired(supervised), fired(marked))).isEqualTo(before);
        assertThat(List.of(due("supervision", supervised), due("leader_mark", marked)))
                .isEqualTo(due);
    }

    @Test
    void what_the_street_lifted_stays_lifted_when_the_log_is_served_twice() {
        follow();
        var place = place();
        var id = working();
        clock.set(toStreet(id));
        clocks.fireAll();
        follow();
        assertThat(supervised(id)).isTrue();
        supervisions.lift(here.streetDesk(), id, orders.version(id), "说清楚了");
        serveAgain(place);
        assertThat(supervised(id)).isFalse();
    }

    private String place() {
        return jdbc.sql("select tx::text || ' ' || id from event_cursor where consumer = 'supervision-follow'")
                .query(String.class)
                .single();
    }

    private void serveAgain(String place) {
        var at = place.split(" ");
        jdbc.sql(
                        "update event_cursor set tx = cast(? as xid8), id = cast(? as bigint) where consumer = 'supervision-follow'")
                .params(at[0], at[1])
                .update();
        follow();
    }

    @Test
    void named_again_it_has_no_more_time_than_it_had() {
        var id = orders.at(Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这是供水的管子");
        disputes.refuse(here.communityDesk(), id, orders.version(id), "在围墙以内");
        var due = due("supervision", id);
        follow();
        assertThat(due("supervision", id)).isEqualTo(due);
    }

    @Test
    void a_mark_to_the_holder_is_the_communitys_while_there_is_none_and_then_the_next_ones() {
        var id = orders.at(Stage.MARKED, here, here.resident(), "树挡了窗。");
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这棵树归园林");
        disputes.grant(here.communityDesk(), id, orders.version(id), "");
        follow();
        assertThat(page(here.communityDesk(), "/todo?need=answer_instruction")).contains("树挡了窗");
        assertThat(page(here.communityDesk(), "/orders/" + id)).contains("领导批示，请您答复");
        assertThat(page(here.manager(), "/instructions")).doesNotContain("树挡了窗");
        at("2026-12-02T10:00");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.helperBody());
        follow();
        assertThat(due("leader_mark", id)).isAfter(clock.instant());
        assertThat(page(here.utilityManager(), "/instructions")).contains("树挡了窗");
        assertThatThrownBy(() -> instructions.answer(here.communityDesk(), id, orders.version(id), mark(id), "周三修剪"))
                .isInstanceOf(Refusal.class);
        instructions.answer(here.utilityManager(), id, orders.version(id), mark(id), "周三修剪");
    }

    @Test
    void a_mark_comes_back_to_the_holder_that_gave_the_order_back_and_has_it_again() {
        var id = orders.at(Stage.MARKED, here, here.resident(), "树挡了窗。");
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这棵树归园林");
        disputes.grant(here.communityDesk(), id, orders.version(id), "");
        follow();
        at("2026-12-02T10:00");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        follow();
        assertThat(page(here.manager(), "/instructions")).contains("树挡了窗");
        assertThat(due("leader_mark", id)).isAfter(clock.instant());
    }

    @Test
    void a_mark_is_answered_while_the_order_waits_for_its_rating_and_after_its_end() {
        for (var ended : List.of(false, true)) {
            var id = orders.at(Stage.MARKED, here, here.resident(), "树挡了窗。");
            desk.resolve(here.manager(), id, orders.version(id), "修剪了", List.of(), List.of());
            desk.verify(here.communityDesk(), id, orders.version(id), "");
            if (ended) {
                ratings.rate(here.resident(), id, orders.version(id), true, 5, "");
            }
            follow();
            assertThat(page(here.manager(), "/todo")).contains("答复批示");
            assertThat(page(here.districtDesk(), "/instructions")).contains("没答复");
            var state = orders.state(id);
            instructions.answer(here.manager(), id, orders.version(id), mark(id), "周三修剪好了");
            follow();
            assertThat(orders.state(id)).isEqualTo(state).isEqualTo(ended ? "closed" : "awaiting_rating");
            assertThat(page(here.manager(), "/todo")).doesNotContain("答复批示");
            assertThat(jdbc.sql(
                                    "select count(*) from order_clock where district = ? and order_id = ? and next_at is not null and part = 'mark'")
                            .params(id.district(), id.id())
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThatThrownBy(() -> instructions.answer(here.manager(), id, orders.version(id), mark(id), "再答一次"))
                    .hasMessageContaining("已经答复");
        }
    }
}
