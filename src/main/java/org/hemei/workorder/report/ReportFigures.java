package org.hemei.workorder.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.platform.db.Where;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.measure.RateSql;
import org.hemei.workorder.rates.Period;
import org.hemei.workorder.rates.RateFilter;
import org.hemei.workorder.report.ReportContent.Figure;
import org.hemei.workorder.report.ReportContent.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The figures of a month, for all subjects of a level in a few statements, or for one of them. */
@Component
class ReportFigures {

    /** What one report says in numbers. */
    record Of(
            Map<String, Map<String, Figure>> rates, List<Row> below, List<Row> categories, Map<String, Long> leftOut) {

        static final Of NOTHING = new Of(Map.of(), List.of(), List.of(), Map.of());
    }

    private final JdbcClient jdbc;
    private final PastYears past;

    ReportFigures(JdbcClient jdbc, PastYears past) {
        this.jdbc = jdbc;
        this.past = past;
    }

    /** A report is held against its orders as long as there are any, in the archive as well. */
    private JdbcClient.StatementSpec sql(Period period, String select) {
        return jdbc.sql(past.both(select, period.from(), period.to()));
    }

    /** @param prefix only subjects whose area begins with it; empty for all */
    Map<String, Of> all(Level level, Period period, String prefix, Instant now) {
        var filter = new RateFilter(prefix.isEmpty() ? null : prefix, null, null, null, period);
        return gather(level, period, filter.where(now));
    }

    Of one(Subject subject, Period period, Instant now) {
        return gather(subject.level(), period, subject.filter(period).where(now))
                .getOrDefault(subject.key(), Of.NOTHING);
    }

    private Map<String, Of> gather(Level level, Period period, Where where) {
        if (level == Level.COMPANY) {
            where.and("o.holder in (select body from company)");
        }
        var below = rows(level, period, level.below(), where, names(level));
        var categories =
                rows(level, period, "split_part(c.category, '.', 1)", where, "select code as id, name from category");
        var leftOut = leftOut(level, period, where);
        var found = new HashMap<String, Of>();
        rates(level, period, where)
                .forEach((key, rates) -> found.put(
                        key,
                        new Of(
                                rates,
                                below.getOrDefault(key, List.of()),
                                categories.getOrDefault(key, List.of()),
                                leftOut.getOrDefault(key, Map.of()))));
        return found;
    }

    private Map<String, Map<String, Map<String, Figure>>> rates(Level level, Period period, Where where) {
        var found = new HashMap<String, Map<String, Map<String, Figure>>>();
        sql(period, """
                select %s as key, c.rate, c.part, count(*) as cases,
                       encode(sha256(convert_to(string_agg(c.district || '-' || c.id, ',' order by c.district, c.id), 'UTF8')),
                              'hex') as digest
                from (%s) c group by 1, 2, 3
                """.formatted(level.key(), RateSql.cases(where.sql())))
                .params(where.params())
                .query(r -> {
                    found.computeIfAbsent(r.getString("key"), key -> new TreeMap<>())
                            .computeIfAbsent(r.getString("rate"), rate -> new TreeMap<>())
                            .put(r.getString("part"), new Figure(r.getLong("cases"), r.getString("digest")));
                });
        return found;
    }

    private Map<String, List<Row>> rows(Level level, Period period, String part, Where where, String names) {
        var named = new HashMap<String, String>();
        jdbc.sql(names).query(r -> {
            named.put(r.getString("id"), AreaQueries.plain(r.getString("name")));
        });
        var found = new HashMap<String, Map<String, Row>>();
        sql(
                        period,
                        "select " + level.key() + " as key, " + part
                                + " as below, c.rate, c.part, count(*) as cases from (" + RateSql.cases(where.sql())
                                + ") c group by 1, 2, 3, 4 order by 1, 2")
                .params(where.params())
                .query(r -> {
                    var below = r.getString("below");
                    found.computeIfAbsent(r.getString("key"), key -> new LinkedHashMap<>())
                            .computeIfAbsent(below, key -> new Row(key, named.getOrDefault(key, key), new TreeMap<>()))
                            .rates()
                            .computeIfAbsent(r.getString("rate"), rate -> new TreeMap<>())
                            .put(r.getString("part"), r.getLong("cases"));
                });
        var rows = new HashMap<String, List<Row>>();
        found.forEach((key, lines) -> rows.put(key, new ArrayList<>(lines.values())));
        return rows;
    }

    private static String names(Level level) {
        return level == Level.COMPANY
                ? "select cast(id as text) as id, name from estate"
                : "select code as id, name from area where level = '%s'"
                        .formatted(
                                switch (level) {
                                    case CITY -> "district";
                                    case DISTRICT -> "street";
                                    default -> "community";
                                });
    }

    private Map<String, Map<String, Long>> leftOut(Level level, Period period, Where where) {
        var found = new HashMap<String, Map<String, Long>>();
        sql(period, """
                select %s as key, r.words, count(distinct (c.district, c.id)) as orders
                from (%s) c
                         join lateral (
                             select g.appeal from rate_ruling g
                             where g.district = c.district and g.order_id = c.id and g.rate = c.rate and c.former is null
                             union all
                             select b.appeal from held_before b
                             where b.district = c.district and b.order_id = c.id and b.holder = c.former) g on true
                         join rate_appeal a on a.district = c.district and a.id = g.appeal
                         join rate_appeal_reason r on r.code = a.reason
                where c.part = 'left_out' group by 1, 2
                """.formatted(level.key(), RateSql.cases(where.sql())))
                .params(where.params())
                .query(r -> {
                    found.computeIfAbsent(r.getString("key"), key -> new TreeMap<>())
                            .put(r.getString("words"), r.getLong("orders"));
                });
        return found;
    }

    /** Whom there is to report on, of one level. */
    List<Subject> subjects(Level level, String prefix, Period period) {
        if (level == Level.COMPANY) {
            return jdbc.sql("""
                    select b.area, b.id, b.name from body b
                    where b.kind = 'company' and b.area like :prefix
                      and exists (select 1 from area d join work_order o on o.district = cast(d.code as int)
                                  where d.level = 'district' and o.holder = b.id and o.submitted_at >= :from and o.submitted_at < :to
                                  union all
                                  select 1 from held_before h join work_order o on o.district = h.district and o.id = h.order_id
                                  where h.holder = b.id and o.submitted_at >= :from and o.submitted_at < :to)
                    order by b.id
                    """)
                    .param("prefix", prefix + "%")
                    .param("from", java.sql.Timestamp.from(period.from()))
                    .param("to", java.sql.Timestamp.from(period.to()))
                    .query((r, n) -> new Subject(level, r.getString("area"), r.getLong("id"), r.getString("name")))
                    .list();
        }
        return jdbc.sql("select code, name from area where level = :level and code like :prefix order by code")
                .param("level", level.code())
                .param("prefix", prefix + "%")
                .query((r, n) -> new Subject(level, r.getString("code"), null, r.getString("name")))
                .list();
    }

    /** One of them by its key; null when there is none. */
    @Nullable
    Subject subject(Level level, String area, @Nullable Long company) {
        var name = company == null
                ? jdbc.sql("select name from area where code = ?").param(area)
                : jdbc.sql("select name from body where id = ?").param(company);
        return name.query(String.class)
                .optional()
                .map(found -> new Subject(level, area, company, found))
                .orElse(null);
    }
}
