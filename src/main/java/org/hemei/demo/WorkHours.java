package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;

/** Office hours, 8:30 to 17:30 on working days: when desks move an order. */
record WorkHours(WorkCalendar calendar) {

    private static final LocalTime OPEN = LocalTime.of(8, 30);

    /** That many office minutes later. */
    Instant plus(Instant start, long minutes) {
        var at = next(start);
        long left = minutes;
        while (true) {
            long today = Duration.between(at, CivilTime.at(CivilTime.date(at), WorkCalendar.CLOSE))
                    .toMinutes();
            if (left <= today) {
                return at.plus(Duration.ofMinutes(left));
            }
            left -= today;
            at = next(CivilTime.at(CivilTime.date(at), WorkCalendar.CLOSE).plusSeconds(60));
        }
    }

    /** This moment if offices are open, else when they open next. */
    private Instant next(Instant at) {
        var day = CivilTime.date(at);
        if (calendar.isWorkingDay(day)) {
            if (at.isBefore(CivilTime.at(day, OPEN))) {
                return CivilTime.at(day, OPEN);
            }
            if (!at.isAfter(CivilTime.at(day, WorkCalendar.CLOSE))) {
                return at;
            }
        }
        do {
            day = day.plusDays(1);
        } while (!calendar.isWorkingDay(day));
        return CivilTime.at(day, OPEN);
    }

    /** Craftsmen come by day, weekends too: moves a moment of the night to the next morning. */
    Instant daytime(Instant at) {
        var day = CivilTime.date(at);
        if (at.isBefore(CivilTime.at(day, LocalTime.of(8, 0)))) {
            return CivilTime.at(day, LocalTime.of(8, 0)).plus(Duration.ofMinutes(at.getEpochSecond() % 90));
        }
        if (at.isAfter(CivilTime.at(day, LocalTime.of(20, 30)))) {
            return CivilTime.at(day.plusDays(1), LocalTime.of(8, 0)).plus(Duration.ofMinutes(at.getEpochSecond() % 90));
        }
        return at;
    }
}
