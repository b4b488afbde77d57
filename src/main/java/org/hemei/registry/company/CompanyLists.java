package org.hemei.registry.company;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.registry.CreditCode;
import org.hemei.registry.SmallCount;
import org.hemei.registry.body.CoverageMode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Companies that are registered, or work, where the reader works. People stand here as numbers only; a company covered in
 * two ways is one company.
 */
@Component
class CompanyLists {

    static final int PAGE = 50;

    private static final String COVERED = """
            exists (select from company_coverage v where v.company = b.id and v.during @> :today and v.mode = any(:modes))""";

    /** @param estates under contract today; @param here those of them inside the reader's scope and the chosen area */
    record Row(
            long id,
            String name,
            String creditCode,
            boolean override,
            String area,
            List<CoverageMode> modes,
            int estates,
            int here,
            int staff,
            SmallCount members,
            @Nullable LocalDate until) {}

    /** Companies under a filter, whatever their coverage; those that the list has; and how many of all are covered. Distinct companies. */
    record Tally(int companies, int found, int organised, int worked) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    CompanyLists(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param after last company of the page before; 0 for the first page */
    List<Row> page(Scope scope, CompanyFilter filter, long after, int most) {
        var where = where(scope, filter);
        if (after > 0) {
            where.and("(b.name, b.id) > (select l.name, l.id from body l where l.id = :after)", "after", after);
        }
        return jdbc.sql("""
                        select b.id, b.name, c.credit_code, c.override_reason is not null as override, a.name as area, b.until,
                               coalesce((select string_agg(distinct v.mode, ',') from company_coverage v
                                         where v.company = b.id and v.during @> :today), '') as modes,
                               (select count(*) from contract k where k.company = b.id and %2$s) as estates,
                               (select count(*) from contract k join estate e on e.id = k.estate
                                where k.company = b.id and %2$s
                                  and e.community like any(:patterns) and e.community like :under) as here,
                               (select count(distinct p.person) from appointment p join post o on o.name = p.post
                                where p.body = any (array(select n.id from body n where n.id = b.id or n.company = b.id))
                                  and %3$s and o.duty <> 'adviser') as staff,
                               (select count(*) from party_membership m
                                where m.employer = b.id and m.kind = 'full' and %4$s) as members
                        from body b join company c on c.body = b.id join area a on a.code = b.area
                        where %1$s
                        order by b.name, b.id limit :most
                        """.formatted(where.sql(), holds("k"), holds("p"), holds("m")))
                .params(where.params())
                .param("most", most)
                .query(CompanyLists::row)
                .list();
    }

    /** As "during @> :today", which would make the server read the index of all periods of all companies for each of them. */
    private static String holds(String row) {
        return "lower(%1$s.during) <= :today and (upper_inf(%1$s.during) or upper(%1$s.during) > :today)"
                .formatted(row);
    }

    Tally tally(Scope scope, CompanyFilter filter) {
        var where = where(scope, filter.covered(""));
        return jdbc.sql("""
                        select count(*) as companies, count(*) filter (where %4$s) as found,
                               count(*) filter (where %1$s) as organised,
                               count(*) filter (where %2$s) as worked
                        from body b join company c on c.body = b.id
                        where %3$s
                        """.formatted(
                                COVERED.replace(":modes", ":organisedBy"),
                                COVERED.replace(":modes", ":workedBy"),
                                where.sql(),
                                covered(filter.cover())))
                .params(where.params())
                .param("modes", modes(filter.cover().equals("none") ? "any" : filter.cover()))
                .param("organisedBy", modes("organised"))
                .param("workedBy", modes("any"))
                .query(Tally.class)
                .single();
    }

    private Where where(Scope scope, CompanyFilter filter) {
        var under = filter.area() == null ? "%" : filter.area() + "%";
        var where = new Where()
                .with("today", CivilTime.date(clock.instant()))
                .with("patterns", scope.patterns())
                .with("under", under);
        var registered = "b.area like any(:patterns) and b.area like :under";
        var serving = """
                exists (select from contract k join estate e on e.id = k.estate
                        where k.company = b.id and (upper_inf(k.during) or upper(k.during) > :today)
                          and e.community like any(:patterns) and e.community like :under)""";
        switch (filter.where()) {
            case "registered" -> where.and(registered);
            case "serving" -> where.and(serving);
            default -> where.and(registered + "\n or " + serving);
        }
        where.and(filter.ended() ? "b.until is not null and b.until <= :today" : "b.until is null or b.until > :today");
        if (!filter.q().isEmpty()) {
            var code = CreditCode.tidy(filter.q()).toUpperCase(Locale.ROOT);
            where.and("position(:q in b.name) > 0 or position(:q in b.short_name) > 0 or c.credit_code like :code")
                    .with("q", filter.q())
                    // whatever is no beginning of a code finds nothing by it
                    .with("code", code.matches("[0-9A-Z]+") ? code + "%" : "");
        }
        if (!filter.cover().isEmpty()) {
            where.and(covered(filter.cover()), "modes", modes(filter.cover().equals("none") ? "any" : filter.cover()));
        }
        return where;
    }

    /** How they are covered, as a condition that needs :modes. */
    private static String covered(String cover) {
        return switch (cover) {
            case "" -> "true";
            case "none" -> "not " + COVERED;
            default -> COVERED;
        };
    }

    private static String[] modes(String cover) {
        return switch (cover) {
            case "organised" -> new String[] {"single", "joint"};
            case "any" -> new String[] {"single", "joint", "adviser"};
            default -> new String[] {cover};
        };
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        return new Row(
                r.getLong("id"),
                r.getString("name"),
                r.getString("credit_code"),
                r.getBoolean("override"),
                Areas.plain(r.getString("area")),
                CompanyView.modes(r.getString("modes")),
                r.getInt("estates"),
                r.getInt("here"),
                r.getInt("staff"),
                SmallCount.of(r.getLong("members")),
                r.getObject("until", LocalDate.class));
    }
}
