package org.hemei.workorder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one part of an order's life, as they were stamped when it began. A rule that changes later does not change
 * them: what the resident was told stays true.
 *
 * @param timers which clock falls due when
 * @param plan what happens by itself, in order
 * @param stop set while the clock stands still
 */
public record OrderClock(
        Part part,
        Instant since,
        List<Running> timers,
        List<Planned> plan,
        @Nullable Stop stop) {

    /** The parts of an order's life; each has clocks of its own. */
    public enum Part {
        INTAKE,
        WORK,
        CHECK,
        RATING,
        /** While a request or an offer waits for an answer; the clocks of the work go on beside it. */
        DECISION,
        /** While a written answer to 督办 is owed, whatever the order goes through meanwhile. */
        SUPERVISION,
        /** While the answer to a leader's mark is owed: of several, the one that falls due first. */
        MARK,
        /** While help that was asked for is open. */
        HELP;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param rule which version of which rule set it */
    public record Running(Timer timer, Instant due, long rule, Measure measure) {}

    /**
     * @param warning before the deadline; else a step up the line
     * @param level who is told, or to whom it goes
     * @param fired the step of the order's history that it became; null while it is still ahead
     */
    public record Planned(
            Timer timer,
            Instant at,
            boolean warning,
            Level level,
            long rule,
            @Nullable Integer fired) {

        static final Comparator<Planned> IN_ORDER = Comparator.comparing(Planned::at)
                .thenComparing(planned -> !planned.warning)
                .thenComparing(Planned::level);

        public boolean ahead() {
            return fired == null;
        }

        /** 还没接单，报社区 */
        public String words() {
            return OrderClock.words(timer, warning, level);
        }
    }

    /**
     * A clock that stands still for an objective obstacle.
     *
     * @param secondsLeft of the time it is measured in; @param resumes the day on which it goes on by itself
     */
    public record Stop(Instant at, int secondsLeft, LocalDate resumes, String obstacle) {}

    /** 快到期，提醒处理单位; 还没接单，报社区 */
    public static String words(Timer timer, boolean warning, Level level) {
        return warning ? timer.words() + "快到期，提醒" + level.words() : "还" + timer.missed() + "，报" + level.words();
    }

    Optional<Running> find(Timer timer) {
        return timers.stream().filter(running -> running.timer == timer).findFirst();
    }

    /** What happens by itself around one of its clocks, and what has. */
    List<Planned> planned(Timer timer) {
        return plan.stream().filter(planned -> planned.timer == timer).toList();
    }

    Instant due(Timer timer) {
        return find(timer).orElseThrow(() -> new IllegalStateException("no clock " + timer)).due;
    }

    List<Long> rules() {
        return timers.stream().map(Running::rule).toList();
    }

    /** The first planned step that is still ahead and still has a point, as the order stands. */
    Optional<Planned> next(WorkOrder order) {
        return ahead(order).stream().findFirst();
    }

    /** All that is still ahead and still has a point. */
    public List<Planned> ahead(WorkOrder order) {
        return plan.stream()
                .filter(planned -> planned.ahead() && matters(planned.timer, order))
                .toList();
    }

    /** When to look at this clock next; null when nothing will happen by itself. */
    @Nullable
    Instant nextAt(WorkOrder order) {
        if (stop != null && order.state == OrderState.SUSPENDED) {
            return CivilTime.startOf(stop.resumes);
        }
        return next(order).map(Planned::at).orElse(null);
    }

    /** Whether what this clock waits for has not been done. */
    static boolean matters(Timer timer, WorkOrder order) {
        var state = order.state;
        return switch (timer) {
            case ACCEPT -> state.phase() == OrderState.Phase.INTAKE;
            case TAKE -> state == OrderState.DISPATCHED && order.holder != null;
            case CONTACT -> order.contactOpen() && order.holder != null && state.holdersTurn();
            case RESOLVE -> order.holder != null && state.holdersTurn();
            case VERIFY -> state == OrderState.RESOLVED;
            case RATE -> state == OrderState.AWAITING_RATING;
            case DECIDE ->
                state == OrderState.EXTENSION_REQUESTED
                        || state == OrderState.SUSPENSION_REQUESTED
                        || state == OrderState.RETURN_REQUESTED;
            case TRANSFER -> state == OrderState.TRANSFER_OFFERED;
            case SUPERVISE -> order.supervised && state.open() && state != OrderState.AWAITING_RATING;
            case MARK -> state.open() && state != OrderState.AWAITING_RATING;
            case HELP -> state.inHand() || state.phase() == OrderState.Phase.DISPATCHED;
            case EXTEND -> false;
        };
    }

    /** How far up the line it has gone. */
    @Nullable
    Level level() {
        return plan.stream()
                .filter(planned -> !planned.ahead() && !planned.warning)
                .map(Planned::level)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The same after a planned step has become a step of the history. */
    OrderClock fired(Planned planned, int seq) {
        var done = new ArrayList<>(plan);
        done.set(
                plan.indexOf(planned),
                new Planned(planned.timer, planned.at, planned.warning, planned.level, planned.rule, seq));
        return new OrderClock(part, since, timers, List.copyOf(done), stop);
    }

    OrderClock stopped(Stop standing) {
        return new OrderClock(part, since, timers, plan, standing);
    }

    /** Of what lies behind only the last step up the line: for an answer that was owed before it had a plan. */
    OrderClock withLastOf(Instant now) {
        var last = plan.stream()
                .filter(planned -> !planned.warning && !planned.at.isAfter(now))
                .max(Planned.IN_ORDER)
                .orElse(null);
        return new OrderClock(
                part,
                since,
                timers,
                plan.stream()
                        .filter(planned -> planned.at.isAfter(now) || planned.equals(last))
                        .toList(),
                stop);
    }

    /** Of a clock that is late already no reminder that it soon will be: it was not needed while it counted as done. */
    OrderClock withoutLateReminders(Timer timer, Instant now) {
        var late = find(timer).filter(running -> !running.due.isAfter(now)).isPresent();
        return new OrderClock(
                part,
                since,
                timers,
                plan.stream()
                        .filter(planned -> !late || planned.timer != timer || !planned.warning || !planned.ahead())
                        .toList(),
                stop);
    }

    /** Without what lies behind: for an order that ran before it had a plan. */
    OrderClock fromNowOn(Instant now) {
        return new OrderClock(
                part,
                since,
                timers,
                plan.stream().filter(planned -> planned.at.isAfter(now)).toList(),
                stop);
    }
}
