package org.hemei.platform.time;

import java.time.DayOfWeek;
import java.time.Duration;
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

    /** When office hours begin: what lies from here to {@link #CLOSE} is office time. */
    public static final LocalTime OPEN = LocalTime.of(8, 30);

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

    /** The same time of day, so many working days earlier; on a working day whatever the day itself is. */
    public Instant before(Instant end, int workingDays) {
        var day = CivilTime.date(end);
        for (int left = workingDays; left > 0; ) {
            day = day.minusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return CivilTime.at(day, LocalTime.ofInstant(end, CivilTime.ZONE));
    }

    /** The office time of working days from one instant to another; none when it is over. */
    public Duration workingTime(Instant from, Instant to) {
        var time = Duration.ZERO;
        for (var day = CivilTime.date(from); !day.isAfter(CivilTime.date(to)); day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                var begin = later(from, CivilTime.at(day, OPEN));
                var end = earlier(to, CivilTime.at(day, CLOSE));
                time = begin.isBefore(end) ? time.plus(Duration.between(begin, end)) : time;
            }
        }
        return time;
    }

    /** The instant at which so much office time of working days will have passed; with none left, the start itself. */
    public Instant afterWorkingTime(Instant start, Duration length) {
        if (!length.isPositive()) {
            return start;
        }
        var left = length;
        for (var day = CivilTime.date(start); ; day = day.plusDays(1)) {
            var begin = later(start, CivilTime.at(day, OPEN));
            var there = Duration.between(begin, CivilTime.at(day, CLOSE));
            if (!isWorkingDay(day) || there.isNegative()) {
                continue;
            }
            if (left.compareTo(there) <= 0) {
                return begin.plus(left);
            }
            left = left.minus(there);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Whether the official calendar covers this day, or Monday to Friday had to be assumed. */
    public boolean knows(Instant at) {
        return !CivilTime.date(at).isAfter(knownUntil);
    }
}
