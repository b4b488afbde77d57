package org.hemei.workorder;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hemei.platform.log.EventConsumer;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HandlingRules.Name;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows by itself: not solved too often, or a delay that has come up to the street, is supervised (domain.md §2); an
 * answer that is owed goes over to whoever is to answer next;
 * with the end of an order its supervision and its transfer end, and those merged into it go their own way where it ended without
 * a result.
 */
@Component
class SupervisionFollow implements EventConsumer {

    private static final String PREFIX = "work_order.";

    private static final Set<String> PASSED_ON = Set.of("dispatch", "rule", "grant_return");

    private static final Set<String> ENDED =
            Set.of("rate", "close_unrated", "reject", "answer", "merge", "withdraw", "take_transfer", "refer");

    private final SupervisionDesk supervisions;
    private final WorkOrders orders;
    private final HandlingRules rules;
    private final MergedOrders merged;
    private final OwedAnswers owed;
    private final JdbcClient jdbc;
    private final TransactionTemplate own;

    SupervisionFollow(
            SupervisionDesk supervisions,
            WorkOrders orders,
            HandlingRules rules,
            MergedOrders merged,
            OwedAnswers owed,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.owed = owed;
        this.merged = merged;
        this.supervisions = supervisions;
        this.orders = orders;
        this.rules = rules;
        this.jdbc = jdbc;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public String name() {
        return "supervision-follow";
    }

    @Override
    public void handle(List<Event> events) {
        // most orders have nothing that follows: they are not locked, each in a transaction of its own, for that
        var owing = owed.owing(subjects(events, PASSED_ON));
        var held = hanging(subjects(events, ENDED));
        for (var event : events) {
            var verb = verb(event);
            var id = verb.isEmpty() ? null : OrderId.valueOf(event.subject());
            if (id == null) {
                continue;
            }
            if (verb.equals("reopen")) {
                apart(() -> unsolved(id, event.at()));
            } else if (verb.equals("escalate")) {
                apart(() -> overdue(id, event));
            } else if (PASSED_ON.contains(verb) && owing.contains(id)) {
                apart(() -> owed.handedOn(id, event.at()));
            } else if (ENDED.contains(verb) && held.contains(id)) {
                ended(id, event);
            }
        }
    }

    private static String verb(Event event) {
        return event.kind().startsWith(PREFIX) ? event.kind().substring(PREFIX.length()) : "";
    }

    private static List<OrderId> subjects(List<Event> events, Set<String> verbs) {
        return events.stream()
                .filter(event -> verbs.contains(verb(event)))
                .map(event -> OrderId.valueOf(event.subject()))
                .distinct()
                .toList();
    }

    /** Those of many orders that others follow, or with whose end supervision or an offer ends. */
    private Set<OrderId> hanging(List<OrderId> ids) {
        return Set.copyOf(jdbc.sql("""
                with i as (select * from unnest(:district::int[], :id::bigint[]) as i (district, id))
                select i.district, i.id from i join work_order m on m.district = i.district and m.kept = i.id
                where m.state = 'merged' and m.solved is null
                union
                select i.district, i.id from i join supervision s on s.district = i.district and s.order_id = i.id
                where s.state in ('open', 'answered')
                union
                select i.district, i.id from i join order_transfer t on t.district = i.district and t.order_id = i.id
                where t.state = 'offered'
                """)
                .param("district", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("id", ids.stream().map(OrderId::id).toArray(Long[]::new))
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list());
    }

    private void apart(Runnable work) {
        own.executeWithoutResult(status -> work.run());
    }

    private void unsolved(OrderId id, Instant at) {
        var often = orders.find(id)
                .filter(order -> order.round
                        > rules.rule(Name.SUPERVISE_AFTER, order.submittedAt).amount());
        if (often.isPresent()) {
            supervisions.byClock(id, SupervisionGround.UNSOLVED, at);
        }
    }

    /**
     * Supervision asks the holder for an answer: only what the holder is late with leads to it. Who accepts, verifies or decides late
     * is reported up the line, and no company answers for them.
     */
    private void overdue(OrderId id, Event event) {
        var timer = event.body().path("timer").asString("");
        var level = event.body().path("level").asString("");
        if (!timer.isEmpty()
                && Timer.of(timer).holders()
                && !level.isEmpty()
                && Level.of(level).compareTo(Level.STREET) >= 0) {
            supervisions.byClock(id, SupervisionGround.OVERDUE, event.at());
        }
    }

    private void ended(OrderId id, Event event) {
        var order = orders.find(id);
        if (order.filter(o -> o.state.open()).isPresent()) {
            return;
        }
        if (order.filter(o -> o.state.withoutResult()).isPresent()) {
            merged.following(id).forEach(follower -> apart(() -> merged.giveBack(follower, id)));
        }
        apart(() -> end(id, event.at()));
    }

    private void end(OrderId id, Instant at) {
        jdbc.sql("""
                update supervision set state = 'ended', closed_at = :at
                where district = :district and order_id = :order and state in ('open', 'answered');
                update order_transfer set state = 'ended', decided_at = :at
                where district = :district and order_id = :order and state = 'offered'
                """)
                .param("at", WorkOrders.stamp(at))
                .param("district", id.district())
                .param("order", id.id())
                .update();
    }
}
