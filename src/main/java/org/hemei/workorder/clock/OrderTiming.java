package org.hemei.workorder.clock;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Ui;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HotlineDay;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;

/**
 * The time of one order as people read it: whether its clock stands still, what the holder has asked for, and what will happen
 * by itself.
 *
 * @param ahead the planned steps that still have a point, in order
 * @param extended whether it has been extended, which happens once
 */
public record OrderTiming(
        @Nullable Standstill stop, @Nullable Asked asked, List<Planned> ahead, boolean extended) {

    private static final Set<Timer> ASIDES = EnumSet.of(Timer.SUPERVISE, Timer.MARK, Timer.HELP);

    private static final Set<Verb> VERBS = EnumSet.of(
            Verb.ASK_EXTENSION,
            Verb.GRANT_EXTENSION,
            Verb.REFUSE_EXTENSION,
            Verb.ASK_SUSPENSION,
            Verb.GRANT_SUSPENSION,
            Verb.REFUSE_SUSPENSION,
            Verb.RESUME);

    /** @param waits what it waits for: 计时已停，等… */
    public record Standstill(String obstacle, String waits, LocalDate resumes) {

        public Ui.Clock clock() {
            return Ui.stopped(waits, resumes);
        }
    }

    /**
     * What the holder asks for.
     *
     * @param reason what it wrote; @param dueThen the deadline if it is granted an extension
     */
    public record Asked(
            boolean extension,
            @Nullable Integer days,
            @Nullable Instant dueThen,
            @Nullable String obstacle,
            @Nullable LocalDate until,
            Instant askedAt,
            Instant decideDue,
            @Nullable String reason) {

        /** @param theirs the day that the hotline gives, see {@link HotlineDay} */
        public boolean passes(@Nullable LocalDate theirs) {
            return theirs != null
                    && (dueThen != null && dueThen.isAfter(HotlineDay.end(theirs))
                            || until != null && until.isAfter(theirs));
        }

        public String words() {
            return extension
                    ? "延期 " + days + " 个工作日"
                    : "挂起到 " + (until == null ? "" : CivilTime.day(until)) + "，因为" + obstacle;
        }
    }

    /** Whether a verb is about time, and has its form in time-fields. */
    public static boolean is(Verb verb) {
        return VERBS.contains(verb);
    }

    /** What goes up the line of the order itself: an answer that others owe each other is nothing to its reporter. */
    public List<Planned> ofTheOrder() {
        return ahead.stream()
                .filter(planned -> !planned.warning() && !ASIDES.contains(planned.timer()))
                .toList();
    }
}
