package org.hemei.platform.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;

/**
 * China's working days: Monday to Friday, less the public holidays, plus the working weekends (调休) that the State
 * Council announces for each year.
 *
 * @param days the days that differ from Monday to Friday: true where worked
 * @param knownUntil last day of the last announced year; later dates count Monday to Friday and say so
 */
public record WorkCalendar(Map<LocalDate, Boolean> days, LocalDate knownUntil) {

    /** A working-day deadline ends with office hours of its last working day. */
    public static final LocalTime CLOSE = LocalTime.of(17, 30);

    public boolean isWorkingDay(LocalDate day) {
        return days.getOrDefault(
                day, day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY);
    }

    /**
     * The end of the n-th working day after the start. The start day itself is not counted (Civil Code art. 201).
     *
     * @param workingDays at least 1
     */
    public Instant after(Instant start, int workingDays) {
        if (workingDays < 1) {
            throw new IllegalArgumentException("working days: " + workingDays);
        }
        var day = CivilTime.date(start);
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return CivilTime.at(day, CLOSE);
    }

    /** Whether the official calendar covers this day, or Monday to Friday had to be assumed. */
    public boolean knows(Instant at) {
        return !CivilTime.date(at).isAfter(knownUntil);
    }
}
