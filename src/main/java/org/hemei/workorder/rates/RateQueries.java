package org.hemei.workorder.rates;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.measure.Parts;
import org.hemei.workorder.measure.Tallies;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Figures out of what is kept of each order's parts ({@code order_fact}): added up by place, holder and month in
 * {@code order_count}; what is not kept there is added up here, over the orders of the period.
 */
@Component
public class RateQueries {

    private final JdbcClient jdbc;
    private final PastYears past;

    RateQueries(JdbcClient jdbc, PastYears past) {
        this.jdbc = jdbc;
        this.past = past;
    }

    /** @param reader whose scope limits it; null for the whole of what the filter names */
    public Map<String, Tallies> by(RateFilter filter, By by, @Nullable Reader reader) {
        var kept = KeptCounts.of(filter, by, reader);
        return kept == null ? added(filter, by, reader) : read(kept.sql(), kept.where());
    }

    /** Areas below the filter's, by the number of digits of their codes. The reader oversees the filter's. */
    Map<String, Tallies> areas(RateFilter filter, int digits) {
        var kept = KeptCounts.ofAreas(filter, digits);
        return read(kept.sql(), kept.where());
    }

    /** The same without what is kept by month. */
    Map<String, Tallies> added(RateFilter filter, By by, @Nullable Reader reader) {
        var where = filter.where();
        if (reader != null) {
            RateFilter.limit(where, reader);
        }
        var period = filter.period();
        return read(past.both(added(where.sql(), by.key(filter)), period.from(), period.to()), where);
    }

    static String added(String where, String key) {
        var sums = Parts.each(column -> "sum(" + Parts.count(column, "f.parts") + ") as " + column.name());
        return "select a.key, " + Parts.sums("a") + " from (select " + key + " as key, " + sums + " from " + WITH_PARTS
                + " where " + where + " group by 1 union all select " + key + ", " + sums + " from " + HELD_BEFORE
                + " where " + where + " group by 1) a group by 1";
    }

    /** Orders with what is kept of each, looked up one by one: there are ten million others. */
    static final String WITH_PARTS = """
            work_order o cross join lateral (
                select k.parts, 0 as former from order_fact k
                where k.district = o.district and k.order_id = o.id and k.former = 0 offset 0) f
            """;

    /** The same of each earlier holder whose first contact counts; {@code o.holder} is who held it then. */
    static final String HELD_BEFORE = """
            (select b.district, b.id, b.community, b.estate, h.holder, b.category, b.state, b.submitted_at
             from held_before h join work_order b on b.district = h.district and b.id = h.order_id) o
            cross join lateral (
                select k.parts, k.former from order_fact k
                where k.district = o.district and k.order_id = o.id and k.former = o.holder offset 0) f
            """;

    private Map<String, Tallies> read(String sql, Where where) {
        var found = new TreeMap<String, Tallies>();
        jdbc.sql(sql).params(where.params()).query(r -> {
            var tallies = Parts.read(r);
            if (!tallies.equals(Tallies.NONE)) {
                found.put(r.getString("key"), tallies);
            }
        });
        var whole = found.remove(KeptCounts.WHOLE);
        if (whole != null) {
            var nobodys = whole.minus(sum(found));
            if (!nobodys.equals(Tallies.NONE)) {
                found.put("", nobodys);
            }
        }
        return found;
    }

    /** The sum of what was told apart. */
    public static Tallies sum(Map<String, Tallies> parts) {
        return parts.values().stream().reduce(Tallies.NONE, Tallies::plus);
    }

    /** What the keys are called; areas and estates without any order too. */
    public Map<String, String> names(RateFilter filter, By by, Map<String, Tallies> found) {
        var area = filter.area();
        return switch (by) {
            case AREA -> area == null ? estates(null, found) : area.length() == 12 ? estates(area, found) : below(area);
            case ESTATE -> estates(area != null && area.length() == 12 ? area : null, found);
            case COMPANY -> bodies(found);
            case PROJECT -> projects(found);
            case CATEGORY ->
                named(
                        "select code as id, name from category where code = any(:keys) order by position, code",
                        keys(found));
            case MONTH -> {
                var months = new LinkedHashMap<String, String>();
                found.keySet().forEach(month -> months.put(month, Period.words(java.time.YearMonth.parse(month))));
                yield months;
            }
        };
    }

    private static String[] keys(Map<String, Tallies> found) {
        return found.keySet().toArray(String[]::new);
    }

    private Map<String, String> below(String area) {
        return named("select code as id, name from area where parent = any(:keys) order by code", new String[] {area});
    }

    private Map<String, String> estates(@Nullable String community, Map<String, Tallies> found) {
        var names = new LinkedHashMap<String, String>();
        if (community != null) {
            names.putAll(named(
                    "select cast(id as text) as id, name from estate where community = any(:keys) order by name",
                    new String[] {community}));
        }
        names.putAll(named(
                "select cast(id as text) as id, name from estate where cast(id as text) = any(:keys) order by name",
                keys(found)));
        return names;
    }

    private Map<String, String> bodies(Map<String, Tallies> found) {
        var names = named(
                "select cast(id as text) as id, short_name as name from body where cast(id as text) = any(:keys) order by short_name",
                keys(found));
        if (found.containsKey("")) {
            names.put("", "还没派单");
        }
        return names;
    }

    private Map<String, String> projects(Map<String, Tallies> found) {
        var names = named("""
                select k.id, e.name || '·' || b.short_name as name
                from unnest(:keys) k (id)
                         join body b on b.id = cast(split_part(k.id, '-', 1) as bigint)
                         join estate e on e.id = cast(split_part(k.id, '-', 2) as bigint)
                where k.id <> ''
                order by e.name, b.short_name
                """, keys(found));
        if (found.containsKey("")) {
            names.put("", "还没派单");
        }
        return names;
    }

    private Map<String, String> named(String sql, String[] keys) {
        var names = new LinkedHashMap<String, String>();
        jdbc.sql(sql)
                .param("keys", keys)
                .query(AreaQueries.Named.class)
                .list()
                .forEach(named -> names.put(named.id(), named.name()));
        return names;
    }

    /** Names of what a filter holds, for its words: estate, company, category. */
    Map<String, String> said(RateFilter filter) {
        var said = new HashMap<String, String>();
        jdbc.sql("""
                select 'estate' as what, name from estate where id = :estate
                union all select 'company', short_name from body where id = :company
                union all select 'category', name from category where code = :category
                """)
                .param("estate", filter.estate())
                .param("company", filter.company())
                .param("category", filter.category())
                .query(r -> {
                    said.put(r.getString("what"), AreaQueries.plain(r.getString("name")));
                });
        return said;
    }
}
