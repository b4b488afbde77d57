package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Towns;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** R4, the moved clock: an order goes its whole way though the clock jumps back and forth between its steps. */
@HemeiTest
class ClockMovedTest {

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void today() {
        clock.reset();
    }

    @Test
    void an_order_goes_its_way_and_its_history_keeps_its_order() {
        var near = towns.make().near();
        // before the grants of the day begin nobody may do anything: so the jumps back stay within what was there
        clock.advance(Duration.ofDays(3));
        var id = orders.at(Stage.DISPATCHED, near, near.resident(), "时钟乱走，请来看看");
        clock.advance(Duration.ofHours(-50));
        desk.take(near.manager(), id, orders.version(id));
        desk.assign(near.manager(), id, orders.version(id), near.staff().account());
        clock.advance(Duration.ofDays(2));
        desk.resolve(near.staff(), id, orders.version(id), "修好了", List.of(), List.of());
        clock.advance(Duration.ofHours(-60));
        desk.verify(near.communityDesk(), id, orders.version(id), "看过了");
        ratings.rate(near.resident(), id, orders.version(id), true, 5, "好");
        assertThat(orders.state(id)).isEqualTo("closed");
        assertThat(jdbc.sql("""
                        select array_agg(verb order by seq) from work_order_step where district = ? and order_id = ?
                        """)
                        .params(id.district(), id.id())
                        .query((r, n) -> List.of((String[]) r.getArray(1).getArray()))
                        .single())
                .containsExactly("submit", "accept", "dispatch", "take", "assign", "resolve", "verify", "rate");
        assertThat(jdbc.sql("""
                        select count(*) from work_order_step where district = ? and order_id = ? and due_at < at
                        """)
                        .params(id.district(), id.id())
                        .query(Integer.class)
                        .single())
                .as("deadlines that lie before the step that set them")
                .isZero();
    }
}
