package org.hemei.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the figures that {@link Figures} keeps. */
@Component
class CheckQueries {

    /** @param computedAt when the month was kept; much later than its day where it was made up for */
    record Month(LocalDate day, long part, long whole, long notice, State state, Instant computedAt) {

        /** Whether it was made up for afterwards, from what the data says held on that day. */
        boolean later() {
            return org.hemei.platform.time.CivilTime.date(computedAt).isAfter(day);
        }
    }

    /** A task that already runs for somebody who falls short. */
    record Running(long id, String assigned, Instant due) {}

    private final JdbcClient jdbc;

    CheckQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By rule, then by area: what stands in the table now. */
    Map<String, Map<String, Figures.Row>> figures(Collection<String> areas) {
        Map<String, Map<String, Figures.Row>> all = new HashMap<>();
        jdbc.sql("select rule, area, part, whole, notice, state from check_figure where area = any(?)")
                .param(areas.toArray(String[]::new))
                .query((r, n) -> all.computeIfAbsent(r.getString("rule"), rule -> new HashMap<>())
                        .put(r.getString("area"), row(r)))
                .list();
        return all;
    }

    Map<String, Figures.Row> figures(String rule, Collection<String> areas) {
        Map<String, Figures.Row> all = new HashMap<>();
        jdbc.sql("select area, part, whole, notice, state from check_figure where rule = ? and area = any(?)")
                .params(rule, areas.toArray(String[]::new))
                .query((r, n) -> all.put(r.getString("area"), row(r)))
                .list();
        return all;
    }

    private static Figures.Row row(ResultSet r) throws SQLException {
        return new Figures.Row(
                r.getString("area"),
                r.getLong("part"),
                r.getLong("whole"),
                r.getLong("notice"),
                State.valueOf(r.getString("state")));
    }

    /** The snapshots of one area by rule, oldest first. */
    Map<String, List<Month>> months(String area, LocalDate since) {
        Map<String, List<Month>> all = new HashMap<>();
        jdbc.sql("""
                select s.rule, s.day, s.part, s.whole, s.notice, s.state, m.computed_at
                from check_snapshot s
                         join check_month m on m.rule = s.rule and m.day = s.day
                where s.area = :area and s.day >= :since
                order by s.rule, s.day
                """)
                .param("area", area)
                .param("since", since)
                .query((r, n) -> all.computeIfAbsent(r.getString("rule"), rule -> new ArrayList<>())
                        .add(month(r)))
                .list();
        return all;
    }

    private static Month month(ResultSet r) throws SQLException {
        return new Month(
                r.getObject("day", LocalDate.class),
                r.getLong("part"),
                r.getLong("whole"),
                r.getLong("notice"),
                State.valueOf(r.getString("state")),
                r.getTimestamp("computed_at").toInstant());
    }

    /** When the figures were computed: the oldest of all rules. Empty while one was never computed. */
    Optional<Instant> computedAt(Collection<String> rules) {
        return jdbc.sql("""
                select min(c.computed_at) from unnest(?::text[]) r (rule) left join check_clock c on c.rule = r.rule
                having count(*) = count(c.rule)
                """)
                .param(rules.toArray(String[]::new))
                .query(java.sql.Timestamp.class)
                .optional()
                .map(java.sql.Timestamp::toInstant);
    }

    /** The area itself has nothing but its key. */
    private static final String THING =
            "(case when %1$s like '%%-000000000000' then %1$s else substr(%1$s, strpos(%1$s, '-')) end)";

    /**
     * Tasks that run for these subjects of a rule, by subject. A key is the area and the thing in it; a thing that moved to another area has
     * the task that it had, where its number is its own ({@link MechanismCheck#follows}).
     */
    Map<String, Running> running(MechanismCheck check, Collection<String> keys) {
        Map<String, Running> running = new HashMap<>();
        var thing = check.follows() ? THING : "%s";
        jdbc.sql("""
                select k.key as subject, t.id, t.assigned, t.due_at
                from unnest(?) k (key) join task t on %s = %s
                where t.source = ? and t.state in ('open', 'done')
                """.formatted(thing.formatted("t.subject"), thing.formatted("k.key")))
                .params(
                        keys.toArray(String[]::new),
                        CheckViews.source(check.rule().code()))
                .query((r, n) -> running.put(
                        r.getString("subject"),
                        new Running(
                                r.getLong("id"),
                                r.getString("assigned"),
                                r.getTimestamp("due_at").toInstant())))
                .list();
        return running;
    }
}
