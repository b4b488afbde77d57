package org.hemei.workorder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Scope;
import org.hemei.workorder.Deadlines.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules of time as the tables have them now; read again twice a minute, and at once after an edit on this copy. */
@Component
public class DeadlineBook {

    private static final int FRESH_SECONDS = 30;

    private record Read(List<Deadlines.Rule> rules, List<Deadlines.StepRule> steps, Instant at) {}

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
            var today = CivilTime.date(now);
            read = new Read(rules(today), steps(today), now);
            last = read;
        }
        return new Deadlines(read.rules, read.steps, calendars.current());
    }

    /**
     * The rules as they were on the day on which a clock began: it goes on by them, whatever has been set since. Where the data knows
     * none of that day, today's hold.
     */
    Deadlines asOf(Instant began) {
        var day = CivilTime.date(began);
        if (day.equals(CivilTime.date(clock.instant()))) {
            return current();
        }
        var then = on(day);
        return then.rules().isEmpty() ? current() : then;
    }

    /** The rules of a day that is past, or as they are set for one to come. */
    public Deadlines on(LocalDate day) {
        return new Deadlines(rules(day), steps(day), calendars.current());
    }

    /** After an edit on this copy: the next reader sees it at once. */
    public void changed() {
        last = null;
    }

    private List<Deadlines.Rule> rules(LocalDate day) {
        return jdbc.sql("""
                select id, category, urgency, clock, amount, measure, basis from deadline_rule
                where valid @> cast(? as date)
                """)
                .param(day)
                .query((r, n) -> new Deadlines.Rule(
                        r.getLong("id"),
                        scope(r),
                        Timer.of(r.getString("clock")),
                        r.getInt("amount"),
                        Measure.of(r.getString("measure")),
                        r.getString("basis")))
                .list();
    }

    private List<Deadlines.StepRule> steps(LocalDate day) {
        return jdbc.sql("""
                select id, category, urgency, clock, moment, amount, measure, level, basis from escalation_rule
                where valid @> cast(? as date) order by id
                """)
                .param(day)
                .query((r, n) -> new Deadlines.StepRule(
                        r.getLong("id"),
                        scope(r),
                        Timer.of(r.getString("clock")),
                        r.getString("moment").equals("before"),
                        r.getInt("amount"),
                        Measure.of(r.getString("measure")),
                        Level.of(r.getString("level")),
                        r.getString("basis")))
                .list();
    }

    private static Scope scope(ResultSet r) throws SQLException {
        var urgency = r.getString("urgency");
        return new Scope(r.getString("category"), urgency == null ? null : Urgency.of(urgency));
    }
}
