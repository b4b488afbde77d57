package org.hemei.workorder.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders as other programs read them. Words only for those who may read the order; never a name, phone or unit. */
@Component
class OrderRecords {

    /** One order in a list. */
    record Line(
            String id,
            String number,
            String state,
            String title,
            String category,
            String urgency,
            String estate,
            @Nullable String holder,
            Instant submittedAt,
            @Nullable Instant dueAt,
            @Nullable Instant closedAt) {}

    /** @param next key of the next page; null on the last */
    record Page(List<Line> orders, @Nullable String next) {}

    /** One step of the history. */
    record Done(int seq, Instant at, String verb, @Nullable String from, String to, String as) {}

    /** @param verbs what this reader may do with it now */
    record Whole(
            String id,
            String number,
            int version,
            String state,
            String title,
            String words,
            String category,
            String urgency,
            String estate,
            @Nullable String holder,
            int round,
            Instant submittedAt,
            @Nullable Instant dueAt,
            @Nullable Instant contactDue,
            @Nullable Instant contactedAt,
            boolean contactDenied,
            @Nullable Instant resolveDue,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            int joined,
            int urged,
            List<Done> history,
            List<String> verbs) {}

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final Standings standings;
    private final OrderListQueries lists;

    OrderRecords(JdbcClient jdbc, WorkOrders orders, Standings standings, OrderListQueries lists) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.standings = standings;
        this.lists = lists;
    }

    Page inScope(Reader reader, @Nullable String after) {
        var page = lists.page(reader, OrderFilter.of(Map.of()), OrderListQueries.Key.of(after));
        return new Page(
                page.rows().stream().map(OrderRecords::line).toList(),
                page.more() == null ? null : page.more().toString());
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
    Page own(Reader reader, @Nullable String after) {
        var key = OrderListQueries.Key.of(after);
        var lines = jdbc.sql("""
                select o.*, w.title, e.name as estate_name, c.name as category_name, h.short_name as holder_name
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join category c on c.code = o.category
                         left join body h on h.id = o.holder
                where o.reporter = :account
                  and (cast(:at as timestamptz) is null or (o.submitted_at, o.id) < (:at, :id))
                order by o.submitted_at desc, o.id desc
                limit :most
                """)
                .param("account", reader.account())
                .param("at", key == null ? null : WorkOrders.stamp(key.submittedAt()))
                .param("id", key == null ? null : key.id())
                .param("most", OrderListQueries.PAGE + 1)
                .query(OrderRecords::readLine)
                .list();
        if (lines.size() <= OrderListQueries.PAGE) {
            return new Page(lines, null);
        }
        var last = lines.get(OrderListQueries.PAGE - 1);
        var next = new OrderListQueries.Key(
                last.submittedAt(), OrderId.valueOf(last.id()).id());
        return new Page(List.copyOf(lines.subList(0, OrderListQueries.PAGE)), next.toString());
    }

    private static Line readLine(ResultSet r, int n) throws SQLException {
        var id = new OrderId(r.getInt("district"), r.getLong("id"));
        var at = r.getTimestamp("submitted_at").toInstant();
        return new Line(
                id.toString(),
                id.number(at),
                r.getString("state"),
                r.getString("title"),
                r.getString("category_name"),
                r.getString("urgency"),
                r.getString("estate_name"),
                r.getString("holder_name"),
                at,
                OrderListQueries.instant(r, "due_at"),
                OrderListQueries.instant(r, "closed_at"));
    }

    /** @throws Missing for whoever has nothing to do with it */
    Whole one(Reader reader, OrderId id) {
        var order = orders.find(id).orElseThrow(() -> new Missing("没有这张工单。"));
        var mine = standings.of(reader, order);
        if (mine.isEmpty()) {
            throw new Missing("没有这张工单。");
        }
        // a neighbour who joined follows the progress; the reporter's words are not theirs to read
        var mayRead = mine.stream().anyMatch(standing -> standing != Standing.JOINER);
        var verbs = Standings.verbs(order, mine, reader.account()).stream()
                .map(Verb::code)
                .toList();
        return jdbc.sql("""
                select o.*, w.title, w.words, e.name as estate_name, c.name as category_name, h.short_name as holder_name
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join category c on c.code = o.category
                         left join body h on h.id = o.holder
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> whole(r, id, mayRead, history(id), verbs))
                .single();
    }

    private static Whole whole(ResultSet r, OrderId id, boolean mayRead, List<Done> history, List<String> verbs)
            throws SQLException {
        var at = r.getTimestamp("submitted_at").toInstant();
        return new Whole(
                id.toString(),
                id.number(at),
                r.getInt("version"),
                r.getString("state"),
                r.getString("title"),
                mayRead ? r.getString("words") : "",
                r.getString("category_name"),
                r.getString("urgency"),
                r.getString("estate_name"),
                r.getString("holder_name"),
                r.getInt("round"),
                at,
                OrderListQueries.instant(r, "due_at"),
                OrderListQueries.instant(r, "contact_due"),
                OrderListQueries.instant(r, "contacted_at"),
                r.getBoolean("contact_denied"),
                OrderListQueries.instant(r, "resolve_due"),
                OrderListQueries.instant(r, "resolved_at"),
                OrderListQueries.instant(r, "closed_at"),
                r.getObject("solved", Boolean.class),
                r.getObject("satisfied", Integer.class),
                r.getInt("joined"),
                r.getInt("urged"),
                history,
                verbs);
    }

    private List<Done> history(OrderId id) {
        return jdbc.sql("""
                select seq, at, verb, from_state, to_state, actor_as from work_order_step
                where district = ? and order_id = ? order by seq
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Done(
                        r.getInt("seq"),
                        r.getTimestamp("at").toInstant(),
                        r.getString("verb"),
                        r.getString("from_state"),
                        r.getString("to_state"),
                        r.getString("actor_as")))
                .list();
    }
}
