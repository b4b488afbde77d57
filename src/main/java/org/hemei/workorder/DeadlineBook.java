package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deadline rules as the table has them now; read again twice a minute. */
@Component
public class DeadlineBook {

    private static final int FRESH_SECONDS = 30;

    private record Read(List<Deadlines.Rule> rules, Instant at) {}

    private final JdbcClient jdbc;
    private final WorkCalendars calendars;
    private final InstantSource clock;
    private volatile @Nullable Read last;

    DeadlineBook(JdbcClient jdbc, WorkCalendars calendars, InstantSource clock) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.clock = clock;
    }

    public Deadlines current() {
        var now = clock.instant();
        var read = last;
        if (read == null
                || now.isBefore(read.at)
                || read.at.plusSeconds(FRESH_SECONDS).isBefore(now)
                || read.rules.isEmpty()) {
            read = new Read(load(now), now);
            last = read;
        }
        return new Deadlines(read.rules, calendars.current());
    }

    private List<Deadlines.Rule> load(Instant now) {
        return jdbc.sql(
                        "select urgency, clock, amount, measure, basis from deadline_rule where valid @> cast(? as date)")
                .param(CivilTime.date(now))
                .query((r, n) -> new Deadlines.Rule(
                        Urgency.of(r.getString("urgency")),
                        Deadlines.Timer.valueOf(r.getString("clock").toUpperCase(Locale.ROOT)),
                        r.getInt("amount"),
                        Deadlines.Measure.valueOf(r.getString("measure").toUpperCase(Locale.ROOT)),
                        r.getString("basis")))
                .list();
    }
}
