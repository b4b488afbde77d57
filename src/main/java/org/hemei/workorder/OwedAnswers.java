package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Answers to 督办 and to leaders' marks while an order waits for its rating: nobody is pressed for one then, so their time stands still,
 * and goes on with what was left when the order is opened again. And when another is to answer than who was asked: from when they were
 * named.
 */
@Component
class OwedAnswers {

    /** In the step that opens an order again: the new days of the answers that are still owed. */
    static final String SUPERVISION_DUE = "supervision_due";

    static final String MARK_DUE = "mark_due";

    /** @param measure in what its time is measured: a day that was named ends with a working day */
    private record Row(long id, Instant due, Measure measure) {}

    private final WorkOrders orders;
    private final HandlingRules handling;
    private final OrderClocks clocks;
    private final DeadlineBook deadlines;
    private final JdbcClient jdbc;

    OwedAnswers(
            WorkOrders orders, HandlingRules handling, OrderClocks clocks, DeadlineBook deadlines, JdbcClient jdbc) {
        this.orders = orders;
        this.handling = handling;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.jdbc = jdbc;
    }

    /**
     * @param order just opened again, under its lock
     * @param opening the step that opens it
     * @return the same step with the new days, which are told nowhere else
     */
    Step goOn(WorkOrder order, Step opening, Instant now) {
        var since = waited(order.id);
        var step = opening;
        if (since.isPresent()) {
            for (var clock : clocks.all(order.id)) {
                if ((clock.part() == Part.SUPERVISION || clock.part() == Part.MARK)
                        && !clock.timers().isEmpty()) {
                    step = goOn(order, step, clock, since.get(), now);
                }
            }
        }
        return step;
    }

    /** Since when it waited for its rating, as the history says: a clock that was stamped later knows no more than when it was filed. */
    private Optional<Instant> waited(OrderId id) {
        return jdbc.sql("""
                        select at from work_order_step where district = ? and order_id = ? and verb = 'verify' order by seq desc limit 1
                        """)
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp("at").toInstant())
                .optional();
    }

    private Step goOn(WorkOrder order, Step step, OrderClock clock, Instant since, Instant now) {
        var rules = deadlines.asOf(clock.since());
        var supervision = clock.part() == Part.SUPERVISION;
        var rows = supervision
                ? open("supervision", "opened_at", Name.SUPERVISE_ANSWER, order.id, since)
                : open("leader_mark", "recorded_at", Name.INSTRUCTION_ANSWER, order.id, since);
        clocks.save(order, GoingOn.standing(rules, measured(clock, rows), since, now));
        var days = later(
                supervision ? "supervision" : "leader_mark",
                supervision ? Timer.SUPERVISE : Timer.MARK,
                order.id,
                rows,
                since,
                now,
                rules);
        return days.isEmpty() ? step : step.with(supervision ? SUPERVISION_DUE : MARK_DUE, days);
    }

    /** The clock, measured as the answers that it is about. */
    private static OrderClock measured(OrderClock clock, List<Row> rows) {
        var timers = clock.timers().stream()
                .map(timer -> new Running(
                        timer.timer(),
                        timer.due(),
                        timer.rule(),
                        rows.stream()
                                .filter(row -> Duration.between(row.due, timer.due())
                                                .abs()
                                                .toSeconds()
                                        < 1)
                                .map(Row::measure)
                                .findFirst()
                                .orElse(timer.measure())))
                .toList();
        return new OrderClock(clock.part(), clock.since(), timers, clock.plan(), clock.stop());
    }

    /** @return the new days, the earliest first */
    private List<String> later(
            String table, Timer timer, OrderId id, List<Row> rows, Instant since, Instant now, Deadlines rules) {
        var days = new ArrayList<Instant>();
        for (var row : rows) {
            var owed = new Running(timer, row.due, 0, row.measure);
            var due = rules.resumed(owed, now, rules.left(owed, since)).due();
            jdbc.sql("update " + table + " set due_at = ? where district = ? and id = ?")
                    .params(WorkOrders.stamp(due), id.district(), row.id)
                    .update();
            days.add(due);
        }
        return days.stream().sorted().map(Instant::toString).toList();
    }

    /** Those that were not late yet. */
    private List<Row> open(String table, String began, Name rule, OrderId id, Instant since) {
        return jdbc.sql("select id, due_at, " + began + " as began from " + table
                        + " where district = ? and order_id = ? and state = 'open' and due_at > ?")
                .params(id.district(), id.id(), WorkOrders.stamp(since))
                .query((r, n) -> {
                    var due = r.getTimestamp("due_at").toInstant();
                    return new Row(
                            r.getLong("id"),
                            due,
                            handling.measure(rule, r.getTimestamp("began").toInstant(), due));
                })
                .list();
    }

    /**
     * Another answers for it now than when it was asked: a new holder, or the community while there is none. What is still owed is owed
     * anew, never sooner than it was.
     *
     * @param at when they were named, or the former holder was let go
     */
    void handedOn(OrderId id, Instant at) {
        // what has gone to the archive meanwhile is asked of nobody
        var order = orders.lockIfAny(id).filter(found -> found.state.open()).orElse(null);
        if (order == null || Objects.equals(named(id, at), order.holder)) {
            return;
        }
        // the log can be served twice: a clock that began with this step, or later, knows what has become of its own
        // steps
        if (clocks.find(id, Part.SUPERVISION)
                .filter(clock -> !clock.since().isBefore(at))
                .isEmpty()) {
            supervisionGoesOver(order, at);
        }
        var marks = jdbc.sql("""
                update leader_mark set body = :holder, due_at = greatest(due_at, :due)
                where district = :district and order_id = :order and state = 'open' and addressee = 'holder' and recorded_at < :at
                  and (body is distinct from :holder or due_at < :due)
                """)
                .param("at", WorkOrders.stamp(at))
                .param("holder", order.holder, java.sql.Types.BIGINT)
                .param("due", WorkOrders.stamp(handling.due(Name.INSTRUCTION_ANSWER, at)))
                .param("district", id.district())
                .param("order", id.id())
                .update();
        if (marks > 0) {
            clocks.save(order, firstMark(order, at));
        }
    }

    private void supervisionGoesOver(WorkOrder order, Instant at) {
        jdbc.sql("""
                update supervision set due_at = greatest(due_at, :due) where district = :district and order_id = :order and state = 'open'
                returning due_at
                """)
                .param("due", WorkOrders.stamp(handling.due(Name.SUPERVISE_ANSWER, at)))
                .param("district", order.id.district())
                .param("order", order.id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .optional()
                .ifPresent(due -> clocks.save(order, Supervising.owed(order, at, due, deadlines.current())));
    }

    /** Those of many orders of which an answer is owed that goes over with them; the others need not be locked. */
    Set<OrderId> owing(List<OrderId> ids) {
        return Set.copyOf(jdbc.sql("""
                with i as (select * from unnest(:district::int[], :id::bigint[]) as i (district, id))
                select i.district, i.id from i join supervision s on s.district = i.district and s.order_id = i.id
                where s.state = 'open'
                union
                select i.district, i.id from i join leader_mark m on m.district = i.district and m.order_id = i.id
                where m.state = 'open' and m.addressee = 'holder'
                """)
                .param("district", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("id", ids.stream().map(OrderId::id).toArray(Long[]::new))
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list());
    }

    /** Who was named last before that; null when nobody was. */
    private @Nullable Long named(OrderId id, Instant at) {
        return jdbc.sql("""
                select case when verb <> 'grant_return' then body end from work_order_step
                where district = ? and order_id = ? and verb in ('dispatch', 'rule', 'grant_return') and at < ? order by seq desc limit 1
                """)
                .params(id.district(), id.id(), WorkOrders.stamp(at))
                .query((r, n) -> r.getObject(1, Long.class))
                .optional()
                .orElse(null);
    }

    /** Of several marks the one that falls due first has the clock. */
    private OrderClock firstMark(WorkOrder order, Instant now) {
        return jdbc.sql("""
                select addressee, due_at from leader_mark
                where district = ? and order_id = ? and state = 'open' order by due_at, id limit 1
                """)
                .params(order.id.district(), order.id.id())
                .query((r, n) -> {
                    var addressee = Level.of(r.getString("addressee"));
                    return Supervising.mark(
                            order,
                            now,
                            addressee == Level.HOLDER && order.holder == null ? Level.COMMUNITY : addressee,
                            r.getTimestamp("due_at").toInstant(),
                            deadlines.current());
                })
                .single();
    }
}
