package org.hemei.workorder.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.OfferedVerbs;
import org.hemei.workorder.OrderClock;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClocks;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrder;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.api.OrderRecords.Ahead;
import org.hemei.workorder.api.OrderRecords.Done;
import org.hemei.workorder.api.OrderRecords.History;
import org.hemei.workorder.api.OrderRecords.Line;
import org.hemei.workorder.api.OrderRecords.Page;
import org.hemei.workorder.api.OrderRecords.Picture;
import org.hemei.workorder.api.OrderRecords.Pictures;
import org.hemei.workorder.api.OrderRecords.Whole;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads orders for other programs: words only for those who may read the order. */
@Component
class OrderAnswers {

    /** Who reads what was written at the steps: those with a duty, not residents and not helpers. */
    private static final Set<Standing> ON_DUTY =
            EnumSet.of(Standing.COMMUNITY, Standing.STREET, Standing.MANAGER, Standing.STAFF, Standing.OVERSEER);

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final Standings standings;
    private final OfferedVerbs offered;
    private final OrderListQueries lists;
    private final OrderClocks clocks;
    private final PastYears past;

    OrderAnswers(
            JdbcClient jdbc,
            WorkOrders orders,
            Standings standings,
            OfferedVerbs offered,
            OrderListQueries lists,
            OrderClocks clocks,
            PastYears past) {
        this.past = past;
        this.jdbc = jdbc;
        this.orders = orders;
        this.standings = standings;
        this.offered = offered;
        this.lists = lists;
        this.clocks = clocks;
    }

    Page inScope(Reader reader, OrderFilter filter, @Nullable String after) {
        var page = lists.page(reader, filter, OrderListQueries.Key.of(after));
        return new Page(
                page.rows().stream().map(OrderAnswers::line).toList(),
                page.more() == null ? null : page.more().toString(),
                page.upTo());
    }

    private static Line line(OrderRow row) {
        return new Line(
                row.id().toString(),
                row.number(),
                row.state().code(),
                row.title(),
                row.category(),
                row.urgency().code(),
                row.estate(),
                row.holder(),
                row.submittedAt(),
                row.dueAt(),
                row.closedAt());
    }

    /** What a resident filed themselves, newest first. */
    Page own(Reader reader, OrderFilter filter, @Nullable String after) {
        var rows = lists.own(reader, filter, OrderListQueries.Key.of(after), OrderListQueries.PAGE + 1);
        var page = rows.stream().limit(OrderListQueries.PAGE).toList();
        return new Page(
                page.stream().map(OrderAnswers::line).toList(),
                rows.size() == page.size() ? null : key(page.getLast()).toString(),
                null);
    }

    private static OrderListQueries.Key key(OrderRow last) {
        return new OrderListQueries.Key(last.submittedAt(), last.id().id());
    }

    /** @throws Missing for whoever has nothing to do with it */
    Whole one(Reader reader, OrderId id) {
        var living = orders.find(id).isPresent();
        return past.read(living, () -> one(reader, id, living));
    }

    private Whole one(Reader reader, OrderId id, boolean living) {
        var order = order(id);
        var mine = known(reader, order);
        // a neighbour who joined follows the progress; the reporter's words are not theirs to read
        var mayRead = mine.stream().anyMatch(standing -> standing != Standing.JOINER);
        // as on the page: of an anonymous order the company and the helpers get the building only
        var knows = Standings.knowsReporter(mine);
        // of past years there is nothing to do any more
        var verbs = living
                ? offered.of(order, mine, reader.account()).stream()
                        .map(Verb::code)
                        .toList()
                : List.<String>of();
        var time = time(order);
        return jdbc.sql("""
                select o.*, w.title, w.words, w.place, e.name as estate_name, b.name as building_name, c.name as category_name,
                       h.short_name as holder_name
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join category c on c.code = o.category
                         left join building b on b.id = o.building
                         left join body h on h.id = o.holder
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> whole(r, id, !living, mayRead, knows, verbs, time))
                .single();
    }

    private WorkOrder order(OrderId id) {
        return orders.find(id).orElseThrow(() -> new Missing("没有这张工单。"));
    }

    private Set<Standing> known(Reader reader, WorkOrder order) {
        var mine = standings.of(reader, order);
        if (mine.isEmpty()) {
            throw new Missing("没有这张工单。");
        }
        return mine;
    }

    private record Time(@Nullable LocalDate suspendedUntil, List<Ahead> ahead) {}

    private Time time(WorkOrder order) {
        var running = clocks.all(order.id());
        return new Time(
                order.suspended()
                        ? running.stream()
                                .map(OrderClock::stop)
                                .filter(Objects::nonNull)
                                .map(OrderClock.Stop::resumes)
                                .findFirst()
                                .orElse(null)
                        : null,
                running.stream()
                        .flatMap(clock -> clock.ahead(order).stream())
                        .sorted(Comparator.comparing(Planned::at))
                        .map(step -> new Ahead(
                                step.at(),
                                step.timer().code(),
                                step.warning(),
                                step.level().code(),
                                step.words()))
                        .toList());
    }

    private static Whole whole(
            ResultSet r, OrderId id, boolean archived, boolean mayRead, boolean knows, List<String> verbs, Time time)
            throws SQLException {
        var at = r.getTimestamp("submitted_at").toInstant();
        var kept = r.getObject("kept", Long.class);
        return new Whole(
                id.toString(),
                id.number(at),
                r.getInt("version"),
                OrderState.of(r.getString("state")).code(),
                r.getString("title"),
                mayRead ? r.getString("words") : "",
                mayRead && (knows || !r.getBoolean("anonymous")) ? r.getString("place") : "",
                r.getString("category"),
                r.getString("category_name"),
                r.getString("urgency"),
                r.getString("channel"),
                r.getString("community"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getObject("building", Long.class),
                r.getString("building_name"),
                r.getObject("holder", Long.class),
                r.getString("holder_name"),
                r.getInt("round"),
                at,
                OrderListQueries.instant(r, "due_at"),
                OrderListQueries.instant(r, "contact_due"),
                OrderListQueries.instant(r, "contacted_at"),
                r.getBoolean("contact_denied"),
                r.getBoolean("nobody"),
                OrderListQueries.instant(r, "resolve_due"),
                OrderListQueries.instant(r, "resolved_at"),
                OrderListQueries.instant(r, "closed_at"),
                r.getObject("solved", Boolean.class),
                r.getObject("satisfied", Integer.class),
                r.getBoolean("supervised"),
                time.suspendedUntil,
                time.ahead,
                r.getInt("joined"),
                r.getInt("urged"),
                kept == null ? null : id.district() + "-" + kept,
                archived,
                verbs);
    }

    History history(Reader reader, OrderId id) {
        return past.read(orders.find(id).isPresent(), () -> steps(reader, id));
    }

    private History steps(Reader reader, OrderId id) {
        var duty = known(reader, order(id)).stream().anyMatch(ON_DUTY::contains);
        return new History(jdbc.sql("""
                select s.seq, s.at, s.verb, s.from_state, s.to_state, s.actor_as, s.body, m.words
                from work_order_step s
                         left join work_order_remark m
                                   on m.district = s.district and m.order_id = s.order_id and m.seq = s.seq and :duty
                where s.district = :district and s.order_id = :id order by s.seq
                """)
                .param("duty", duty)
                .param("district", id.district())
                .param("id", id.id())
                .query((r, n) -> new Done(
                        r.getInt("seq"),
                        r.getTimestamp("at").toInstant(),
                        r.getString("verb"),
                        r.getString("from_state"),
                        r.getString("to_state"),
                        r.getString("actor_as"),
                        r.getObject("body", Long.class),
                        r.getString("words")))
                .list());
    }

    /** The photos of the order, for whoever may read its words. */
    Pictures pictures(Reader reader, OrderId id) {
        return past.read(orders.find(id).isPresent(), () -> taken(reader, id));
    }

    private Pictures taken(Reader reader, OrderId id) {
        if (known(reader, order(id)).stream().allMatch(standing -> standing == Standing.JOINER)) {
            return new Pictures(List.of());
        }
        return new Pictures(jdbc.sql("""
                select id, purpose, media_type from attachment
                where district = ? and owner_kind = 'work_order' and owner_id = ? order by uploaded_at, id
                """)
                .params(id.district(), id.toString())
                .query((r, n) -> new Picture(
                        r.getObject("id", UUID.class),
                        r.getString("purpose"),
                        r.getString("media_type"),
                        "/api/v1/photos/" + id.district() + "/" + r.getString("id")))
                .list());
    }
}
