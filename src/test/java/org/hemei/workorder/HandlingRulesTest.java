package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.HandlingRules.Rule;
import org.junit.jupiter.api.Test;

/** The limits of a return, of a ruling and of answers that are owed, across weekends, 调休 and year ends. */
class HandlingRulesTest {

    @Provide
    Arbitrary<Instant> moments() {
        var first = CivilTime.startOf(LocalDate.of(2021, 1, 1)).getEpochSecond();
        var last = CivilTime.startOf(LocalDate.of(2026, 10, 31)).getEpochSecond();
        return Arbitraries.longs().between(first, last).map(Instant::ofEpochSecond);
    }

    @Property(tries = 500)
    void working_days_end_at_the_close_of_one_with_so_many_of_them_after_the_start(
            @ForAll("moments") Instant start, @ForAll @IntRange(min = 1, max = 20) int amount, @ForAll Name name) {
        var due = due(name, amount, "working_day", start);
        var last = CivilTime.date(due);
        assertThat(LocalTime.ofInstant(due, CivilTime.ZONE)).isEqualTo(WorkCalendar.CLOSE);
        assertThat(DeadlinesTest.worked(last)).isTrue();
        assertThat(CivilTime.date(start)
                        .plusDays(1)
                        .datesUntil(last.plusDays(1))
                        .filter(DeadlinesTest::worked)
                        .count())
                .isEqualTo(amount);
    }

    @Property(tries = 300)
    void hours_and_days_run_through_nights_and_holidays(
            @ForAll("moments") Instant start, @ForAll @IntRange(min = 1, max = 200) int amount) {
        assertThat(due(Name.RETURN_DECIDE, amount, "hour", start)).isEqualTo(start.plus(Duration.ofHours(amount)));
        assertThat(due(Name.TRANSFER_ANSWER, amount, "day", start)).isEqualTo(start.plus(Duration.ofDays(amount)));
    }

    /** 督办 and 批示 stand still while an order waits for its rating, and are owed again with what was left. */
    @Property(tries = 500)
    void an_answer_that_stood_still_has_as_much_office_time_left_as_it_had(
            @ForAll("moments") Instant start,
            @ForAll @IntRange(min = 1, max = 10) int amount,
            @ForAll @IntRange(max = 400) int asked,
            @ForAll @IntRange(max = 400) int stood) {
        var due = due(Name.SUPERVISE_ANSWER, amount, "working_day", start);
        var stops = start.plus(Duration.ofHours(asked));
        if (!stops.isBefore(due)) {
            return;
        }
        var left = DeadlinesTest.CALENDAR.workingTime(stops, due);
        var goesOn = stops.plus(Duration.ofHours(stood));
        var again = DeadlinesTest.CALENDAR.afterWorkingTime(goesOn, left);
        assertThat(DeadlinesTest.CALENDAR.workingTime(goesOn, again)).isEqualTo(left);
        assertThat(again).as("standing still never brings it nearer").isAfterOrEqualTo(due);
        if (stood == 0) {
            assertThat(again).isEqualTo(due);
        }
    }

    @Test
    void a_number_of_times_is_no_length_of_time() {
        assertThatThrownBy(() -> due(Name.SUPERVISE_AFTER, 2, "time", Instant.EPOCH))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Instant due(Name name, int amount, String measure, Instant start) {
        return HandlingRules.due(new Rule(name, amount, measure, "test"), start, DeadlinesTest.CALENDAR);
    }
}
