package org.hemei.workorder;

import java.time.Instant;
import java.util.List;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clock of the help that was asked for (协办, 联合办理): of several open parts, the one that falls due first. The lead stays
 * responsible, so what is late goes to the lead first and then up its line.
 */
@Component
class HelpClock {

    private final OrderClocks clocks;
    private final DeadlineBook deadlines;
    private final JdbcClient jdbc;

    HelpClock(OrderClocks clocks, DeadlineBook deadlines, JdbcClient jdbc) {
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.jdbc = jdbc;
    }

    /** After a part was asked for, or one has an end. A clock that runs for the part that is first goes on as it is. */
    void anew(WorkOrder order, Instant now) {
        var first = first(order.id);
        var running = clocks.find(order.id, Part.HELP).orElse(null);
        if (running == null ? first == null : stands(running, first)) {
            return;
        }
        clocks.save(
                order,
                first == null
                        ? new OrderClock(Part.HELP, now, List.of(), List.of(), null)
                        : deadlines
                                .current()
                                .start(
                                        order.about(),
                                        Part.HELP,
                                        now,
                                        Level.HOLDER,
                                        List.of(new Running(Timer.HELP, first, 0, Measure.WORKING_DAY))));
    }

    /** Whether what the clock runs for is still open: parts are also cancelled together with what they were for. */
    boolean stands(WorkOrder order, OrderClock clock) {
        return stands(clock, first(order.id));
    }

    private static boolean stands(OrderClock clock, @Nullable Instant first) {
        var due = clock.find(Timer.HELP).map(Running::due).orElse(null);
        return due == null ? first == null : due.equals(first);
    }

    private @Nullable Instant first(OrderId id) {
        return jdbc.sql("""
                select due_at from assist_task
                where district = ? and order_id = ? and state in ('asked', 'accepted') order by due_at limit 1
                """)
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp("due_at").toInstant())
                .optional()
                .orElse(null);
    }
}
