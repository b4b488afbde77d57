package org.hemei.workorder.rates;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Figures out of the cases of {@link RateSql}. */
@Component
public class RateQueries {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RateQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param reader whose scope limits it; null for the whole of what the filter names */
    public Map<String, Tallies> by(RateFilter filter, By by, @Nullable Reader reader) {
        return by(filter, by, reader, clock.instant());
    }

    Map<String, Tallies> by(RateFilter filter, By by, @Nullable Reader reader, Instant now) {
        var where = filter.where(now);
        if (reader != null) {
            RateFilter.limit(where, reader);
        }
        return count(where, by.key(filter));
    }

    Map<String, Tallies> count(Where where, String key) {
        var found = new LinkedHashMap<String, Tallies>();
        jdbc.sql("select " + key + " as key, c.rate, c.part, count(*) as cases from (" + RateSql.cases(where.sql())
                        + ") c group by 1, 2, 3 order by 1")
                .params(where.params())
                .query(r -> {
                    var rate = Rate.of(r.getString("rate"));
                    var part = Part.of(r.getString("part"));
                    var cases = r.getLong("cases");
                    found.merge(r.getString("key"), Tallies.NONE.plus(rate, part, cases), Tallies::plus);
                });
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
