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
 * that whoever works by our clock is not late by theirs: when it begins, when it begins anew (二次交办), when a clock that stood still goes on,
 * and with an extension, which is not granted beyond it. A day that is over by then makes nobody late: what is owed is what our own
 * rule gives, or what was left of it (decision 87).
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

    /** Of the work; another clock as it is. */
    static Running nearer(Running timer, WorkOrder order, Instant begins) {
        return timer.timer() == Timer.RESOLVE
                ? new Running(
                        timer.timer(), nearer(timer.due(), order.hotlineDue, begins), timer.rule(), timer.measure())
                : timer;
    }

    /** Whether work with this end would go on beyond a day of theirs that still lies ahead. */
    static boolean passed(Instant due, WorkOrder order, Instant now) {
        return !nearer(due, order.hotlineDue, now).equals(due);
    }

    /** Whether their day still lies ahead and the work lasts until then, or longer: no extension can be asked for. */
    static boolean reached(WorkOrder order, Instant now) {
        var due = order.resolveDue;
        var day = order.hotlineDue;
        return due != null && day != null && end(day).isAfter(now) && !end(day).isAfter(due);
    }

    /** Whether the work that begins with a step ends with theirs. */
    static boolean decides(WorkOrder order) {
        var started = order.started;
        var day = order.hotlineDue;
        return started != null
                && started.stop() == null
                && day != null
                && started.find(Timer.RESOLVE)
                        .filter(work -> work.due().equals(end(day)))
                        .isPresent();
    }
}
