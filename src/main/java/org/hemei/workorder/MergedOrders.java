package org.hemei.workorder;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.hemei.workorder.WorkOrder.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Orders that follow another one: what becomes of them when that one ends with nothing to rate. */
@Component
class MergedOrders {

    private final WorkOrders orders;
    private final Joiners joiners;
    private final DeadlineBook deadlines;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    MergedOrders(WorkOrders orders, Joiners joiners, DeadlineBook deadlines, InstantSource clock, JdbcClient jdbc) {
        this.orders = orders;
        this.joiners = joiners;
        this.deadlines = deadlines;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** Those that follow it and have not been rated. */
    List<OrderId> following(OrderId kept) {
        return jdbc.sql("""
                select id from work_order
                where district = ? and kept = ? and state = 'merged' and solved is null order by id
                """)
                .params(kept.district(), kept.id())
                .query((r, n) -> new OrderId(kept.district(), r.getLong("id")))
                .list();
    }

    /** It waits to be dispatched again, and its reporter is told: what one withdrew or was refused is not settled for the others. */
    @Transactional(propagation = Propagation.MANDATORY)
    void giveBack(OrderId follower, OrderId kept) {
        orders.lockInOrder(kept.district(), follower.id(), kept.id());
        orders.lockIfAny(follower)
                .filter(order -> order.state == OrderState.MERGED && Objects.equals(order.kept, kept.id()))
                .ifPresent(order -> {
                    orders.save(order, Leaving.unmerge(order, Actor.CLOCK, clock.instant(), deadlines.current()), null);
                    joiners.unfollow(follower, kept);
                });
    }
}
