package org.hemei.workorder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Running;
import org.jspecify.annotations.Nullable;

/**
 * The last day that the 12345 hotline gives for a matter of its own. The work ends with that day where it is nearer than our rule says, so
 * that whoever works by our clock is not late by theirs; a day that is over when the work begins makes nobody late.
 */
public final class HotlineDay {

    /** Of {@code work_order o}; null for what the hotline did not bring, or gave no day. */
    public static final String SQL = """
            case when o.channel = 'hotline' then (select hc.due_on from hotline_order ho join hotline_case hc on hc.id = ho.hotline_case
                                                  where ho.district = o.district and ho.order_id = o.id) end""";

    private static final LocalTime CLOSE = LocalTime.of(17, 30);

    private HotlineDay() {}

    /** As a working day ends. */
    public static Instant end(LocalDate day) {
        return CivilTime.at(day, CLOSE);
    }

    /** The end of work that begins then, by our rule or by theirs. */
    public static Instant nearer(Instant ours, @Nullable LocalDate day, Instant begins) {
        return day != null && end(day).isAfter(begins) && end(day).isBefore(ours) ? end(day) : ours;
    }

    static Running nearer(Running work, WorkOrder order, Instant begins) {
        return new Running(work.timer(), nearer(work.due(), order.hotlineDue, begins), work.rule(), work.measure());
    }

    /** Whether the work that begins with a step ends with theirs. */
    static boolean decides(WorkOrder order) {
        var started = order.started;
        var day = order.hotlineDue;
        return started != null
                && day != null
                && started.find(Timer.RESOLVE)
                        .filter(work -> work.due().equals(end(day)))
                        .isPresent();
    }
}
