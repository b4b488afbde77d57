package org.hemei.registry.body;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.registry.Areas;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bodies in a scope on a day, by area, paged by key. */
@Component
class BodyLists {

    static final int PAGE = 50;
    private static final int COUNTED = 20_000;
    private static final Pattern KEY = Pattern.compile("(\\d{4,12})\\.(\\d{1,18})");

    record Row(
            long id,
            BodyKind kind,
            String name,
            String area,
            String areaName,
            @Nullable String parent,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String ending) {}

    /** Where a page begins: after the body that was the last one of the page before. */
    record Key(String area, long id) {

        static @Nullable Key of(@Nullable String text) {
            var match = KEY.matcher(text == null ? "" : text);
            return match.matches() ? new Key(match.group(1), Long.parseLong(match.group(2))) : null;
        }

        @Override
        public String toString() {
            return area + "." + id;
        }
    }

    private static final String FROM = "from body b " + Bodies.NAMES;

    private final JdbcClient jdbc;

    BodyLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Row> page(Scope scope, BodyFilter filter, @Nullable Key after, int most) {
        var where = where(scope, filter);
        if (after != null) {
            where.and("(coalesce(ba.area, b.area), b.id) > (:afterArea, :afterId)", "afterArea", after.area())
                    .with("afterId", after.id());
        }
        return jdbc.sql("select " + Bodies.COLUMNS + """
                        , b.ending, a.name as area_name, coalesce(pn.short_name, p.short_name) as parent_name
                        """ + FROM + """
                        join area a on a.code = coalesce(ba.area, b.area)
                        left join body_parent bp on bp.body = b.id and bp.during @> cast(:on as date)
                        left join body p on p.id = bp.parent
                        left join body_name pn on pn.body = p.id and pn.during @> cast(:on as date)
                        where %s order by coalesce(ba.area, b.area), b.id limit %d
                        """.formatted(where.sql(), most))
                .params(where.params())
                .query(BodyLists::row)
                .list();
    }

    int count(Scope scope, BodyFilter filter) {
        var where = where(scope, filter);
        return jdbc.sql("select count(*) from (select 1 " + FROM + " where " + where.sql() + " limit " + COUNTED
                        + ") found")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    private static Where where(Scope scope, BodyFilter filter) {
        var where = new Where()
                .with("on", filter.on())
                .and("coalesce(ba.area, b.area) like any(:patterns)", "patterns", scope.patterns());
        where.and(
                switch (filter.state()) {
                    case STANDING -> Bodies.STANDS;
                    case ENDED -> "b.until <= :on";
                    case PLANNED -> "b.since > :on";
                });
        if (filter.area() != null) {
            where.and("coalesce(ba.area, b.area) like :area", "area", filter.area() + "%");
        }
        if (filter.kind() != null) {
            where.and(
                    "coalesce(b.party_kind, b.kind) = :kind",
                    "kind",
                    filter.kind().code());
        }
        if (!filter.q().isEmpty()) {
            where.and("""
                    position(:q in coalesce(bn.name, b.name)) > 0 or position(:q in b.name) > 0 or b.code = :q
                    or exists (select from body_name old where old.body = b.id and position(:q in old.name) > 0)
                    """, "q", filter.q());
        }
        return where;
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        return new Row(
                r.getLong("id"),
                BodyKind.of(r.getString("kind")),
                r.getString("name"),
                r.getString("area"),
                Areas.plain(r.getString("area_name")),
                r.getString("parent_name"),
                r.getObject("since", LocalDate.class),
                r.getObject("until", LocalDate.class),
                r.getString("ending"));
    }
}
