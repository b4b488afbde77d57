package org.hemei.workorder.routing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Routing rules for people to read: in force and planned, the versions of one, and the words for what they name. */
@Component
class RuleLists {

    static final int PAGE = 60;

    /** A version of a rule with its words. @param after whether its first day is still to come */
    record Row(
            Rule rule,
            String area,
            @Nullable String category,
            boolean branch,
            @Nullable String body,
            LocalDate since,
            @Nullable LocalDate until,
            boolean after,
            @Nullable String setBy,
            @Nullable Instant setAt,
            boolean withdrawn,
            @Nullable Long draft) {

        String about() {
            return category == null ? "所有事项" : branch ? category + "（整类）" : category;
        }

        String kinds() {
            return kindsWords(rule.about().kinds());
        }

        String to() {
            return rule.target() == Target.NAMED
                    ? (body == null ? "指定的单位" : body)
                    : rule.target().words();
        }
    }

    static String kindsWords(Set<String> kinds) {
        return kinds.isEmpty()
                ? "所有小区"
                : String.join("＋", kinds.stream().sorted().toList());
    }

    /** What the list is narrowed to. */
    record Filter(String area, String category, String kind, boolean planned) {

        static Filter of(Map<String, String> query) {
            return new Filter(
                    query.getOrDefault("area", "").replaceAll("\\D", ""),
                    query.getOrDefault("category", "").strip(),
                    query.getOrDefault("kind", "").strip(),
                    "1".equals(query.get("planned")));
        }

        boolean any() {
            return !category.isEmpty() || !kind.isEmpty() || planned;
        }
    }

    private static final String SELECT = "select " + RoutingBook.COLUMNS + """
            , a.name as area_name, c.name as category_name, c.parent is null as branch, b.short_name as body_name,
            lower(r.valid) as since, upper(r.valid) as until, p.masked_name, r.set_at, r.withdrawn_at is not null as withdrawn,
            r.draft
            from routing_rule r
                     join area a on a.code = r.area
                     left join category c on c.code = r.category
                     left join body b on b.id = r.body
                     left join account s on s.id = r.set_by
                     left join person p on p.id = s.person
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RuleLists(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** Rules of the reader's areas, of those above, which hold there too, and of those below. */
    private Where visible(Scope scope) {
        return new Where()
                .and(
                        "r.area like any(:patterns) or exists (select from unnest(:areas) as mine (code) where starts_with(mine.code, r.area))")
                .with("patterns", scope.patterns())
                .with("areas", scope.areas().toArray(String[]::new))
                .with("on", today());
    }

    /** The widest areas first, as they are overruled from below; key-paged by number within the order; at most so many. */
    List<Row> list(Scope scope, Filter filter, long after, int most) {
        var where = visible(scope).and("r.withdrawn_at is null").and("upper(r.valid) is null or upper(r.valid) > :on");
        if (!filter.area.isEmpty()) {
            where.and("r.area like :below or starts_with(:area, r.area)")
                    .with("below", filter.area + "%")
                    .with("area", filter.area);
        }
        if (!filter.category.isEmpty()) {
            where.and(
                    "r.category = :category or c.parent = :category or r.category is null",
                    "category",
                    filter.category);
        }
        if (!filter.kind.isEmpty()) {
            where.and("r.kinds @> array[:kind]::text[]", "kind", filter.kind);
        }
        if (filter.planned) {
            where.and("lower(r.valid) > :on or upper(r.valid) is not null");
        }
        if (after > 0) {
            where.and(
                    "(r.area, coalesce(r.category, ''), r.id) > (select x.area, coalesce(x.category, ''), x.id from routing_rule x where x.id = :after)",
                    "after",
                    after);
        }
        return jdbc.sql(SELECT + " where " + where.sql() + " order by r.area, coalesce(r.category, ''), r.id limit "
                        + most)
                .params(where.params())
                .query((r, n) -> row(r))
                .list();
    }

    /** @throws Missing when it is none that the reader may see */
    Row one(Scope scope, long id) {
        var where = visible(scope).and("r.id = :id", "id", id);
        return jdbc.sql(SELECT + " where " + where.sql())
                .params(where.params())
                .query((r, n) -> row(r))
                .optional()
                .orElseThrow(() -> new Missing("没有这条规则，或它不归您看。"));
    }

    /** Every version about the same, the newest first. */
    List<Row> versions(Row of) {
        return jdbc.sql(SELECT + """
                         where r.area = :area and coalesce(r.category, '') = coalesce(:category, '') and r.kinds = cast(:kinds as text[])
                        order by lower(r.valid) desc, r.id desc limit 200
                        """)
                .param("area", of.rule.about().area())
                .param("category", of.rule.about().category(), java.sql.Types.VARCHAR)
                .param("kinds", of.rule.about().kinds().stream().sorted().toArray(String[]::new))
                .param("on", today())
                .query((r, n) -> row(r))
                .list();
    }

    private Row row(ResultSet r) throws SQLException {
        var setAt = r.getTimestamp("set_at");
        var since = r.getObject("since", LocalDate.class);
        return new Row(
                RoutingBook.read(r),
                Areas.plain(r.getString("area_name")),
                r.getString("category_name"),
                r.getBoolean("branch"),
                r.getString("body_name"),
                since,
                r.getObject("until", LocalDate.class),
                since.isAfter(today()),
                r.getString("masked_name"),
                setAt == null ? null : setAt.toInstant(),
                r.getBoolean("withdrawn"),
                r.getObject("draft", Long.class));
    }

    /** @param parent null for a branch */
    record Category(String code, @Nullable String parent, String name) {}

    /** Branches, each followed by its leaves. */
    List<Category> categories() {
        return jdbc.sql("""
                        select c.code, c.parent, c.name from category c left join category t on t.code = c.parent
                        where c.active
                        order by coalesce(t.position, c.position), c.parent is not null, c.position
                        """).query(Category.class).list();
    }

    /** Bodies that a rule can name for an area: those that work in the whole of it. */
    record Named(long id, String name) {}

    List<Named> bodies(String area) {
        return jdbc.sql("""
                        select id, name from body
                        where kind in ('utility', 'authority', 'maintenance_firm', 'street_department')
                          and starts_with(:area, area) and since <= :on and (until is null or until > :on)
                        order by kind desc, name limit 200
                        """)
                .param("area", area)
                .param("on", today())
                .query(Named.class)
                .list();
    }

    record Yard(long id, String name, String community, Set<String> kinds) {}

    /** Estates by a part of their name, for the simulator. */
    List<Yard> estates(Scope scope, String q) {
        return q.isBlank()
                ? List.of()
                : jdbc.sql(
                                YARD
                                        + " where e.community like any(:patterns) and position(:q in e.name) > 0 order by e.name limit 12")
                        .param("patterns", scope.patterns())
                        .param("q", q)
                        .query((r, n) -> yard(r))
                        .list();
    }

    Optional<Yard> estate(Scope scope, long id) {
        return jdbc.sql(YARD + " where e.community like any(:patterns) and e.id = :id")
                .param("patterns", scope.patterns())
                .param("id", id)
                .query((r, n) -> yard(r))
                .optional();
    }

    private static final String YARD =
            "select e.id, e.name, e.kinds, c.name as community from estate_now e join area c on c.code = e.community";

    private static Yard yard(ResultSet r) throws SQLException {
        return new Yard(
                r.getLong("id"),
                r.getString("name"),
                Areas.plain(r.getString("community")),
                RoutingBook.texts(r.getArray("kinds")));
    }

    /** The words for areas, categories and bodies that rules name, some of them only proposed. */
    record Names(Map<String, String> areas, Map<String, String> categories, Map<Long, String> bodies) {

        String area(About about) {
            return areas.getOrDefault(about.area(), about.area());
        }

        String category(About about) {
            return about.category() == null ? "所有事项" : categories.getOrDefault(about.category(), about.category());
        }

        String kinds(About about) {
            return kindsWords(about.kinds());
        }

        String to(@Nullable Target target, @Nullable Long body) {
            return target == null ? "停用" : target == Target.NAMED ? body(body) : target.words();
        }

        String body(@Nullable Long body) {
            return body == null ? "没有人接" : bodies.getOrDefault(body, "没有人接");
        }

        String pace(@Nullable Urgency urgency) {
            return urgency == null ? "按事项本来的" : "按“" + urgency.words() + "”";
        }
    }

    Names names(List<About> abouts, List<Long> bodies) {
        var areas = new HashMap<String, String>();
        jdbc.sql("select code, name from area where code = any(?)")
                .param(abouts.stream().map(About::area).distinct().toArray(String[]::new))
                .query((r, n) -> areas.put(r.getString(1), Areas.plain(r.getString(2))))
                .list();
        var categories = new HashMap<String, String>();
        jdbc.sql("select code, case when parent is null then name || '（整类）' else name end from category")
                .query((r, n) -> categories.put(r.getString(1), r.getString(2)))
                .list();
        var named = new HashMap<Long, String>();
        jdbc.sql("select id, short_name from body where id = any(?)")
                .param(bodies.stream().distinct().toArray(Long[]::new))
                .query((r, n) -> named.put(r.getLong(1), r.getString(2)))
                .list();
        return new Names(areas, categories, named);
    }
}
