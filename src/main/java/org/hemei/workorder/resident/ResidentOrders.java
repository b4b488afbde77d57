package org.hemei.workorder.resident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.Corrected;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.RatingTime;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.clock.TimingQueries;
import org.hemei.workorder.dispute.AroundQueries;
import org.hemei.workorder.resident.ResidentOrder.Event;
import org.hemei.workorder.resident.ResidentOrder.Facts;
import org.hemei.workorder.resident.ResidentOrder.Helper;
import org.hemei.workorder.resident.ResidentOrder.Photo;
import org.hemei.workorder.resident.ResidentOrder.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one order for its reporter or for a neighbour who joined, and leaves out what the neighbour must not know. */
@Component
class ResidentOrders {

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final Standings standings;
    private final DeadlineBook deadlines;
    private final AroundQueries around;
    private final TimingQueries timing;
    private final JsonMapper json;
    private final InstantSource clock;

    ResidentOrders(
            JdbcClient jdbc,
            WorkOrders orders,
            Standings standings,
            DeadlineBook deadlines,
            AroundQueries around,
            TimingQueries timing,
            JsonMapper json,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.standings = standings;
        this.deadlines = deadlines;
        this.around = around;
        this.timing = timing;
        this.json = json;
        this.clock = clock;
    }

    /** @throws Missing when there is none, or the reader is neither its reporter nor joined */
    ResidentOrder read(Reader reader, OrderId id) {
        var order = orders.find(id);
        var found = order.map(there -> standings.of(reader, there)).orElse(Set.of());
        if (!found.contains(Standing.REPORTER) && !found.contains(Standing.JOINER)) {
            throw new Missing("没有这张工单。");
        }
        var own = found.contains(Standing.REPORTER);
        var facts = facts(id, own);
        var rules = deadlines.current();
        var about = order.orElseThrow().about();
        var terms = new Terms(
                rules.rule(about, Timer.RESOLVE).words(),
                rules.rule(about, Timer.VERIFY).words(),
                rules.rule(about, Timer.RATE).words(),
                facts.dueAt() == null || rules.calendar().knows(facts.dueAt()),
                RatingTime.over(order.orElseThrow(), rules, clock.instant()));
        return new ResidentOrder(
                id,
                facts,
                own,
                events(reader, id, own),
                helpers(id),
                own ? photos(id) : List.of(),
                terms,
                around.ofResident(id),
                kept(reader, facts.kept()),
                timing.of(order.orElseThrow()));
    }

    /** The order that goes on for this one, as a neighbour reads it; the last of a row of merges. */
    private @Nullable ResidentOrder kept(Reader reader, @Nullable OrderId id) {
        if (id == null
                || orders.find(id)
                        .map(order -> standings.of(reader, order))
                        .filter(s -> s.contains(Standing.REPORTER) || s.contains(Standing.JOINER))
                        .isEmpty()) {
            return null;
        }
        var order = read(reader, id);
        return order.kept() == null ? order : order.kept();
    }

    private Facts facts(OrderId id, boolean own) {
        return jdbc.sql("""
                select o.*, w.title, w.words, w.place, e.name as estate_name, b.name as building_name, u.name as unit_name,
                       c.name as category_name, h.short_name, h.kind
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join category c on c.code = o.category
                         left join building b on b.id = o.building
                         left join unit u on u.id = o.unit
                         left join body h on h.id = o.holder
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> facts(r, own))
                .single();
    }

    private static Facts facts(ResultSet r, boolean own) throws SQLException {
        var kept = r.getObject("kept", Long.class);
        return new Facts(
                r.getInt("version"),
                OrderState.of(r.getString("state")),
                Urgency.of(r.getString("urgency")),
                r.getString("title"),
                own ? r.getString("words") : "",
                own ? r.getString("place") : "",
                r.getString("estate_name"),
                r.getString("building_name"),
                own ? r.getString("unit_name") : null,
                r.getString("category_name"),
                own && r.getBoolean("anonymous"),
                r.getString("short_name"),
                HolderRule.own(r.getString("kind")),
                HolderRule.own(r.getString("kind")) || r.getInt("disputes") > 1,
                r.getInt("round"),
                r.getInt("joined"),
                r.getTimestamp("submitted_at").toInstant(),
                ResidentQueries.instant(r, "due_at"),
                ResidentQueries.instant(r, "contact_due"),
                ResidentQueries.instant(r, "contacted_at"),
                r.getBoolean("contact_denied"),
                r.getObject("solved", Boolean.class),
                r.getObject("satisfied", Integer.class),
                kept == null ? null : new OrderId(r.getInt("district"), kept));
    }

    /** The neighbour reads what was done, not what the reporter wrote or was told. */
    private List<Event> events(Reader reader, OrderId id, boolean own) {
        return jdbc.sql("""
                select s.at, s.verb, s.actor_as, s.actor, s.due_at, s.detail, coalesce(r.words, g.words) as words, p.masked_name, b.short_name,
                       %s
                from work_order_step s
                         left join work_order_remark r
                                   on r.district = s.district and r.order_id = s.order_id and r.seq = s.seq
                         left join work_order_rating g
                                   on g.district = s.district and g.order_id = s.order_id and g.account = s.actor
                                       and g.at = s.at and s.verb in ('rate', 'reopen')
                         left join account a on a.id = s.actor
                         left join person p on p.id = a.person
                         left join body b on b.id = s.body
                where s.district = ? and s.order_id = ?
                order by s.seq
                """.formatted(Corrected.COLUMNS))
                .params(id.district(), id.id())
                .query((r, n) -> event(r, reader, own))
                .list();
    }

    private Event event(ResultSet r, Reader reader, boolean own) throws SQLException {
        var as = Standing.of(r.getString("actor_as"));
        var detail = json.readTree(r.getString("detail"));
        var resident = as == Standing.REPORTER || as == Standing.JOINER;
        return new Event(
                r.getTimestamp("at").toInstant(),
                Verb.of(r.getString("verb")),
                as,
                r.getLong("actor") == reader.account(),
                resident ? null : r.getString("masked_name"),
                r.getString("short_name"),
                ResidentQueries.instant(r, "due_at"),
                own ? r.getString("words") : null,
                own ? how(text(detail, "how")) : null,
                text(detail, "elsewhere"),
                detail.hasNonNull("satisfied") ? detail.get("satisfied").asInt() : null,
                text(detail, "level"),
                text(detail, "timer"),
                text(detail, "until"),
                detail.has("goes_on"),
                Corrected.words(r, !own));
    }

    private static @Nullable String text(JsonNode detail, String field) {
        return detail.hasNonNull(field) ? detail.get(field).asString() : null;
    }

    private static @Nullable String how(@Nullable String code) {
        return switch (code) {
            case "phone" -> "电话";
            case "visit" -> "上门";
            case "message" -> "留言";
            case null, default -> null;
        };
    }

    private List<Helper> helpers(OrderId id) {
        return jdbc.sql("""
                select b.short_name, t.what, t.state, t.due_at, t.result
                from assist_task t join body b on b.id = t.body
                where t.district = ? and t.order_id = ? and t.state <> 'cancelled'
                order by t.asked_at, t.id
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Helper(
                        r.getString("short_name"),
                        r.getString("what"),
                        r.getString("state"),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("result")))
                .list();
    }

    private List<Photo> photos(OrderId id) {
        return jdbc.sql("""
                select id, purpose, uploaded_at from attachment
                where district = ? and owner_kind = 'work_order' and owner_id = ?
                order by uploaded_at, id
                """)
                .params(id.district(), id.toString())
                .query((r, n) -> new Photo(
                        r.getObject("id", UUID.class),
                        r.getString("purpose"),
                        r.getTimestamp("uploaded_at").toInstant()))
                .list();
    }
}
