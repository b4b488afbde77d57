package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.Deadlines.About;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Rule;
import org.hemei.workorder.Deadlines.Scope;
import org.hemei.workorder.Deadlines.StepRule;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Planned;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clocks across weekends, 调休, year ends and suspensions, against a calendar counted the slow way. */
class DeadlinesTest {

    static final WorkCalendar CALENDAR = calendar();
    private static final About ORDINARY = new About("facility.door", Urgency.ORDINARY);

    /** The real one of six years: spring festivals, working weekends, the turn of each year. */
    private static WorkCalendar calendar() {
        var days = ReferenceTable.read("reference/cn-calendar-2021-2026.csv");
        var dates = days.column("date");
        var kinds = days.column("kind");
        Map<LocalDate, Boolean> special = new HashMap<>();
        for (int i = 0; i < dates.length; i++) {
            special.put(LocalDate.parse(dates[i]), kinds[i].equals("workday"));
        }
        return new WorkCalendar(special, LocalDate.of(2026, 12, 31));
    }

    @Provide
    Arbitrary<Instant> moments() {
        var first = CivilTime.startOf(LocalDate.of(2021, 1, 1)).getEpochSecond();
        var last = CivilTime.startOf(LocalDate.of(2026, 12, 31)).getEpochSecond();
        return Arbitraries.longs().between(first, last).map(Instant::ofEpochSecond);
    }

    @Property(tries = 500)
    void a_deadline_in_working_days_ends_at_the_close_of_a_working_day_with_so_many_of_them_before_it(
            @ForAll("moments") Instant start, @ForAll @IntRange(min = 1, max = 30) int days) {
        var due = CALENDAR.after(start, days);
        var last = CivilTime.date(due);
        assertThat(LocalTime.ofInstant(due, CivilTime.ZONE)).isEqualTo(WorkCalendar.CLOSE);
        assertThat(worked(last)).isTrue();
        assertThat(CivilTime.date(start)
                        .plusDays(1)
                        .datesUntil(last.plusDays(1))
                        .filter(DeadlinesTest::worked)
                        .count())
                .as("the day on which it begins is not counted")
                .isEqualTo(days);
    }

    @Property(tries = 300)
    void the_office_minutes_left_are_those_that_a_minute_by_minute_count_finds(
            @ForAll("moments") Instant start, @ForAll @IntRange(max = 6 * 24 * 60) int minutes) {
        var from = start.minusSeconds(start.getEpochSecond() % 60);
        var to = from.plus(Duration.ofMinutes(minutes));
        var counted = 0;
        for (var at = from; at.isBefore(to); at = at.plusSeconds(60)) {
            var time = LocalTime.ofInstant(at, CivilTime.ZONE);
            if (worked(CivilTime.date(at)) && !time.isBefore(WorkCalendar.OPEN) && time.isBefore(WorkCalendar.CLOSE)) {
                counted++;
            }
        }
        assertThat(CALENDAR.workingTime(from, to)).isEqualTo(Duration.ofMinutes(counted));
    }

    @Property(tries = 500)
    void a_suspension_costs_no_minute_and_gives_none(
            @ForAll("moments") Instant asked,
            @ForAll @IntRange(min = 1, max = 15) int days,
            @ForAll @IntRange(max = 60) int standing) {
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, days, Measure.WORKING_DAY)), CALENDAR);
        var clock = deadlines.running(ORDINARY, Timer.RESOLVE, asked.minus(Duration.ofDays(1)));
        var left = deadlines.left(clock, asked);
        var resumed = CivilTime.startOf(CivilTime.date(asked).plusDays(standing + 1L));
        var after = deadlines.resumed(clock, resumed, left);
        assertThat(CALENDAR.workingTime(resumed, after.due())).isEqualTo(left);
        if (asked.isBefore(clock.due())) {
            assertThat(after.due()).as("standing still never brings it nearer").isAfterOrEqualTo(clock.due());
            assertThat(deadlines.resumed(clock, asked, left).due())
                    .as("standing still for no time changes nothing")
                    .isEqualTo(clock.due());
        } else {
            assertThat(left).isEqualTo(Duration.ZERO);
            assertThat(after.due()).isEqualTo(resumed);
        }
    }

    @Property(tries = 300)
    void an_hour_clock_runs_through_nights_and_holidays_and_stands_still_like_the_others(
            @ForAll("moments") Instant start,
            @ForAll @IntRange(min = 1, max = 96) int hours,
            @ForAll @IntRange(max = 300) int later) {
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, hours, Measure.HOUR)), CALENDAR);
        var clock = deadlines.running(ORDINARY, Timer.RESOLVE, start);
        assertThat(Duration.between(start, clock.due())).isEqualTo(Duration.ofHours(hours));
        var left = deadlines.left(clock, start.plus(Duration.ofHours(later)));
        assertThat(left).isEqualTo(Duration.ofHours(Math.max(0, hours - later)));
    }

    @Property(tries = 300)
    void an_extension_gives_so_many_working_days_after_the_old_end(
            @ForAll("moments") Instant start,
            @ForAll @IntRange(min = 1, max = 10) int days,
            @ForAll @IntRange(min = 1, max = 10) int more) {
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, days, Measure.WORKING_DAY)), CALENDAR);
        var clock = deadlines.running(ORDINARY, Timer.RESOLVE, start);
        assertThat(deadlines.extended(clock, more, start).due()).isEqualTo(CALENDAR.after(start, days + more));
    }

    @Property(tries = 300)
    void what_is_planned_comes_in_order_and_a_warning_never_before_the_clock_began(
            @ForAll("moments") Instant start, @ForAll @IntRange(min = 1, max = 20) int days) {
        var steps = List.of(
                step(true, 1, Measure.WORKING_DAY, Level.HOLDER),
                step(false, 0, Measure.HOUR, Level.COMMUNITY),
                step(false, 1, Measure.WORKING_DAY, Level.STREET),
                step(false, 90, Measure.MINUTE, Level.STREET),
                step(false, 3, Measure.DAY, Level.DISTRICT));
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, days, Measure.WORKING_DAY)), steps, CALENDAR);
        var clock = deadlines.start(ORDINARY, Part.WORK, start, Level.REPORTER, Timer.RESOLVE);
        var due = clock.due(Timer.RESOLVE);
        assertThat(clock.plan()).isSortedAccordingTo(Planned.IN_ORDER);
        assertThat(clock.plan())
                .allMatch(planned -> planned.warning()
                        ? planned.at().isAfter(start) && planned.at().isBefore(due)
                        : !planned.at().isBefore(due));
        assertThat(clock.plan()).hasSize(days == 1 && !before(due).isAfter(start) ? 4 : 5);
    }

    private static Instant before(Instant due) {
        return CALENDAR.before(due, 1);
    }

    @Test
    void the_week_of_the_working_sunday_and_the_turn_of_the_year() {
        // Spring festival 2026: off from 15 to 23 February, worked on Saturday 14 and Saturday 28
        var thursday = CivilTime.at(LocalDate.of(2026, 2, 12), LocalTime.of(16, 0));
        assertThat(CivilTime.date(CALENDAR.after(thursday, 2))).isEqualTo(LocalDate.of(2026, 2, 14));
        assertThat(CivilTime.date(CALENDAR.after(thursday, 3))).isEqualTo(LocalDate.of(2026, 2, 24));
        // New Year 2026: off from 1 to 3 January, worked on Sunday 4
        var newYearsEve = CivilTime.at(LocalDate.of(2025, 12, 31), LocalTime.of(9, 0));
        assertThat(CivilTime.date(CALENDAR.after(newYearsEve, 1))).isEqualTo(LocalDate.of(2026, 1, 4));
        assertThat(CALENDAR.workingTime(newYearsEve, CALENDAR.after(newYearsEve, 1)))
                .isEqualTo(Duration.ofMinutes(510 + 540));
    }

    @Test
    void the_nearest_rule_holds() {
        var rules = new ArrayList<Rule>();
        rules.add(rule(null, Timer.RESOLVE, 5, Measure.WORKING_DAY));
        var about = new About("facility.door", Urgency.ORDINARY);
        assertThat(new Deadlines(rules, CALENDAR).rule(about, Timer.RESOLVE).amount())
                .isEqualTo(5);
        rules.add(scoped("facility", null, 4));
        assertThat(new Deadlines(rules, CALENDAR).rule(about, Timer.RESOLVE).amount())
                .isEqualTo(4);
        rules.add(scoped("facility", Urgency.ORDINARY, 3));
        assertThat(new Deadlines(rules, CALENDAR).rule(about, Timer.RESOLVE).amount())
                .isEqualTo(3);
        rules.add(scoped("facility.door", null, 2));
        assertThat(new Deadlines(rules, CALENDAR).rule(about, Timer.RESOLVE).amount())
                .isEqualTo(2);
        rules.add(scoped("facility.door", Urgency.ORDINARY, 1));
        assertThat(new Deadlines(rules, CALENDAR).rule(about, Timer.RESOLVE).amount())
                .isEqualTo(1);
        assertThat(new Deadlines(rules, CALENDAR)
                        .rule(new About("facility.light", Urgency.ORDINARY), Timer.RESOLVE)
                        .amount())
                .isEqualTo(3);
    }

    @Property(tries = 300)
    void an_extension_that_was_decided_too_late_gives_its_days_from_then(
            @ForAll("moments") Instant start,
            @ForAll @IntRange(min = 1, max = 10) int days,
            @ForAll @IntRange(min = 1, max = 10) int more,
            @ForAll @IntRange(max = 400) int later) {
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, days, Measure.WORKING_DAY)), CALENDAR);
        var clock = deadlines.running(ORDINARY, Timer.RESOLVE, start);
        var decided = clock.due().plus(Duration.ofHours(later));
        assertThat(deadlines.extended(clock, more, decided).due()).isEqualTo(CALENDAR.after(decided, more));
    }

    @Property(tries = 300)
    void while_others_decide_the_holder_loses_no_minute_and_what_was_late_stays_late(
            @ForAll("moments") Instant start,
            @ForAll @IntRange(min = 1, max = 10) int days,
            @ForAll @IntRange(max = 400) int asked,
            @ForAll @IntRange(max = 400) int standing) {
        var steps = List.of(
                step(4, true, 1, Measure.WORKING_DAY, Level.HOLDER),
                step(5, false, 0, Measure.HOUR, Level.COMMUNITY),
                step(6, false, 1, Measure.WORKING_DAY, Level.STREET));
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, days, Measure.WORKING_DAY)), steps, CALENDAR);
        var clock = deadlines.start(ORDINARY, Part.WORK, start, Level.REPORTER, Timer.RESOLVE);
        var due = clock.due(Timer.RESOLVE);
        var since = start.plus(Duration.ofHours(asked));
        var now = since.plus(Duration.ofHours(standing));
        var after = GoingOn.standing(deadlines, clock, since, now);
        if (due.isAfter(since)) {
            assertThat(CALENDAR.workingTime(now, after.due(Timer.RESOLVE))).isEqualTo(CALENDAR.workingTime(since, due));
            assertThat(after.plan()).allMatch(step -> step.at().isAfter(now) || !step.warning());
            assertThat(after.plan())
                    .filteredOn(step -> !step.warning())
                    .hasSize(2)
                    .allMatch(step -> !step.at().isBefore(after.due(Timer.RESOLVE)));
        } else {
            assertThat(after.timers()).isEqualTo(clock.timers());
        }
        assertThat(after.since()).isEqualTo(start);
    }

    @Test
    void what_a_category_says_of_one_step_leaves_the_others_as_they_are() {
        var steps = List.of(
                step(true, 2, Measure.HOUR, Level.HOLDER),
                step(false, 0, Measure.HOUR, Level.COMMUNITY),
                step(false, 4, Measure.HOUR, Level.STREET),
                new StepRule(
                        9, new Scope("facility", null), Timer.RESOLVE, false, 1, Measure.HOUR, Level.STREET, "test"),
                new StepRule(8, new Scope("garden", null), Timer.RESOLVE, false, 1, Measure.HOUR, Level.CITY, "test"));
        var deadlines = new Deadlines(List.of(), steps, CALENDAR);
        assertThat(deadlines.steps(ORDINARY, Timer.RESOLVE))
                .extracting(step -> step.before() + " " + step.amount() + " " + step.level())
                .containsExactly("true 2 HOLDER", "false 0 COMMUNITY", "false 1 STREET");
        assertThat(deadlines.steps(ORDINARY, Timer.CONTACT)).isEmpty();
    }

    @Test
    void where_the_street_decides_nothing_of_the_plan_stays_below_it() {
        var steps = List.of(
                step(true, 2, Measure.HOUR, Level.COMMUNITY),
                step(false, 0, Measure.HOUR, Level.COMMUNITY),
                step(false, 0, Measure.HOUR, Level.STREET));
        var deadlines = new Deadlines(List.of(rule(null, Timer.RESOLVE, 1, Measure.WORKING_DAY)), steps, CALENDAR);
        var now = CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(10, 0));
        var clock = deadlines.start(ORDINARY, Part.WORK, now, Level.STREET, Timer.RESOLVE);
        assertThat(clock.plan()).extracting(Planned::level).containsExactly(Level.STREET, Level.STREET);
        assertThat(clock.plan()).extracting(Planned::warning).containsExactly(true, false);
    }

    private static Rule rule(@Nullable String category, Timer timer, int amount, Measure measure) {
        return new Rule(1, new Scope(category, Urgency.ORDINARY), timer, amount, measure, "test");
    }

    private static Rule scoped(String category, @Nullable Urgency urgency, int amount) {
        return new Rule(2, new Scope(category, urgency), Timer.RESOLVE, amount, Measure.WORKING_DAY, "test");
    }

    private static StepRule step(boolean before, int amount, Measure measure, Level level) {
        return step(3, before, amount, measure, level);
    }

    private static StepRule step(long id, boolean before, int amount, Measure measure, Level level) {
        return new StepRule(
                id, new Scope(null, Urgency.ORDINARY), Timer.RESOLVE, before, amount, measure, level, "test");
    }

    /** Told from the table itself and the day of the week, apart from the code under test. */
    static boolean worked(LocalDate day) {
        var special = CALENDAR.days().get(day);
        return special != null
                ? special
                : day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
