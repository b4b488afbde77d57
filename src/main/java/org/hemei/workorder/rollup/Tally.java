package org.hemei.workorder.rollup;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.workorder.rollup.FactRows.FactRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds what orders say to the counts of every place they belong to. One set of statements serves both a few orders that
 * changed, taken out as they were and put in as they are, and a whole district made anew.
 */
@Component
class Tally {

    /** Days are kept for so long. */
    static final int DAYS = 100;

    private static final String CHANGES = """
            (select * from unnest(cast(:signs as int[]), cast(:districts as int[]), cast(:communities as text[]),
                                  cast(:estates as bigint[]), cast(:topics as text[]), cast(:holders as bigint[]),
                                  cast(cast(:filed as text[]) as date[]), cast(cast(:closed as text[]) as date[]),
                                  cast(:facts as int[]), cast(:parts as bigint[]), cast(:formers as bigint[]))
                 as u (sign, district, community, estate, topic, holder, filed, closed, facts, parts, former)) f
            """;

    private static final String DISTRICT = "(select 1 as sign, k.* from order_fact k where k.district = :district) f\n";

    private static final String AREAS = "(left(m.community, 4), ''), (left(m.community, 6), left(m.community, 4)),"
            + " (left(m.community, 9), left(m.community, 6)), (m.community, left(m.community, 9))";

    private static final String HOLDER = ", ('h' || m.holder, '')";

    private static final String PROJECT = ", ('h' || m.holder || 'e' || m.estate, m.community)";

    private static final String PLACES = AREAS + ", ('e' || m.estate, m.community)" + HOLDER + PROJECT;

    private final JdbcClient jdbc;

    Tally(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param keys what the rows are first brought together by; @param topic of the counts */
    private static String months(String source, String keys, String topic, String scopes) {
        return """
                insert into order_count as c (district, scope, above, topic, month, %s)
                with m as (
                    select %s, cast(date_trunc('month', f.filed) as date) as month, %s from %s group by %2$s, month
                    union all
                    select %2$s, cast(date_trunc('month', f.closed) as date) as month, %s from %4$s
                    where f.facts & %s <> 0 and f.closed is not null group by %2$s, month)
                select m.district, s.scope, s.above, %s, m.month, %s
                from m cross join lateral (values %s) s (scope, above)
                where s.scope is not null
                group by 1, 2, 3, 4, 5
                on conflict (district, scope, topic, month, above) do update set %s
                """.formatted(
                        Columns.NAMES,
                        keys,
                        Columns.SUMS_OF_FILED,
                        source,
                        Columns.SUMS_OF_DONE,
                        Columns.DONE_BIT,
                        topic,
                        Columns.SUMS,
                        scopes,
                        Columns.ADD);
    }

    private static String days(String source) {
        return """
                insert into order_day as c (district, scope, day, filed, done)
                with m as (
                    select district, community, estate, holder, f.filed as day, sum(sign) as filed, 0 as done from %s
                    where f.filed >= :since and f.former = 0 group by district, community, estate, holder, f.filed
                    union all
                    select district, community, estate, holder, f.closed, 0, sum(sign) from %1$s
                    where f.closed >= :since and f.facts & %s <> 0 group by district, community, estate, holder, f.closed)
                select m.district, s.scope, m.day, sum(m.filed), sum(m.done)
                from m cross join lateral (values %s) s (scope, above)
                where s.scope is not null
                group by 1, 2, 3
                on conflict (district, scope, day) do update set filed = c.filed + excluded.filed, done = c.done + excluded.done
                """.formatted(source, Columns.DONE_BIT, AREAS + HOLDER + PROJECT);
    }

    private static List<String> statements(String source) {
        return List.of(
                months(source, "f.district, f.community, f.estate, f.holder", "''", PLACES),
                months(source, "f.district, f.community, f.holder, f.topic", "m.topic", AREAS + HOLDER),
                days(source));
    }

    private static final List<String> OF_CHANGES = statements(CHANGES);
    private static final List<String> OF_DISTRICT = statements(DISTRICT);

    /** Takes out what was, puts in what is. */
    void change(List<FactRow> before, List<FactRow> after, LocalDate today) {
        var rows = new ArrayList<FactRow>(before);
        rows.addAll(after);
        var signs = new Integer[rows.size()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = i < before.size() ? -1 : 1;
        }
        var params = FactRows.arrays(rows);
        params.put("signs", signs);
        run(OF_CHANGES, params, today);
    }

    /** Everything of one district, from its facts. */
    void rebuild(int district, LocalDate today) {
        jdbc.sql("delete from order_count where district = ?").param(district).update();
        jdbc.sql("delete from order_day where district = ?").param(district).update();
        run(OF_DISTRICT, new HashMap<>(Map.of("district", district)), today);
    }

    private void run(List<String> statements, Map<String, Object> params, LocalDate today) {
        params.put("since", Date.valueOf(today.minusDays(DAYS)));
        statements.forEach(sql -> jdbc.sql(sql).params(params).update());
    }

    /** Days that no page shows any longer. */
    void forget(LocalDate today) {
        jdbc.sql("delete from order_day where day < ?")
                .param(Date.valueOf(today.minusDays(DAYS + 20)))
                .update();
    }
}
