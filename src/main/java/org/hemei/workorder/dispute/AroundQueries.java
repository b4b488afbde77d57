package org.hemei.workorder.dispute;

import java.time.LocalDate;
import java.util.List;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.ReturnGround;
import org.hemei.workorder.SupervisionGround;
import org.hemei.workorder.dispute.OrderAround.Channel;
import org.hemei.workorder.dispute.OrderAround.Dispute;
import org.hemei.workorder.dispute.OrderAround.Hotline;
import org.hemei.workorder.dispute.OrderAround.Incident;
import org.hemei.workorder.dispute.OrderAround.Mark;
import org.hemei.workorder.dispute.OrderAround.Merged;
import org.hemei.workorder.dispute.OrderAround.Met;
import org.hemei.workorder.dispute.OrderAround.Supervision;
import org.hemei.workorder.dispute.OrderAround.Transfer;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads {@link OrderAround}; one small query says what there is, so that an ordinary order costs no more than that. */
@Component
public class AroundQueries {

    private record There(boolean disputes, boolean marks, boolean merged, boolean transfer, boolean incident) {}

    private final JdbcClient jdbc;

    AroundQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** For the holder, the desks and those above. */
    public OrderAround of(OrderId id) {
        var there = there(id);
        return new OrderAround(
                there.disputes ? disputes(id) : List.of(),
                supervision(id),
                there.marks ? marks(id) : List.of(),
                met(id),
                there.merged ? merged(id) : List.of(),
                channel(id),
                there.transfer ? transfer(id) : null,
                there.incident ? incident(id) : null,
                hotline(id));
    }

    /** For whoever was asked for a part of it. */
    public OrderAround ofHelper(OrderId id) {
        var there = there(id);
        return new OrderAround(
                List.of(),
                null,
                List.of(),
                met(id),
                List.of(),
                channel(id),
                null,
                there.incident ? incident(id) : null,
                null);
    }

    /** For a resident: what others wrote to each other about it is not theirs to read. */
    public OrderAround ofResident(OrderId id) {
        var there = there(id);
        return new OrderAround(
                List.of(),
                supervision(id),
                List.of(),
                met(id),
                List.of(),
                channel(id),
                there.transfer ? transfer(id) : null,
                there.incident ? incident(id) : null,
                null);
    }

    private There there(OrderId id) {
        return jdbc.sql("""
                select exists (select from order_dispute d where d.district = o.district and d.order_id = o.id) as disputes,
                       exists (select from leader_mark m where m.district = o.district and m.order_id = o.id) as marks,
                       exists (select from work_order k where k.district = o.district and k.kept = o.id) as merged,
                       exists (select from order_transfer t where t.district = o.district and t.order_id = o.id) as transfer,
                       exists (select from incident_order i where i.district = o.district and i.order_id = o.id) as incident
                from work_order o where o.district = ? and o.id = ?
                """).params(id.district(), id.id()).query(There.class).single();
    }

    private List<Dispute> disputes(OrderId id) {
        return jdbc.sql("""
                select d.number, h.short_name as holder, d.ground, d.raised_at, d.due_at, d.outcome, n.short_name as named
                from order_dispute d join body h on h.id = d.holder left join body n on n.id = d.named
                where d.district = ? and d.order_id = ? order by d.number
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Dispute(
                        r.getInt("number"),
                        r.getString("holder"),
                        ReturnGround.find(r.getString("ground")).orElse(ReturnGround.OTHER),
                        r.getTimestamp("raised_at").toInstant(),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("outcome"),
                        r.getString("named")))
                .list();
    }

    private @Nullable Supervision supervision(OrderId id) {
        return jdbc.sql("""
                select ground, opened_at, due_at, state from supervision
                where district = ? and order_id = ? and state in ('open', 'answered')
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Supervision(
                        SupervisionGround.of(r.getString("ground")),
                        r.getTimestamp("opened_at").toInstant(),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("state").equals("answered")))
                .optional()
                .orElse(null);
    }

    private List<Mark> marks(OrderId id) {
        return jdbc.sql("""
                select m.id, w.leader, m.said_on, w.words, m.addressee, m.due_at, m.state, w.answer
                from leader_mark m join leader_mark_words w on w.district = m.district and w.mark_id = m.id
                where m.district = ? and m.order_id = ? order by m.recorded_at, m.id
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Mark(
                        r.getLong("id"),
                        r.getString("leader"),
                        r.getDate("said_on").toLocalDate(),
                        r.getString("words"),
                        r.getString("addressee"),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("state").equals("answered"),
                        r.getString("answer")))
                .list();
    }

    private List<Met> met(OrderId id) {
        return jdbc.sql("""
                select b.name, count(*) as homes
                from me_too t left join building b on b.id = t.building
                where t.district = ? and t.order_id = ?
                group by b.name, b.position order by b.position nulls last, b.name
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Met(r.getString("name"), r.getInt("homes")))
                .list();
    }

    private List<Merged> merged(OrderId id) {
        return jdbc.sql("""
                select o.district, o.id, o.submitted_at, w.title, o.solved
                from work_order o join work_order_words w on w.district = o.district and w.order_id = o.id
                where o.district = ? and o.kept = ? order by o.submitted_at limit 50
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Merged(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("title"),
                        (Boolean) r.getObject("solved")))
                .list();
    }

    private @Nullable Channel channel(OrderId id) {
        return jdbc.sql("""
                select c.id, c.name, c.matters, c.address, c.phone, c.basis
                from work_order_step s join outside_channel c on c.id = cast(s.detail ->> 'channel' as bigint)
                where s.district = ? and s.order_id = ? and s.verb = 'refer' order by s.seq desc limit 1
                """)
                .params(id.district(), id.id())
                .query(Channel.class)
                .optional()
                .orElse(null);
    }

    private @Nullable Transfer transfer(OrderId id) {
        return jdbc.sql("""
                select t.place, t.target, t.due_at, t.state, t.became, a.name as area_name, e.name as estate_name
                from order_transfer t
                         left join area a on a.code = t.area
                         left join estate e on t.target = 'other_estate' and e.id = cast(t.place as bigint)
                where t.district = ? and t.order_id = ? order by t.offered_at desc, t.id desc limit 1
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Transfer(
                        (r.getString("area_name") == null ? "" : AreaQueries.plain(r.getString("area_name")))
                                + (r.getString("estate_name") == null ? "" : "·" + r.getString("estate_name")),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("state"),
                        r.getString("became")))
                .optional()
                .orElse(null);
    }

    private static @Nullable OrderId order(@Nullable String text) {
        return text == null ? null : OrderId.valueOf(text);
    }

    private @Nullable Hotline hotline(OrderId id) {
        return jdbc.sql("""
                select c.number, c.due_on, null as again, (select b.district || '-' || b.order_id from hotline_order_before b
                                                           where b.hotline_case = c.id order by b.filed_at desc limit 1) as before
                from hotline_order h join hotline_case c on c.id = h.hotline_case
                where h.district = :district and h.order_id = :id
                union all
                select c.number, null, (select h.district || '-' || h.order_id from hotline_order h where h.hotline_case = c.id), null
                from hotline_order_before b join hotline_case c on c.id = b.hotline_case
                where b.district = :district and b.order_id = :id
                """)
                .param("district", id.district())
                .param("id", id.id())
                .query((r, n) -> new Hotline(
                        r.getString("number"),
                        r.getObject("due_on", LocalDate.class),
                        order(r.getString("before")),
                        order(r.getString("again"))))
                .optional()
                .orElse(null);
    }

    private @Nullable Incident incident(OrderId id) {
        return jdbc.sql("""
                select i.district, i.id, w.title, i.state = 'running' as running
                from incident_order x
                         join incident i on i.district = x.district and i.id = x.incident_id
                         join incident_words w on w.district = i.district and w.incident_id = i.id
                where x.district = ? and x.order_id = ?
                """)
                .params(id.district(), id.id())
                .query(Incident.class)
                .optional()
                .orElse(null);
    }
}
