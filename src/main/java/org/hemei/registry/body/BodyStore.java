package org.hemei.registry.body;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.Timeline.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bodies as aggregates: locked, loaded with their dated tables, and written back. */
@Component
class BodyStore {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    BodyStore(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Nobody else changes it until the transaction ends. */
    Body lock(long id) {
        return lockIfAny(id).orElseThrow(() -> new Missing("没有这个组织。"));
    }

    /** The same for one that somebody chose in a form: that there is none is said at its field. */
    Optional<Body> lockIfAny(long id) {
        return jdbc.sql("select * from body where id = ? for no key update")
                .param(id)
                .query(this::body)
                .optional();
    }

    /** As it is, for a page that asks before something is done. */
    Body peek(long id) {
        return jdbc.sql("select * from body where id = ?")
                .param(id)
                .query(this::body)
                .single();
    }

    /** Founding one where there can be only one: whoever comes second waits here and then finds the first. */
    void lockPlace(BodyKind kind, String area, @Nullable Long estate) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("body " + kind.code() + " " + area + " " + estate)
                .query((r, n) -> 0)
                .list();
    }

    private Body body(ResultSet r, int n) throws SQLException {
        var id = r.getLong("id");
        var since = r.getObject("since", LocalDate.class);
        var until = r.getObject("until", LocalDate.class);
        var ending = r.getString("ending");
        var name = new Body.Name(r.getString("name"), r.getString("short_name"));
        var party = r.getString("party_kind");
        return new Body(
                id,
                BodyKind.of(party == null ? r.getString("kind") : party),
                r.getObject("estate", Long.class),
                r.getInt("version"),
                names(id, new Span<>(name, since, until)),
                areas(id, new Span<>(r.getString("area"), since, until)),
                parents(id, r.getObject("company", Long.class), since, until),
                since,
                until,
                ending == null ? null : Body.Ending.valueOf(ending.toUpperCase(Locale.ROOT)),
                r.getObject("successor", Long.class));
    }

    private Timeline<Body.Name> names(long id, Span<Body.Name> only) {
        var spans = jdbc.sql(
                        "select name, short_name, " + SPAN + " from body_name where body = ? order by lower(during)")
                .param(id)
                .query((r, n) -> span(r, new Body.Name(r.getString("name"), r.getString("short_name"))))
                .list();
        return new Timeline<>(spans.isEmpty() ? List.of(only) : spans);
    }

    private Timeline<String> areas(long id, Span<String> only) {
        var spans = jdbc.sql("select area, " + SPAN + " from body_area where body = ? order by lower(during)")
                .param(id)
                .query((r, n) -> span(r, r.getString("area")))
                .list();
        return new Timeline<>(spans.isEmpty() ? List.of(only) : spans);
    }

    /** @param company of a branch: what it stands under for as long as no other is known */
    private Timeline<Long> parents(long id, @Nullable Long company, LocalDate since, @Nullable LocalDate until) {
        var spans = jdbc.sql("select parent, " + SPAN + " from body_parent where body = ? order by lower(during)")
                .param(id)
                .query((r, n) -> span(r, r.getLong("parent")))
                .list();
        return new Timeline<>(spans.isEmpty() && company != null ? List.of(new Span<>(company, since, until)) : spans);
    }

    private static final String SPAN = "lower(during) as from_day, upper(during) as until_day";

    private static <T> Span<T> span(ResultSet r, T value) throws SQLException {
        return new Span<>(value, r.getObject("from_day", LocalDate.class), r.getObject("until_day", LocalDate.class));
    }

    /** Writes the body and its spans as they are now; the name, the area and a branch's company in its own row are those of today. */
    void save(Body body) {
        var today = CivilTime.date(clock.instant());
        var name = java.util.Objects.requireNonNull(body.names().nearest(today));
        var ending = body.ending();
        jdbc.sql("""
                update body set name = :name, short_name = :brief, area = :area, since = :since, until = :until, ending = :ending,
                                successor = :successor, company = case when company is null then null else cast(:company as bigint) end, version = version + 1
                where id = :id
                """)
                .param("name", name.full())
                .param("brief", name.brief())
                .param("area", body.areas().nearest(today))
                .param("since", body.since())
                .param("until", body.until())
                .param("ending", ending == null ? null : ending.name().toLowerCase(Locale.ROOT))
                .param("successor", body.successor())
                .param("company", body.parents().nearest(today))
                .param("id", body.id())
                .update();
        spans(
                body.id(),
                "body_name",
                "name, short_name",
                body.names().spans(),
                span -> List.of(span.full(), span.brief()));
        if (body.kind() != BodyKind.COMPANY_BRANCH || body.parents().spans().size() > 1) {
            spans(body.id(), "body_parent", "parent", body.parents().spans(), List::of);
        }
        if (body.areas().spans().size() > 1) {
            spans(body.id(), "body_area", "area", body.areas().spans(), List::of);
        }
    }

    private <T> void spans(
            long id,
            String table,
            String columns,
            List<Span<T>> spans,
            java.util.function.Function<T, List<?>> values) {
        jdbc.sql("delete from " + table + " where body = ?").param(id).update();
        for (var span : spans) {
            var row = values.apply(span.value());
            jdbc.sql("insert into " + table + " (" + columns + ", body, during) values (" + "?, ".repeat(row.size())
                            + "?, daterange(?, ?))")
                    .params(row)
                    .param(id)
                    .param(span.from())
                    .param(span.until())
                    .update();
        }
    }

    /** The parent that was chosen, locked so that it cannot end meanwhile. */
    BodyRule.@Nullable Parent lockParent(@Nullable Long id, LocalDate day, List<Reason> reasons) {
        if (id == null) {
            return null;
        }
        var found = jdbc.sql("select id from body where id = ?")
                .param(id)
                .query(Long.class)
                .optional();
        if (found.isEmpty()) {
            reasons.add(new Reason("parent", "没有这个上级。请重新选。"));
            return null;
        }
        var parent = lock(id);
        if (parent.until() != null) {
            reasons.add(new Reason(
                    "parent",
                    "“" + parent.nameNow().brief() + "”登记了 " + CivilTime.day(parent.until()) + " 起撤销，不能再接下级。请换一个。"));
        } else if (parent.since().isAfter(day)) {
            reasons.add(new Reason("parent", "上级 " + CivilTime.day(parent.since()) + " 才成立。请换一个，或换个日子。"));
        }
        var area = parent.areas().on(day);
        return new BodyRule.Parent(parent.kind(), area == null ? parent.lastArea() : area);
    }
}
