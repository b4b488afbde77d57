package org.hemei.registry.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads documents: everybody may. */
@Component
class Policies {

    static final int PAGE = 30;
    private static final Pattern KEY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,18})");

    record Filter(
            String q,
            @Nullable PolicyKind kind,
            String area,
            @Nullable Integer year,
            boolean old) {

        static Filter of(Map<String, String> query) {
            var q = query.getOrDefault("q", "")
                    .replaceAll("[\\p{Cntrl}\\p{Cs}]", " ")
                    .strip();
            var area = query.getOrDefault("area", "");
            var year = query.getOrDefault("year", "");
            return new Filter(
                    q.length() > 40 ? q.substring(0, 40) : q,
                    PolicyKind.find(query.get("kind")),
                    area.matches("\\d{4,12}") ? area : "",
                    year.matches("(19|20|21)\\d{2}") ? Integer.valueOf(year) : null,
                    "1".equals(query.get("old")));
        }

        Address address() {
            return Address.of("/policies")
                    .with("q", q)
                    .with("kind", kind == null ? null : kind.code())
                    .with("area", area)
                    .with("year", year)
                    .with("old", old ? "1" : null);
        }

        boolean narrows() {
            return !address().query().isEmpty();
        }
    }

    /** A threshold of a rule that rests on the document. */
    record Cited(
            String rule,
            String name,
            String areaName,
            int value,
            LocalDate from,
            @Nullable LocalDate until) {}

    record Named(long id, String title, @Nullable String number, LocalDate issuedOn) {}

    private static final String SELECT =
            "select p.*, a.name as area_name from policy p join area a on a.code = p.area ";

    private final JdbcClient jdbc;

    Policies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first; one more than a page, so that one knows whether there are more. */
    List<Policy> page(Filter filter, @Nullable String after, LocalDate today) {
        return page(filter, after, today, PAGE + 1);
    }

    List<Policy> page(Filter filter, @Nullable String after, LocalDate today, int most) {
        var where = where(filter, today);
        var key = KEY.matcher(after == null ? "" : after);
        if (key.matches() && valid(key.group(1))) {
            where.and("(p.issued_on, p.id) < (cast(:afterDay as date), :afterId)", "afterDay", key.group(1))
                    .with("afterId", Long.parseLong(key.group(2)));
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by p.issued_on desc, p.id desc limit " + most)
                .params(where.params())
                .query(Policies::read)
                .list();
    }

    private static boolean valid(String day) {
        try {
            LocalDate.parse(day);
            return true;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    int count(Filter filter, LocalDate today) {
        var where = where(filter, today);
        return jdbc.sql("select count(*) from policy p where " + where.sql())
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    private static Where where(Filter filter, LocalDate today) {
        var where = new Where();
        if (!filter.old()) {
            where.and("p.valid_until is null or p.valid_until > :today", "today", today);
        }
        if (!filter.q().isEmpty()) {
            where.and("""
                    position(:q in p.title) > 0 or position(:q in coalesce(p.number, '')) > 0 or position(:q in p.issuer) > 0
                    or position(:q in p.summary) > 0
                    """, "q", filter.q());
        }
        if (filter.kind() != null) {
            where.and("p.kind = :kind", "kind", filter.kind().code());
        }
        if (!filter.area().isEmpty()) {
            // what holds in a place is what was issued for it, for anything in it, or for what it lies in
            where.and("p.area like :below or starts_with(:area, p.area)", "area", filter.area())
                    .with("below", filter.area() + "%");
        }
        if (filter.year() != null) {
            where.and("extract(year from p.issued_on) = :year", "year", filter.year());
        }
        return where;
    }

    Optional<Policy> one(@Nullable Long id) {
        return id == null
                ? Optional.empty()
                : jdbc.sql(SELECT + "where p.id = ?")
                        .param(id)
                        .query(Policies::read)
                        .optional();
    }

    /** What belongs to it: parts of a plan or a series. */
    List<Named> parts(long id) {
        return named("part_of = ?", id);
    }

    List<Named> supersededBy(long id) {
        return named("supersedes = ?", id);
    }

    private List<Named> named(String condition, long id) {
        return jdbc.sql("select id, title, number, issued_on from policy where " + condition
                        + " order by issued_on, id")
                .param(id)
                .query(Named.class)
                .list();
    }

    /** Documents of the area or above it, for a choice. */
    List<Named> choices(String area, boolean series) {
        return jdbc.sql("""
                        select id, title, number, issued_on from policy
                        where (starts_with(:area, area) or area like :below)
                          and (not :series or kind in ('overall_plan', 'one_plus_eight', 'action_plan'))
                        order by issued_on desc, id desc limit 300
                        """)
                .param("area", area)
                .param("below", area + "%")
                .param("series", series)
                .query(Named.class)
                .list();
    }

    List<Cited> cited(long id) {
        return jdbc.sql("""
                        select t.rule, t.name, a.name as area_name, t.value, lower(t.during) as from_day, upper(t.during) as until_day
                        from rule_threshold t join area a on a.code = t.area
                        where t.policy = ? order by t.rule, t.name, t.area, lower(t.during)
                        """)
                .param(id)
                .query((r, n) -> new Cited(
                        r.getString("rule"),
                        r.getString("name"),
                        r.getString("area_name"),
                        r.getInt("value"),
                        r.getObject("from_day", LocalDate.class),
                        r.getObject("until_day", LocalDate.class)))
                .list();
    }

    List<Integer> years() {
        return jdbc.sql("select distinct cast(extract(year from issued_on) as int) as y from policy order by y desc")
                .query(Integer.class)
                .list();
    }

    List<Areas.Area> areas() {
        return jdbc.sql("""
                        select code, name, level from area where code in (select distinct area from policy) order by code limit 300
                        """).query(Areas.Area.class).list();
    }

    boolean numberTaken(String number, long but) {
        return jdbc.sql("select exists (select from policy where number = ? and id <> ?)")
                .params(number, but)
                .query(Boolean.class)
                .single();
    }

    static Policy read(ResultSet r, int n) throws SQLException {
        return new Policy(
                r.getLong("id"),
                r.getString("number"),
                r.getString("title"),
                r.getString("issuer"),
                r.getString("area"),
                Areas.plain(r.getString("area_name")),
                PolicyKind.of(r.getString("kind")),
                r.getObject("part_of", Long.class),
                r.getObject("supersedes", Long.class),
                r.getObject("issued_on", LocalDate.class),
                r.getObject("valid_from", LocalDate.class),
                r.getObject("valid_until", LocalDate.class),
                r.getString("ended_basis"),
                r.getString("link"),
                r.getString("summary"),
                r.getBoolean("sample"),
                r.getInt("version"));
    }
}
