package org.hemei.workorder;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.workorder.HandlingRules.Name;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What follows by itself: not solved too often, or a delay that has come up to the street, is supervised (domain.md §2);
 * and with the end of an order its supervision and its transfer end.
 */
@Component
class SupervisionFollow implements EventConsumer {

    private static final String PREFIX = "work_order.";

    private final SupervisionDesk supervisions;
    private final WorkOrders orders;
    private final HandlingRules rules;
    private final JdbcClient jdbc;

    SupervisionFollow(SupervisionDesk supervisions, WorkOrders orders, HandlingRules rules, JdbcClient jdbc) {
        this.supervisions = supervisions;
        this.orders = orders;
        this.rules = rules;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "supervision-follow";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            if (!event.kind().startsWith(PREFIX)) {
                continue;
            }
            switch (event.kind().substring(PREFIX.length())) {
                case "reopen" -> unsolved(OrderId.valueOf(event.subject()));
                case "escalate" -> overdue(OrderId.valueOf(event.subject()), event);
                case "rate", "close_unrated", "reject", "answer", "merge", "withdraw", "take_transfer", "refer" ->
                    ended(OrderId.valueOf(event.subject()), event);
                default -> {
                    // nothing follows
                }
            }
        }
    }

    private void unsolved(OrderId id) {
        var often = orders.find(id)
                .filter(order -> order.round
                        > rules.rule(Name.SUPERVISE_AFTER, order.submittedAt).amount());
        if (often.isPresent()) {
            supervisions.byClock(id, SupervisionGround.UNSOLVED);
        }
    }

    /** The step that was announced says to whom it went up. */
    private void overdue(OrderId id, Event event) {
        var street = jdbc.sql("""
                select exists (select from work_order_step
                               where district = ? and order_id = ? and verb = 'escalate' and at = ?
                                 and detail ->> 'level' in ('street', 'district', 'city'))
                """)
                .params(id.district(), id.id(), WorkOrders.stamp(event.at()))
                .query(Boolean.class)
                .single();
        if (street) {
            supervisions.byClock(id, SupervisionGround.OVERDUE);
        }
    }

    private void ended(OrderId id, Event event) {
        if (orders.find(id).filter(order -> order.state.open()).isPresent()) {
            return;
        }
        jdbc.sql("""
                update supervision set state = 'ended', closed_at = :at
                where district = :district and order_id = :order and state in ('open', 'answered');
                update order_transfer set state = 'ended', decided_at = :at
                where district = :district and order_id = :order and state = 'offered'
                """)
                .param("at", WorkOrders.stamp(event.at()))
                .param("district", id.district())
                .param("order", id.id())
                .update();
    }
}
