package org.hemei.oversight;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the figures of every rule: today's, computed every few minutes, and those of the first day of each month, which
 * are kept as they were computed. A month that was missed is made up for from what held on its day, and says so.
 */
@Component
class Figures {

    /** The figure of one area. */
    record Row(String area, long part, long whole, long notice, State state) {}

    private final Checks checks;
    private final Thresholds thresholds;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Figures(
            Checks checks,
            Thresholds thresholds,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.checks = checks;
        this.thresholds = thresholds;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How a rule stood on a day, for every area that has anything to count; always computed. */
    Map<String, Row> on(MechanismCheck check, LocalDate day) {
        var rule = check.rule();
        var standards = thresholds.on(day);
        Map<String, Row> rows = new TreeMap<>();
        RollUp.of(check.measure(day))
                .forEach((area, sum) -> rows.put(
                        area, new Row(area, sum.part(), sum.whole(), sum.notice(), standards.state(rule, area, sum))));
        return rows;
    }

    void refreshAll() {
        checks.all().forEach(this::refresh);
    }

    /** Computes today's figures of a rule and writes those that changed. Two at once wait for each other. */
    void refresh(MechanismCheck check) {
        var rule = check.rule().code();
        var today = CivilTime.date(clock.instant());
        transaction.executeWithoutResult(status -> {
            lock(rule, today);
            var begin = System.nanoTime();
            var rows = on(check, today);
            forget(rule, rows);
            write(rule, rows);
            jdbc.sql("update check_clock set day = :day, computed_at = :at, millis = :millis where rule = :rule")
                    .param("day", today)
                    .param("at", now())
                    .param("millis", (int)
                            Duration.ofNanos(System.nanoTime() - begin).toMillis())
                    .param("rule", rule)
                    .update();
        });
    }

    private void lock(String rule, LocalDate today) {
        jdbc.sql("""
                insert into check_clock (rule, begun, day, computed_at, millis) values (:rule, :day, :day, :at, 0)
                on conflict do nothing
                """)
                .param("rule", rule)
                .param("day", today)
                .param("at", Timestamp.from(Instant.EPOCH))
                .update();
        jdbc.sql("select from check_clock where rule = ? for update")
                .param(rule)
                .query((r, n) -> 0)
                .single();
    }

    private void forget(String rule, Map<String, Row> rows) {
        jdbc.sql("""
                delete from check_figure f
                where f.rule = :rule
                  and not exists (select from unnest(:areas::text[]) as a (code) where a.code = f.area)
                """)
                .param("rule", rule)
                .param("areas", rows.keySet().toArray(String[]::new))
                .update();
    }

    private void write(String rule, Map<String, Row> rows) {
        bind(rows, """
                insert into check_figure as f (rule, area, part, whole, notice, state)
                select :rule, r.area, r.part, r.whole, r.notice, r.state
                from unnest(:areas::text[], :parts::int[], :wholes::int[], :notices::int[], :states::text[])
                     as r (area, part, whole, notice, state)
                on conflict (rule, area) do update
                    set part = excluded.part, whole = excluded.whole, notice = excluded.notice, state = excluded.state
                    where (f.part, f.whole, f.notice, f.state)
                              <> (excluded.part, excluded.whole, excluded.notice, excluded.state)
                """).param("rule", rule).update();
    }

    private JdbcClient.StatementSpec bind(Map<String, Row> rows, String sql) {
        var all = rows.values();
        return jdbc.sql(sql)
                .param("areas", all.stream().map(Row::area).toArray(String[]::new))
                .param("parts", all.stream().map(r -> Math.toIntExact(r.part)).toArray(Integer[]::new))
                .param("wholes", all.stream().map(r -> Math.toIntExact(r.whole)).toArray(Integer[]::new))
                .param(
                        "notices",
                        all.stream().map(r -> Math.toIntExact(r.notice)).toArray(Integer[]::new))
                .param("states", all.stream().map(r -> r.state.name()).toArray(String[]::new));
    }

    /** The first day of every month since the rule began to be computed; each is kept once and for all. */
    void months(MechanismCheck check) {
        var rule = check.rule().code();
        jdbc.sql("select begun from check_clock where rule = ?")
                .param(rule)
                .query(LocalDate.class)
                .optional()
                .ifPresent(begun -> months(check, firstOfMonth(begun)));
    }

    private static LocalDate firstOfMonth(LocalDate begun) {
        return begun.getDayOfMonth() == 1 ? begun : begun.withDayOfMonth(1).plusMonths(1);
    }

    /**
     * Keeps the months from this one on that are not kept yet.
     *
     * @return how many were added
     */
    int months(MechanismCheck check, LocalDate from) {
        var today = CivilTime.date(clock.instant());
        int added = 0;
        for (var day = from.withDayOfMonth(1); !day.isAfter(today); day = day.plusMonths(1)) {
            added += keep(check, day) ? 1 : 0;
        }
        return added;
    }

    private boolean keep(MechanismCheck check, LocalDate day) {
        var rule = check.rule().code();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var first = jdbc.sql(
                            "insert into check_month (rule, day, computed_at) values (?, ?, ?) on conflict do nothing")
                    .params(rule, day, now())
                    .update();
            if (first == 0) {
                return false;
            }
            bind(on(check, day), """
                    insert into check_snapshot (rule, area, day, part, whole, notice, state)
                    select :rule, r.area, :day, r.part, r.whole, r.notice, r.state
                    from unnest(:areas::text[], :parts::int[], :wholes::int[], :notices::int[], :states::text[])
                         as r (area, part, whole, notice, state)
                    """).param("rule", rule).param("day", day).update();
            return true;
        }));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
