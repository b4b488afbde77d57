package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClock.Running;
import org.jspecify.annotations.Nullable;

/**
 * When each step of an order falls due and what happens by itself around it, by the rules in force on a day and the
 * working-day calendar. Pure: the same input gives the same instants.
 *
 * @param rules those valid today, at most one for each scope and clock
 * @param steps warnings and steps up the line, valid today
 */
public record Deadlines(List<Rule> rules, List<StepRule> steps, WorkCalendar calendar) {

    Deadlines(List<Rule> rules, WorkCalendar calendar) {
        this(rules, List.of(), calendar);
    }

    /** The clocks of an order, and the limits of what may be asked for. */
    public enum Timer {
        ACCEPT("受理", "没受理"),
        TAKE("接单", "没接单"),
        CONTACT("联系居民", "没联系居民"),
        RESOLVE("处理", "没处理好"),
        VERIFY("核验", "没核验"),
        RATE("评价", "没评价"),
        DECIDE("定申请", "没定"),
        /** The other side's answer to an order that is offered to it. */
        TRANSFER("答复移交", "没答复移交"),
        /** The written answer to 督办. */
        SUPERVISE("答复督办", "没答复督办"),
        /** The answer to a leader's mark. */
        MARK("答复批示", "没答复批示"),
        /** What somebody was asked to help with. */
        HELP("完成协办", "没办完协办"),
        /** How much longer may be asked for at most. */
        EXTEND("延期上限", "");

        private final String words;
        private final String missed;

        Timer(String words, String missed) {
            this.words = words;
            this.missed = missed;
        }

        public String words() {
            return words;
        }

        /** What has not been done when it runs out. */
        public String missed() {
            return missed;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a late one is the delay of whoever holds the order, and not of those who decide, verify or answer. */
        public boolean holders() {
            return this == TAKE || this == CONTACT || this == RESOLVE;
        }

        /** Whether its length is a deadline rule by category and urgency; the others are limits on handling ({@link HandlingRules}). */
        public boolean ruled() {
            return this != TRANSFER && this != SUPERVISE && this != MARK && this != HELP;
        }

        public static Timer of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** MINUTE and HOUR run round the clock; WORKING_DAY ends at 17:30 of its last working day; DAY is a calendar day. */
    public enum Measure {
        MINUTE("分钟"),
        HOUR("小时"),
        WORKING_DAY("个工作日"),
        DAY("天");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is a matter of hours, nights and holidays included. */
        boolean roundTheClock() {
            return this == MINUTE || this == HOUR;
        }

        public static Measure of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What deadlines depend on: what an order is about, and the deadline class it runs in. */
    public record About(@Nullable String category, Urgency urgency) {

        /** What a rule may name so that it is about this matter, the nearest first. */
        List<Scope> scopes() {
            var found = new ArrayList<Scope>();
            for (var code = category; code != null && !code.isEmpty(); code = branch(code)) {
                found.add(new Scope(code, urgency));
                found.add(new Scope(code, null));
            }
            found.add(new Scope(null, urgency));
            found.add(new Scope(null, null));
            return found;
        }

        private static @Nullable String branch(String code) {
            var dot = code.lastIndexOf('.');
            return dot < 0 ? null : code.substring(0, dot);
        }
    }

    /** What a rule is about: a category or a branch of the tree, an urgency, both, or everything. */
    public record Scope(@Nullable String category, @Nullable Urgency urgency) {}

    /** @param basis the document or practice the number comes from */
    public record Rule(long id, Scope scope, Timer timer, int amount, Measure measure, String basis) {

        Rule(Urgency urgency, Timer timer, int amount, Measure measure, String basis) {
            this(0, new Scope(null, urgency), timer, amount, measure, basis);
        }

        /** 2 小时, 5 个工作日 */
        public String words() {
            return amount + " " + measure.words;
        }
    }

    /** What happens by itself before a deadline (a warning) or after it (a step up the line). */
    public record StepRule(
            long id, Scope scope, Timer timer, boolean before, int amount, Measure measure, Level level, String basis) {

        Instant at(Instant due, WorkCalendar calendar) {
            if (amount == 0) {
                return due;
            }
            var length = switch (measure) {
                case MINUTE -> Duration.ofMinutes(amount);
                case HOUR -> Duration.ofHours(amount);
                case DAY -> Duration.ofDays(amount);
                case WORKING_DAY -> Duration.ZERO;
            };
            if (measure == Measure.WORKING_DAY) {
                return before ? calendar.before(due, amount) : calendar.after(due, amount);
            }
            return before ? due.minus(length) : due.plus(length);
        }
    }

    /** @throws IllegalStateException when no rule is in force: a gap in the data, not a fault of the person */
    public Rule rule(About about, Timer timer) {
        for (var scope : about.scopes()) {
            for (var rule : rules) {
                if (rule.timer == timer && rule.scope.equals(scope)) {
                    return rule;
                }
            }
        }
        throw new IllegalStateException("no deadline rule for " + about + " " + timer);
    }

    public Rule rule(Urgency urgency, Timer timer) {
        return rule(new About(null, urgency), timer);
    }

    public Instant due(About about, Timer timer, Instant start) {
        return due(rule(about, timer), start);
    }

    public Instant due(Urgency urgency, Timer timer, Instant start) {
        return due(rule(urgency, timer), start);
    }

    private Instant due(Rule rule, Instant start) {
        return switch (rule.measure) {
            case MINUTE -> start.plus(Duration.ofMinutes(rule.amount));
            case HOUR -> start.plus(Duration.ofHours(rule.amount));
            case DAY -> start.plus(Duration.ofDays(rule.amount));
            case WORKING_DAY -> calendar.after(start, rule.amount);
        };
    }

    Running running(About about, Timer timer, Instant now) {
        var rule = rule(about, timer);
        return new Running(timer, due(rule, now), rule.id, rule.measure);
    }

    /** Stamps the clocks that begin now, with all that will happen by itself. */
    OrderClock start(About about, Part part, Instant now, Level least, Timer... timers) {
        var running = new ArrayList<Running>();
        for (var timer : timers) {
            running.add(running(about, timer, now));
        }
        return start(about, part, now, least, running);
    }

    /** The clock of an order that is filed now. */
    OrderClock intake(About about, Instant now) {
        return start(about, Part.INTAKE, now, Level.REPORTER, Timer.ACCEPT);
    }

    /** The same for clocks whose ends are known already. */
    OrderClock start(About about, Part part, Instant now, Level least, List<Running> running) {
        var planned = running.stream()
                .flatMap(timer -> plan(about, timer, now, least).stream())
                .sorted(Planned.IN_ORDER)
                .toList();
        return new OrderClock(part, now, List.copyOf(running), planned, null);
    }

    /** Everything around one clock that is said of this matter: of each warning and each level what the nearest scope says. */
    public List<StepRule> steps(About about, Timer timer) {
        var found = new LinkedHashMap<List<Object>, List<StepRule>>();
        for (var scope : about.scopes()) {
            steps.stream()
                    .filter(step -> step.timer == timer && step.scope.equals(scope))
                    .collect(Collectors.groupingBy(step -> List.<Object>of(step.before, step.level)))
                    .forEach(found::putIfAbsent);
        }
        return found.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing((StepRule step) -> !step.before).thenComparing(StepRule::level))
                .toList();
    }

    /** A warning that would come before the clock began is left out. */
    List<Planned> plan(About about, Running timer, Instant since, Level least) {
        var told = new HashSet<List<Object>>();
        return steps(about, timer.timer()).stream()
                .map(step -> new Planned(
                        timer.timer(),
                        step.at(timer.due(), calendar),
                        step.before,
                        Level.higher(step.level, least),
                        step.id,
                        null))
                .filter(planned -> !planned.warning() || planned.at().isAfter(since))
                .filter(planned -> told.add(List.of(planned.at(), planned.warning(), planned.level())))
                .toList();
    }

    /** What is left of a clock, in the time it is measured in: office time for working days, else all of it. */
    Duration left(Running timer, Instant now) {
        if (!now.isBefore(timer.due())) {
            return Duration.ZERO;
        }
        return timer.measure() == Measure.WORKING_DAY
                ? calendar.workingTime(now, timer.due())
                : Duration.between(now, timer.due());
    }

    /** The same clock going on with what was left of it. */
    Running resumed(Running timer, Instant now, Duration left) {
        var due = timer.measure() == Measure.WORKING_DAY ? calendar.afterWorkingTime(now, left) : now.plus(left);
        return new Running(timer.timer(), due, timer.rule(), timer.measure());
    }

    /**
     * The same clock with so many working days more: from its end, so that asking early costs nothing; from now where that has
     * passed before somebody decided, so that no extension is granted that is over already.
     */
    Running extended(Running timer, int workingDays, Instant now) {
        var due = extended(timer.due(), workingDays, now);
        return new Running(timer.timer(), due, timer.rule(), timer.measure());
    }

    /** The end that {@link #extended} comes to. */
    public Instant extended(Instant due, int workingDays, Instant now) {
        return calendar.after(due.isAfter(now) ? due : now, workingDays);
    }

    /** The rule that stamped a clock, while it is still in force. */
    public @Nullable Rule byId(long id) {
        return rules.stream()
                .filter(rule -> Objects.equals(rule.id, id))
                .findFirst()
                .orElse(null);
    }
}
