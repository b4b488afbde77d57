package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The estates of somebody's area, with what is known of them and what is missing. */
@Component
public class EstateLists {

    static final int PAGE = 50;

    /** What can be missing, as a condition. */
    static final Map<String, String> MISSING = new LinkedHashMap<>();

    private static final Map<String, String> MISSING_WORDS = Map.of(
            "year", "建成年份",
            "area", "建筑面积",
            "phone", "服务电话",
            "buildings", "楼栋",
            "units", "房屋",
            "facilities", "设施");

    static {
        MISSING.put("year", "e.built_year is null");
        MISSING.put("area", "e.floor_area is null");
        MISSING.put("phone", "e.phone is null");
        MISSING.put("buildings", "e.buildings > (select count(*) from building b where b.estate = e.id)");
        MISSING.put("units", "e.households > (select count(*) from unit u where u.estate = e.id)");
        MISSING.put("facilities", "not exists (select from estate_facility f where f.estate = e.id)");
    }

    record Row(
            long id,
            String name,
            @Nullable String alias,
            String street,
            String community,
            List<String> kinds,
            int households,
            int buildings,
            @Nullable Integer builtYear,
            @Nullable Long floorArea,
            @Nullable String phone,
            @Nullable Long companyId,
            @Nullable String company,
            @Nullable LocalDate contractLast,
            List<String> missing,
            @Nullable EstateEnd end) {

        @Nullable
        Long squareMetres() {
            return floorArea == null ? null : floorArea / EstateView.CM2;
        }
    }

    /** Estates under a filter, and those of them with nobody under contract. */
    record Tally(int estates, int households, int without) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    EstateLists(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    static Map<String, String> gaps() {
        var gaps = new LinkedHashMap<String, String>();
        MISSING.keySet().forEach(gap -> gaps.put(gap, Objects.requireNonNull(MISSING_WORDS.get(gap))));
        return gaps;
    }

    private Where where(Scope scope, EstateFilter filter) {
        var where =
                new Where().with("today", today()).and("e.community like any(:patterns)", "patterns", scope.patterns());
        filter.limit(where);
        return where;
    }

    /** @param after last estate of the page before; 0 for the first page */
    List<Row> page(Scope scope, EstateFilter filter, long after, int most) {
        var where = where(scope, filter);
        if (after > 0) {
            where.and(
                    "(e.community, e.name, e.id) > (select l.community, l.name, l.id from estate l where l.id = :after)",
                    "after",
                    after);
        }
        var gaps = new StringBuilder();
        MISSING.forEach((gap, condition) -> gaps.append(", case when ")
                .append(condition)
                .append(" then '")
                .append(gap)
                .append("' end"));
        return jdbc.sql("""
                        select e.*, s.name as street_name, c.name as community_name, co.id as company_id, co.name as company_name,
                               upper(k.during) - 1 as contract_last, o.name as joined_name, concat_ws(','%s) as missing
                        from estate e
                                 join area s on s.code = e.street
                                 join area c on c.code = e.community
                                 left join contract k on k.estate = e.id and k.during @> :today
                                 left join body co on co.id = k.company
                                 left join estate o on o.id = e.joined
                        where %s
                        order by e.community, e.name, e.id limit :most
                        """.formatted(gaps, where.sql()))
                .params(where.params())
                .param("most", most)
                .query(EstateLists::row)
                .list();
    }

    Tally tally(Scope scope, EstateFilter filter) {
        var where = where(scope, filter);
        return jdbc.sql("""
                        select count(*) as estates, coalesce(sum(e.households), 0) as households,
                               count(*) filter (where not exists (select from contract k where k.estate = e.id
                                                                                          and k.during @> :today)) as without
                        from estate e where %s
                        """.formatted(where.sql()))
                .params(where.params())
                .query(Tally.class)
                .single();
    }

    /** All that the filter finds, for a change of many. */
    public List<Long> ids(Scope scope, EstateFilter filter, int most) {
        var where = where(scope, filter).and("e.until is null");
        return jdbc.sql("select e.id from estate e where %s order by e.community, e.name, e.id limit :most"
                        .formatted(where.sql()))
                .params(where.params())
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /** Those of them that lie in the scope, in the order of the list. */
    public List<Long> within(Scope scope, List<Long> ids) {
        return jdbc.sql("""
                        select id from estate_now where id = any(:ids) and community like any(:patterns)
                        order by community, name, id
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("patterns", scope.patterns())
                .query(Long.class)
                .list();
    }

    public List<String> names(List<Long> ids) {
        return jdbc.sql("select name from estate where id = any(?) order by community, name, id")
                .param(ids.toArray(Long[]::new))
                .query(String.class)
                .list();
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        var missing = r.getString("missing");
        return new Row(
                r.getLong("id"),
                r.getString("name"),
                r.getString("alias"),
                r.getString("street_name"),
                Areas.plain(r.getString("community_name")),
                List.of((String[]) r.getArray("kinds").getArray()),
                r.getInt("households"),
                r.getInt("buildings"),
                r.getObject("built_year", Integer.class),
                r.getObject("floor_area", Long.class),
                r.getString("phone"),
                r.getObject("company_id", Long.class),
                r.getString("company_name"),
                r.getObject("contract_last", LocalDate.class),
                missing.isEmpty()
                        ? List.of()
                        : Arrays.stream(missing.split(","))
                                .map(gap -> Objects.requireNonNull(MISSING_WORDS.get(gap)))
                                .toList(),
                Estates.end(r));
    }
}
