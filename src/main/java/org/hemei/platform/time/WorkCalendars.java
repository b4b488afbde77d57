package org.hemei.platform.time;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Month;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The calendar as the table has it now; read again after {@value #FRESH_SECONDS} seconds, so every copy follows an edit. */
@Component
public class WorkCalendars {

    private static final int FRESH_SECONDS = 30;

    private record Read(WorkCalendar calendar, long atSecond) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private volatile @Nullable Read last;

    WorkCalendars(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public WorkCalendar current() {
        var now = clock.instant().getEpochSecond();
        var read = last;
        if (read == null || Math.abs(now - read.atSecond) > FRESH_SECONDS) {
            read = new Read(load(), now);
            last = read;
        }
        return read.calendar;
    }

    /** After an edit on this copy: the next reader sees it at once. */
    public void changed() {
        last = null;
    }

    private WorkCalendar load() {
        Map<LocalDate, Boolean> days = new HashMap<>();
        jdbc.sql("select day, kind = 'workday' as worked from calendar_day")
                .query((row, n) -> days.put(row.getObject("day", LocalDate.class), row.getBoolean("worked")))
                .list();
        var lastYear = days.keySet().stream().mapToInt(LocalDate::getYear).max().orElse(1970);
        return new WorkCalendar(Map.copyOf(days), LocalDate.of(lastYear, Month.DECEMBER, 31));
    }
}
