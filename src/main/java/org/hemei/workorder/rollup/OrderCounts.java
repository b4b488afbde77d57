package org.hemei.workorder.rollup;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the counts. A scope is the code of an area, or an estate, a holder, a holder at an estate: {@link #estate},
 * {@link #holder}, {@link #project}. Whoever asks has checked that the reader may see it.
 */
@Component
public class OrderCounts {

    /** @param first first day of the month */
    public record Month(LocalDate first, Counts counts) {

        public String label() {
            return first.getMonthValue() + "月";
        }
    }

    public record Topic(String code, String name, int filed, int open) {}

    public record Day(LocalDate day, int filed, int done) {}

    /** Open orders by days since they were filed: under 1, 3, 7, 15, 30, and more. */
    public record Ages(List<Integer> counts) {

        public static final List<String> WORDS = List.of("不到 1 天", "1—3 天", "3—7 天", "7—15 天", "15—30 天", "超过 30 天");
        public static final List<String> FACTS = List.of("age_1", "age_3", "age_7", "age_15", "age_30", "age_more");

        public int sum() {
            return counts.stream().mapToInt(Integer::intValue).sum();
        }

        public int most() {
            return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;

    OrderCounts(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public static String estate(long id) {
        return "e" + id;
    }

    public static String holder(long body) {
        return "h" + body;
    }

    public static String project(long body, long estate) {
        return "h" + body + "e" + estate;
    }

    /** Orders filed (done: closed) in the months from the first day's to the last day's; what is open stands as of now. */
    public Counts of(String scope, LocalDate first, LocalDate last) {
        var filed = jdbc.sql("select " + Counts.SUMS
                        + " from order_count c where scope = :scope and topic = '' and month between :first and :last")
                .param("scope", scope)
                .params(months(first, last))
                .query(Counts::of)
                .single();
        return filed.standing(now(scope));
    }

    private Counts now(String scope) {
        return jdbc.sql("select " + Counts.STANDING + " from order_count c where scope = ? and topic = ''")
                .param(scope)
                .query(Counts::of)
                .single();
    }

    /** The same for each area below, or each estate of a community, by its scope. */
    public Map<String, Counts> below(String above, LocalDate first, LocalDate last) {
        return each("above = :of and scope not like 'h%'", above, first, last);
    }

    /** The same for each estate where a body holds orders, by its {@link #project}. */
    public Map<String, Counts> projects(long body, LocalDate first, LocalDate last) {
        return each("scope like :of", holder(body) + "e%", first, last);
    }

    private Map<String, Counts> each(String which, String of, LocalDate first, LocalDate last) {
        var now = each(which, of, Counts.STANDING, "true", Map.of());
        var filed = each(which, of, Counts.SUMS, "month between :first and :last", months(first, last));
        return now.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> filed.getOrDefault(each.getKey(), Counts.NONE).standing(each.getValue())));
    }

    private Map<String, Counts> each(String which, String of, String sums, String time, Map<String, ?> params) {
        var counts = new HashMap<String, Counts>();
        jdbc.sql("select scope, " + sums + " from order_count c where " + which + " and topic = '' and " + time
                        + " group by scope")
                .param("of", of)
                .params(params)
                .query((ResultSet r) -> {
                    counts.put(r.getString("scope"), Counts.of(r, 0));
                });
        return counts;
    }

    /** By the month of filing (done: of closing), oldest first. */
    public List<Month> months(String scope, LocalDate first, LocalDate last) {
        return jdbc.sql("select month, " + Counts.SUMS + """
                        from order_count c where scope = :scope and topic = '' and month between :first and :last
                        group by month order by month
                        """)
                .param("scope", scope)
                .params(months(first, last))
                .query((r, n) -> new Month(r.getObject("month", LocalDate.class), Counts.of(r, n)))
                .list();
    }

    /** What people said most, by branch of the category tree; of areas and of holders as a whole, not of single estates. */
    public List<Topic> topics(String scope, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                select c.code, c.name, sum(t.filed) as filed, sum(t.open) as open
                from order_count t join category c on c.code = t.topic
                where t.scope = :scope and t.topic <> '' and t.month between :first and :last
                group by c.code, c.name having sum(t.filed) > 0 order by sum(t.filed) desc, c.code limit 12
                """)
                .param("scope", scope)
                .params(months(first, last))
                .query(Topic.class)
                .list();
    }

    public Ages ages(String scope) {
        return jdbc.sql("""
                select coalesce(sum(age_1), 0), coalesce(sum(age_3), 0), coalesce(sum(age_7), 0), coalesce(sum(age_15), 0),
                       coalesce(sum(age_30), 0), coalesce(sum(age_more), 0)
                from order_count where scope = ? and topic = ''
                """).param(scope).query(OrderCounts::ages).single();
    }

    private static Ages ages(ResultSet r, int n) throws SQLException {
        return new Ages(List.of(r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4), r.getInt(5), r.getInt(6)));
    }

    /** Each of the last days up to today, the oldest first, of areas, holders and projects; at most {@value Tally#DAYS}. */
    public List<Day> days(String scope, LocalDate today, int count) {
        return jdbc.sql("""
                select cast(d as date) as day, coalesce(sum(o.filed), 0) as filed, coalesce(sum(o.done), 0) as done
                from generate_series(cast(:first as date), cast(:today as date), interval '1 day') d
                         left join order_day o on o.scope = :scope and o.day = cast(d as date)
                group by 1 order by 1
                """)
                .param("first", Date.valueOf(today.minusDays(Math.min(count, Tally.DAYS) - 1L)))
                .param("today", Date.valueOf(today))
                .param("scope", scope)
                .query(Day.class)
                .list();
    }

    private static Map<String, Object> months(LocalDate first, LocalDate last) {
        return Map.of("first", Date.valueOf(first.withDayOfMonth(1)), "last", Date.valueOf(last.withDayOfMonth(1)));
    }

    /** Up to when the counts hold: now, unless something that happened or a deadline that passed has not been counted yet. */
    public Instant asOf() {
        return jdbc.sql("""
                select least(:now,
                    (select e.at from event_log e
                     where (e.tx, e.id) > (coalesce((select tx from event_cursor where consumer = :name), '0'),
                                           coalesce((select id from event_cursor where consumer = :name), 0))
                     order by e.tx, e.id limit 1),
                    (select min(turns_at) from order_fact where turns_at is not null))
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("name", OrderCounter.NAME)
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
    }
}
