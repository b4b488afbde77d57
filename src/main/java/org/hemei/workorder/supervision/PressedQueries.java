package org.hemei.workorder.supervision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.list.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the lists of {@link PressedKind}, newest first, within the reader's scope, paged by key. */
@Component
class PressedQueries {

    static final int PAGE = 50;

    private static final Pattern KEY = Pattern.compile("(\\d{1,17})-(\\d{1,18})");

    /** @param all what is decided as well; otherwise only what still runs */
    record Filter(
            PressedKind kind,
            boolean all,
            boolean late,
            String q,
            Span span,
            @Nullable Instant before,
            long id) {

        static Filter of(PressedKind kind, Map<String, String> query) {
            var key = KEY.matcher(query.getOrDefault("after", ""));
            var paged = key.matches();
            return new Filter(
                    kind,
                    "all".equals(query.get("state")),
                    "1".equals(query.get("late")),
                    OrderFilter.search(query.get("q")),
                    Span.of(query),
                    paged ? Instant.EPOCH.plus(Long.parseLong(key.group(1)), ChronoUnit.MICROS) : null,
                    paged ? Long.parseLong(key.group(2)) : 0);
        }

        Address address() {
            return span.on(Address.of(kind.path())
                    .with("state", all ? "all" : null)
                    .with("late", late ? "1" : null)
                    .with("q", q));
        }

        boolean any() {
            return all || late || !q.isEmpty() || span.any();
        }
    }

    /**
     * @param path where the reader can open it; null when it was offered to them, or theirs once, and is not theirs to open any more
     * @param waits for the resident's rating, while nobody can answer and its time stands still
     */
    record Case(
            OrderId order,
            @Nullable String path,
            long id,
            Instant submittedAt,
            String title,
            String where,
            @Nullable String holder,
            String about,
            String said,
            String state,
            boolean running,
            boolean waits,
            Instant at,
            Instant dueAt) {

        String number() {
            return order.number(submittedAt);
        }

        /** Of a supervision: the answer is still owed. */
        boolean unanswered() {
            return state.equals("等答复");
        }

        boolean late(Instant now) {
            return running && !waits && dueAt.isBefore(now);
        }
    }

    record Page(List<Case> cases, @Nullable String next) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PressedQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static final String JOINS = """
            select c.*, o.community, o.estate, o.holder as held_by, o.submitted_at, o.state = 'awaiting_rating' as waits, w.title, e.name as estate_name, b.name as building_name, h.short_name as holder_name
            from cases c
                     join work_order o on o.district = c.district and o.id = c.order_id
                     join work_order_words w on w.district = c.district and w.order_id = c.order_id
                     join estate e on e.id = o.estate
                     left join building b on b.id = o.building
                     left join body h on h.id = c.body
            where """;

    Page page(Reader reader, Filter filter) {
        var where = where(reader, filter);
        if (filter.before != null) {
            where.and("(c.at, c.id) < (:before, :beforeId)", "before", Timestamp.from(filter.before))
                    .with("beforeId", filter.id);
        }
        var rows = read(reader, where, filter.kind, PAGE + 1);
        if (rows.size() <= PAGE) {
            return new Page(rows, null);
        }
        var last = rows.get(PAGE - 1);
        return new Page(
                List.copyOf(rows.subList(0, PAGE)), ChronoUnit.MICROS.between(Instant.EPOCH, last.at) + "-" + last.id);
    }

    /** All that the filter finds, newest first, at most so many. */
    List<Case> all(Reader reader, Filter filter, int most) {
        return read(reader, where(reader, filter), filter.kind, most);
    }

    /** Of what is offered to the reader, all that the filter finds, newest first, at most so many. */
    List<Case> toTake(Reader reader, Filter filter, int most) {
        var where = where(reader, filter)
                .and("""
                        c.running and exists (select from order_transfer t where t.district = c.district and t.id = c.id
                                                and t.area like any(:taker))""", "taker", reader.scope(Role.COMMUNITY, Role.STREET).patterns());
        return read(reader, where, filter.kind, most);
    }

    private List<Case> read(Reader reader, Where where, PressedKind kind, int most) {
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
        var holders = reader.scope(Role.MANAGER);
        return jdbc.sql("with cases as (" + kind.from() + ")\n" + JOINS + where.sql()
                        + "\norder by c.at desc, c.id desc limit " + most)
                .params(where.params())
                .query((r, n) -> read(r, kind, path(r, kind, areas, holders)))
                .list();
    }

    /** How many still run. */
    int running(Reader reader, PressedKind kind) {
        var where = where(reader, new Filter(kind, false, false, "", Span.ALL, null, 0));
        return jdbc.sql("with cases as (" + kind.from() + ") select count(*) from (" + JOINS + where.sql()
                        + "\nlimit 1001) found")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    private Where where(Reader reader, Filter filter) {
        var where = new Where();
        scope(where, reader, filter.kind);
        filter.span.limit(where, "o.community", "c.at");
        if (!filter.all) {
            where.and("c.running");
        }
        if (filter.late) {
            where.and(
                    "c.running and c.due_at < :now and o.state <> 'awaiting_rating'",
                    "now",
                    Timestamp.from(clock.instant()));
        }
        if (!filter.q.isEmpty()) {
            where.and(
                    "position(lower(:q) in lower(w.title || ' ' || c.said || ' ' || e.name || ' ' || coalesce(h.short_name, ''))) > 0",
                    "q",
                    filter.q);
        }
        return where;
    }

    /** The administration by area; a holder what it disputed, owes or was told; what is offered, also those it is offered to. */
    private static void scope(Where where, Reader reader, PressedKind kind) {
        var any = new ArrayList<String>();
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
        if (!areas.isEmpty()) {
            any.add(OrderScope.inAreas(where, "case", areas));
            if (kind == PressedKind.TRANSFERS) {
                any.add("""
                        exists (select from order_transfer t where t.district = c.district and t.id = c.id
                                  and t.area like any(:caseLike))""");
            }
        }
        var manager = reader.scope(Role.MANAGER);
        if (!manager.isEmpty() && kind != PressedKind.TRANSFERS) {
            any.add(OrderScope.pairs(where, "case", manager, "c.body"));
        }
        where.and(any.isEmpty() ? "false" : String.join("\n or ", any));
    }

    /**
     * Whoever an order was offered to opens it while it is, and after that what it has become on their side, if anything. Whoever held
     * it once reads what was disputed, and opens it no more.
     */
    private static @Nullable String path(ResultSet r, PressedKind kind, Scope areas, Scope holders)
            throws SQLException {
        var transfer = kind == PressedKind.TRANSFERS;
        var theirs = areas.covers(r.getString("community"))
                || transfer && r.getString("state").equals("offered")
                || holders.covers(r.getObject("held_by", Long.class), r.getLong("estate"));
        if (theirs) {
            return "/orders/" + new OrderId(r.getInt("district"), r.getLong("order_id"));
        }
        return transfer ? r.getString("became") : null;
    }

    private static Case read(ResultSet r, PressedKind kind, @Nullable String path) throws SQLException {
        var building = r.getString("building_name");
        return new Case(
                new OrderId(r.getInt("district"), r.getLong("order_id")),
                path,
                r.getLong("id"),
                r.getTimestamp("submitted_at").toInstant(),
                r.getString("title"),
                r.getString("estate_name") + (building == null ? "" : " " + building),
                r.getString("holder_name"),
                kind.about(r.getString("about")),
                kind == PressedKind.TRANSFERS ? place(r.getString("said")) : r.getString("said"),
                kind.state(r.getString("state"), r.getInt("grade")),
                r.getBoolean("running"),
                r.getBoolean("waits"),
                r.getTimestamp("at").toInstant(),
                r.getTimestamp("due_at").toInstant());
    }

    /** Community and estate, as people call them. */
    private static String place(String said) {
        var parts = said.split("·", 2);
        return parts.length < 2 ? Areas.plain(said) : Areas.plain(parts[0]) + "·" + parts[1];
    }
}
