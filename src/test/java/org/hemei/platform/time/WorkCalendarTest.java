package org.hemei.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Working days across weekends, holidays and 调休, counted the way the law counts them. */
class WorkCalendarTest {

    /** National Day 2026: 1–7 October off, Saturday the 10th worked. */
    private static final WorkCalendar NATIONAL_DAY = new WorkCalendar(
            Map.of(
                    LocalDate.of(2026, 10, 1), false,
                    LocalDate.of(2026, 10, 2), false,
                    LocalDate.of(2026, 10, 3), false,
                    LocalDate.of(2026, 10, 4), false,
                    LocalDate.of(2026, 10, 5), false,
                    LocalDate.of(2026, 10, 6), false,
                    LocalDate.of(2026, 10, 7), false,
                    LocalDate.of(2026, 10, 10), true),
            LocalDate.of(2026, 12, 31));

    @Test
    void the_start_day_does_not_count_and_the_last_day_ends_at_half_past_five() {
        var monday = Instant.parse("2026-11-23T01:00:00Z");
        assertThat(CivilTime.full(NATIONAL_DAY.after(monday, 1))).isEqualTo("2026年11月24日 周二 17:30");
        assertThat(CivilTime.full(NATIONAL_DAY.after(monday, 5))).isEqualTo("2026年11月30日 周一 17:30");
    }

    @Test
    void a_holiday_is_skipped_and_a_worked_saturday_counts() {
        var before = Instant.parse("2026-09-30T10:00:00Z");
        assertThat(CivilTime.date(NATIONAL_DAY.after(before, 1))).isEqualTo("2026-10-08");
        assertThat(CivilTime.date(NATIONAL_DAY.after(before, 3))).isEqualTo("2026-10-10");
        assertThat(CivilTime.date(NATIONAL_DAY.after(before, 4))).isEqualTo("2026-10-12");
    }

    @Test
    void the_civil_day_is_that_of_shanghai() {
        // Sunday evening in UTC is already Monday in Hefei: Monday is the start day and does not count
        assertThat(CivilTime.date(NATIONAL_DAY.after(Instant.parse("2026-11-22T17:00:00Z"), 1)))
                .isEqualTo("2026-11-24");
    }

    @Test
    void past_the_announced_years_it_counts_monday_to_friday_and_says_so() {
        assertThat(NATIONAL_DAY.knows(Instant.parse("2026-12-31T15:59:00Z"))).isTrue();
        assertThat(NATIONAL_DAY.knows(Instant.parse("2026-12-31T16:00:00Z"))).isFalse();
        assertThat(NATIONAL_DAY.isWorkingDay(LocalDate.of(2027, 10, 1))).isTrue();
    }

    @Property
    void one_more_day_is_always_later_and_always_a_working_day(
            @ForAll @IntRange(min = 0, max = 400) int startDay, @ForAll @IntRange(min = 1, max = 60) int days) {
        var start = CivilTime.startOf(LocalDate.of(2026, 1, 1).plusDays(startDay));
        var due = NATIONAL_DAY.after(start, days);
        assertThat(NATIONAL_DAY.isWorkingDay(CivilTime.date(due))).isTrue();
        assertThat(NATIONAL_DAY.after(start, days + 1)).isAfter(due);
        var counted = CivilTime.date(start)
                .plusDays(1)
                .datesUntil(CivilTime.date(due).plusDays(1))
                .filter(NATIONAL_DAY::isWorkingDay)
                .count();
        assertThat(counted).isEqualTo(days);
    }
}
