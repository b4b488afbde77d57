package org.hemei.workorder.overview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.Fact;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Figures of one area, for each area one level below, by month and by category. Every count uses a {@link Fact}, so the
 * list behind it holds exactly what was counted.
 */
@Component
class OverviewQueries {

    /**
     * What is counted: what is open and late stands as of now, what is done was closed in the period, everything else is
     * of the orders filed in the period.
     */
    record Counts(
            int open,
            int late,
            int done,
            int filed,
            int contactCounted,
            int contacted,
            int rated,
            int solved,
            int satisfied,
            int unrated,
            int notHandled) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    open + more.open,
                    late + more.late,
                    done + more.done,
                    filed + more.filed,
                    contactCounted + more.contactCounted,
                    contacted + more.contacted,
                    rated + more.rated,
                    solved + more.solved,
                    satisfied + more.satisfied,
                    unrated + more.unrated,
                    notHandled + more.notHandled);
        }
    }

    record Month(LocalDate first, int filed, int contactCounted, int contacted, int rated, int solved, int satisfied) {

        String label() {
            return first.getMonthValue() + "月";
        }
    }

    record Kind(String code, String name, int filed, int open) {}

    private static final String RATING = """
            left join lateral (select r.solved, r.satisfied from work_order_rating r
                               where r.district = o.district and r.order_id = o.id
                               order by r.round desc, r.at desc limit 1) last on true
            """;

    private static final String COUNTED = """
            count(*) as filed,
            count(*) filter (where %s) as contact_counted,
            count(*) filter (where %s) as contacted,
            count(*) filter (where last.solved is not null) as rated,
            count(*) filter (where last.solved) as solved,
            count(*) filter (where last.satisfied >= 4) as satisfied
            """.formatted(Fact.CONTACT_COUNTED.condition(), Fact.CONTACTED.condition());

    private final JdbcClient jdbc;
    private final InstantSource clock;

    OverviewQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By the code of the area below; by the estate's id in a community. */
    Map<String, Counts> below(String area, Quarter quarter) {
        var counts = new HashMap<String, Counts>();
        merge(
                counts,
                "count(*) as open, count(*) filter (where " + Fact.OVERDUE.condition() + ") as late",
                "",
                area,
                Fact.OPEN.condition(),
                quarter);
        merge(
                counts,
                "count(*) as done",
                "",
                area,
                Fact.DONE.condition() + " and o.closed_at >= :from and o.closed_at < :to",
                quarter);
        merge(
                counts,
                COUNTED + ", count(*) filter (where " + Fact.UNRATED.condition()
                        + ") as unrated, count(*) filter (where " + Fact.NOT_HANDLED.condition() + ") as not_handled",
                RATING,
                area,
                "o.submitted_at >= :from and o.submitted_at < :to",
                quarter);
        return counts;
    }

    private void merge(
            Map<String, Counts> counts, String what, String join, String area, String condition, Quarter quarter) {
        var where = within(area, condition, quarter.first(), quarter.last());
        jdbc.sql("select " + key(area) + " as key, " + what + " from work_order o " + join + " where " + where.sql()
                        + " group by key")
                .params(where.params())
                .query((ResultSet r) -> {
                    counts.merge(r.getString("key"), counts(r), Counts::plus);
                });
    }

    /** A code of the level below begins with the code of its area; below a community stand its estates. */
    private static String key(String area) {
        return switch (area.length()) {
            case 4 -> "left(o.community, 6)";
            case 6 -> "left(o.community, 9)";
            case 9 -> "o.community";
            default -> "cast(o.estate as text)";
        };
    }

    private Where within(String area, String condition, LocalDate from, LocalDate to) {
        var where = new Where().and("o.community like :area", "area", area + "%");
        if (area.length() >= 6) {
            where.and("o.district = :district", "district", Integer.valueOf(area.substring(0, 6)));
        }
        return where.and(condition)
                .with("now", Timestamp.from(clock.instant()))
                .with("from", Timestamp.from(CivilTime.startOf(from)))
                .with("to", Timestamp.from(CivilTime.startOf(to.plusDays(1))));
    }

    private static Counts counts(ResultSet r) throws SQLException {
        var named = new HashMap<String, Integer>();
        var columns = r.getMetaData();
        for (int i = 2; i <= columns.getColumnCount(); i++) {
            named.put(columns.getColumnLabel(i), r.getInt(i));
        }
        return new Counts(
                named.getOrDefault("open", 0),
                named.getOrDefault("late", 0),
                named.getOrDefault("done", 0),
                named.getOrDefault("filed", 0),
                named.getOrDefault("contact_counted", 0),
                named.getOrDefault("contacted", 0),
                named.getOrDefault("rated", 0),
                named.getOrDefault("solved", 0),
                named.getOrDefault("satisfied", 0),
                named.getOrDefault("unrated", 0),
                named.getOrDefault("not_handled", 0));
    }

    /** The twelve months up to the end of the quarter, by the month an order was filed in. */
    List<Month> months(String area, Quarter quarter) {
        var where = within(
                area,
                "o.submitted_at >= :from and o.submitted_at < :to",
                quarter.first().plusMonths(3).minusMonths(12),
                quarter.last());
        return jdbc.sql(
                        "select cast(date_trunc('month', o.submitted_at at time zone 'Asia/Shanghai') as date) as first, "
                                + COUNTED + " from work_order o " + RATING + " where " + where.sql()
                                + " group by first order by first")
                .params(where.params())
                .query((r, n) -> new Month(
                        r.getObject("first", LocalDate.class),
                        r.getInt("filed"),
                        r.getInt("contact_counted"),
                        r.getInt("contacted"),
                        r.getInt("rated"),
                        r.getInt("solved"),
                        r.getInt("satisfied")))
                .list();
    }

    /** What people said most, by branch of the category tree. */
    List<Kind> kinds(String area, Quarter quarter) {
        var where = within(area, "o.submitted_at >= :from and o.submitted_at < :to", quarter.first(), quarter.last());
        return jdbc.sql("""
                select top.code, top.name, count(*) as filed, count(*) filter (where %s) as open
                from work_order o join category c on c.code = o.category
                         join category top on top.code = coalesce(c.parent, c.code)
                where %s
                group by top.code, top.name order by filed desc, top.code limit 12
                """.formatted(Fact.OPEN.condition(), where.sql()))
                .params(where.params())
                .query(Kind.class)
                .list();
    }

    /** The areas below with their names, or the estates of a community; those without any order too. */
    List<AreaQueries.Named> names(String area) {
        return area.length() == 12
                ? jdbc.sql("select cast(id as text) as id, name from estate where community = ? order by name")
                        .param(area)
                        .query(AreaQueries.Named.class)
                        .list()
                : jdbc.sql("select code as id, name from area where parent = ? order by code")
                        .param(area)
                        .query(AreaQueries.Named.class)
                        .list();
    }
}
