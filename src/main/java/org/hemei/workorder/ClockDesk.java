package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.OrderClocks.Begun;
import org.hemei.workorder.OrderClocks.Due;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happens to orders by the clock: warnings before a deadline, steps up the line after it, the end of a suspension. All
 * by queries over dates, so that whatever fell due while nothing ran happens at the next start: once, in order, none left out.
 */
@Service
public class ClockDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ClockDesk.class);
    private static final int BATCH = 500;

    private final WorkOrders orders;
    private final OrderClocks clocks;
    private final HelpClock helps;
    private final OwedClocks owed;
    private final DeadlineBook deadlines;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    ClockDesk(
            WorkOrders orders,
            OrderClocks clocks,
            HelpClock helps,
            OwedClocks owed,
            DeadlineBook deadlines,
            InstantSource clock,
            TransactionTemplate transaction) {
        this.orders = orders;
        this.clocks = clocks;
        this.helps = helps;
        this.owed = owed;
        this.deadlines = deadlines;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Lets happen what is due by now. */
    public void fireAll() {
        while (fire() > 0) {
            LOG.debug("more is due");
        }
    }

    /**
     * One batch, in the order in which things fell due; each in a transaction of its own.
     *
     * @return how many went well; one that fails is tried again next time and holds up no other
     */
    int fire() {
        var due = clocks.due(clock.instant(), BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        var queue = new PriorityQueue<>(Comparator.comparing(Due::at)
                .thenComparing(next -> next.order().id())
                .thenComparing(Due::part));
        queue.addAll(due);
        // what comes next for an order of this batch waits for the next one when others may fall due before it
        var horizon = due.getLast().at();
        var well = 0;
        while (!queue.isEmpty()) {
            var first = queue.remove();
            try {
                var next = transaction.execute(status -> Optional.ofNullable(fire(first)));
                well++;
                if (next != null) {
                    next.filter(at -> !at.isAfter(horizon))
                            .ifPresent(at -> queue.add(new Due(first.order(), first.part(), at)));
                }
            } catch (RuntimeException e) {
                LOG.warn("the clock of {} could not go on", first.order(), e);
            }
        }
        return well;
    }

    /** @return when this clock is to be looked at next */
    private @Nullable Instant fire(Due due) {
        var order = orders.lock(due.order());
        var found = clocks.find(due.order(), due.part());
        var now = clock.instant();
        if (found.isEmpty()) {
            return null;
        }
        var clockRow = found.get();
        if (due.part() == Part.HELP && !helps.stands(order, clockRow)) {
            helps.anew(order, now);
            return null;
        }
        if (clockRow.stop() != null && order.state == OrderState.SUSPENDED) {
            return resume(order, clockRow, now);
        }
        if (order.contactDenied) {
            clockRow = clockRow.withoutLateReminders(Timer.CONTACT, now);
        }
        var next = clockRow.next(order).filter(planned -> !planned.at().isAfter(now));
        if (next.isPresent()) {
            var step = OrderTime.fire(order, now, next.get());
            clockRow = clockRow.fired(next.get(), step.seq());
            orders.save(order, step, null);
        }
        clocks.save(order, clockRow);
        return clockRow.nextAt(order);
    }

    private @Nullable Instant resume(WorkOrder order, OrderClock work, Instant now) {
        var step = OrderTime.resume(order, Actor.CLOCK, now, work, deadlines.asOf(work.since()));
        var next = order.started == null ? null : order.started.nextAt(order);
        orders.save(order, step, null);
        return next;
    }

    /** The clocks of orders that came from elsewhere, as if they had run from the start: what lies behind them happens now. */
    public void begin(List<OrderId> running) {
        clocks.add(orders.all(running).stream()
                .flatMap(order -> running(order).stream().map(stamped -> new Begun(order, stamped)))
                .toList());
    }

    /** The clocks of orders that have ended are cleared away; what happened stands in their history. */
    public void end(List<OrderId> ended) {
        clocks.drop(ended);
    }

    /** Clocks for orders that ran, and answers that were owed, before there were any; what lies behind an order is let be. */
    public int adopt() {
        var missing = clocks.missing(BATCH);
        clocks.add(orders.all(missing).stream()
                .flatMap(order -> adopt(order).stream().map(stamped -> new Begun(order, stamped)))
                .toList());
        return missing.size() + owed.adopt(clock.instant(), BATCH);
    }

    private List<OrderClock> adopt(WorkOrder order) {
        var now = clock.instant();
        return running(order).stream().map(stamped -> stamped.fromNowOn(now)).toList();
    }

    /** The clock of an order's work, stamped now when it ran before there were any. */
    OrderClock work(WorkOrder order) {
        return running(order, Part.WORK);
    }

    /** The clock of a part that runs; stamped now when it ran before there were any. */
    OrderClock running(WorkOrder order, Part part) {
        return clocks.find(order.id, part)
                .or(() -> adopt(order).stream()
                        .filter(stamped -> stamped.part() == part)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no clock of the " + part + ": " + order.id));
    }

    /** The clocks of an order by the instants it carries. */
    private List<OrderClock> running(WorkOrder order) {
        var rules = deadlines.current();
        return switch (order.state.phase()) {
            case INTAKE -> List.of(stamped(order, rules, Part.INTAKE, Level.REPORTER, Timer.ACCEPT));
            case DISPATCHED ->
                List.of(stamped(order, rules, Part.WORK, Level.REPORTER, Timer.TAKE, Timer.CONTACT, Timer.RESOLVE));
            case WORK -> List.of(stamped(order, rules, Part.WORK, Level.REPORTER, Timer.CONTACT, Timer.RESOLVE));
            case CHECK ->
                List.of(
                        stamped(order, rules, Part.WORK, Level.REPORTER, Timer.RESOLVE),
                        stamped(order, rules, Part.CHECK, order.decidingLevel(), Timer.VERIFY));
            case RATING ->
                List.of(
                        stamped(order, rules, Part.WORK, Level.REPORTER, Timer.RESOLVE),
                        stamped(order, rules, Part.RATING, Level.REPORTER, Timer.RATE));
            case ENDED -> List.of();
        };
    }

    private OrderClock stamped(WorkOrder order, Deadlines rules, Part part, Level least, Timer... timers) {
        var running = new ArrayList<Running>();
        for (var timer : timers) {
            var due = due(order, timer);
            if (due != null) {
                var rule = rules.rule(order.about(), timer);
                running.add(new Running(timer, due, rule.id(), rule.measure()));
            }
        }
        return rules.start(order.about(), part, order.submittedAt, least, running);
    }

    private static @Nullable Instant due(WorkOrder order, Timer timer) {
        return switch (timer) {
            case CONTACT -> order.contactDue;
            case RESOLVE -> order.resolveDue;
            default -> order.dueAt;
        };
    }
}
