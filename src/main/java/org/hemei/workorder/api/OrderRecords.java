package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrder;
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

    /** Who reads what was written at the steps: those with a duty, not residents and not helpers. */
    private static final Set<Standing> ON_DUTY =
            EnumSet.of(Standing.COMMUNITY, Standing.STREET, Standing.MANAGER, Standing.STAFF, Standing.OVERSEER);

    /** One order in a list. */
    @Schema(name = "OrderLine", description = "列表里的一张工单")
    record Line(
            @Schema(example = "340111-20412") String id,

            @Schema(description = "单号，念给人听的", example = "261123-20412")
            String number,

            @Schema(example = "in_progress") String state,
            String title,
            @Schema(description = "类别的名称") String category,
            @Schema(example = "ordinary") String urgency,
            @Schema(description = "小区的名称") String estate,
            @Nullable String holder,
            Instant submittedAt,
            @Schema(description = "这一步什么时候到期") @Nullable Instant dueAt,
            @Nullable Instant closedAt) {}

    /** @param next key of the next page; null on the last */
    @Schema(name = "OrderPage")
    record Page(
            List<Line> orders,

            @Schema(description = "下一页的 after；最后一页没有", example = "1795680000000000.20412") @Nullable
            String next,

            @Schema(description = "搜字词时，找到哪天为止；还要更早的，用 to 再找") @Nullable
            Instant lookedBackTo) {}

    /** One step of the history. */
    @Schema(name = "Step", description = "历史里的一步，只增不改")
    record Done(
            @Schema(description = "也是做完这一步以后的版本") int seq,
            Instant at,
            @Schema(example = "dispatch") String verb,
            @Schema(example = "awaiting_dispatch") @Nullable String from,
            @Schema(example = "dispatched") String to,

            @Schema(description = "以什么身份办的", example = "community")
            String as,

            @Schema(description = "办的单位") @Nullable Long body,

            @Schema(description = "那时写的话；没有相应职责的看不到") @Nullable
            String words) {}

    @Schema(name = "History")
    record History(List<Done> steps) {}

    /** A photo of an order. */
    @Schema(name = "OrderPhoto")
    record Picture(
            UUID id,

            @Schema(description = "report 点单，before 处理前，after 处理后，remark 补充，assist 协办")
            String use,

            String mediaType,
            @Schema(example = "/api/v1/photos/340111/0b9d…") String address) {}

    @Schema(name = "OrderPhotos")
    record Pictures(List<Picture> photos) {}

    /** @param verbs what this reader may do with it now */
    @Schema(name = "Order", description = "一张工单")
    record Whole(
            @Schema(example = "340111-20412") String id,

            @Schema(description = "单号，念给人听的", example = "261123-20412")
            String number,

            @Schema(description = "办下一步时要带上，也是 ETag") int version,
            @Schema(example = "in_progress") String state,
            String title,
            @Schema(description = "点单人的话；邻居看不到，是空的") String words,
            String place,
            @Schema(example = "facility.light") String categoryCode,
            String category,
            @Schema(example = "ordinary") String urgency,
            @Schema(example = "phone") String channel,

            @Schema(description = "社区的区划代码", example = "340111002004")
            String community,

            long estateId,
            String estate,
            @Nullable Long buildingId,
            @Nullable String building,
            @Nullable Long holderId,
            @Nullable String holder,
            @Schema(description = "第几次交办") int round,
            Instant submittedAt,
            @Schema(description = "这一步什么时候到期") @Nullable Instant dueAt,
            @Nullable Instant contactDue,
            @Nullable Instant contactedAt,
            @Schema(description = "居民说没联系") boolean contactDenied,
            @Nullable Instant resolveDue,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,

            @Schema(description = "居民说的；没评是 null，不算满意") @Nullable
            Boolean solved,

            @Nullable Integer satisfied,
            @Schema(description = "有几户也遇到了") int joined,
            @Schema(description = "催了几次") int urged,
            @Schema(description = "合并到哪张") @Nullable String kept,
            @Schema(description = "您现在能办的") List<String> verbs) {}

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

    Page inScope(Reader reader, OrderFilter filter, @Nullable String after) {
        var page = lists.page(reader, filter, OrderListQueries.Key.of(after));
        return new Page(
                page.rows().stream().map(OrderRecords::line).toList(),
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
            return new Page(lines, null, null);
        }
        var last = lines.get(OrderListQueries.PAGE - 1);
        var next = new OrderListQueries.Key(
                last.submittedAt(), OrderId.valueOf(last.id()).id());
        return new Page(List.copyOf(lines.subList(0, OrderListQueries.PAGE)), next.toString(), null);
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
        var order = order(id);
        var mine = known(reader, order);
        // a neighbour who joined follows the progress; the reporter's words are not theirs to read
        var mayRead = mine.stream().anyMatch(standing -> standing != Standing.JOINER);
        var verbs = Standings.verbs(order, mine, reader.account()).stream()
                .map(Verb::code)
                .toList();
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
                .query((r, n) -> whole(r, id, mayRead, verbs))
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

    private static Whole whole(ResultSet r, OrderId id, boolean mayRead, List<String> verbs) throws SQLException {
        var at = r.getTimestamp("submitted_at").toInstant();
        var kept = r.getObject("kept", Long.class);
        return new Whole(
                id.toString(),
                id.number(at),
                r.getInt("version"),
                OrderState.of(r.getString("state")).code(),
                r.getString("title"),
                mayRead ? r.getString("words") : "",
                mayRead ? r.getString("place") : "",
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
                OrderListQueries.instant(r, "resolve_due"),
                OrderListQueries.instant(r, "resolved_at"),
                OrderListQueries.instant(r, "closed_at"),
                r.getObject("solved", Boolean.class),
                r.getObject("satisfied", Integer.class),
                r.getInt("joined"),
                r.getInt("urged"),
                kept == null ? null : id.district() + "-" + kept,
                verbs);
    }

    History history(Reader reader, OrderId id) {
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
