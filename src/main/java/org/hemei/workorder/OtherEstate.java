package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.workorder.Deadlines.Timer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The place was wrong: an estate of the same city takes the order over as one of its own, with the same reporter, who can
 * follow and rate it there. Its community decides, and its street, to which an answer
 * that is late goes up; within one community the desk that offers decides as well.
 */
@Component
class OtherEstate implements TransferTarget {

    static final String CODE = "other_estate";
    private static final int MOST = 40;

    private final JdbcClient jdbc;
    private final Ids ids;
    private final DeadlineBook deadlines;
    private final OrderClocks clocks;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    OtherEstate(
            JdbcClient jdbc,
            Ids ids,
            DeadlineBook deadlines,
            OrderClocks clocks,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.deadlines = deadlines;
        this.clocks = clocks;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String words() {
        return "别的小区";
    }

    @Override
    public List<Place> places(WorkOrder order, String q) {
        return jdbc.sql("""
                select e.id, e.name || '（' || a.name || '）' as name, e.community
                from estate_now e join area a on a.code = e.community
                where e.community like left(cast(:community as text), 4) || '%'
                  and (e.id <> :estate or e.community <> :community)
                  and position(cast(:q as text) in e.name) > 0
                order by (e.community = :community) desc, (left(e.community, 9) = left(:community, 9)) desc, e.name
                limit""" + (q.isEmpty() ? " 5000" : " " + MOST))
                .param("community", order.community)
                .param("estate", order.estate)
                .param("q", q)
                .query((r, n) -> new Place(r.getString("id"), r.getString("name"), r.getString("community")))
                .list();
    }

    @Override
    public boolean decides(Reader reader, String area) {
        return reader.scope(Role.COMMUNITY, Role.STREET).covers(area);
    }

    @Override
    public String take(Reader reader, WorkOrder order, String place) {
        var now = clock.instant();
        var estate = Long.parseLong(place);
        var ground = jdbc.sql("select district, community from estate_now where id = ?")
                .param(estate)
                .query((r, n) -> Map.entry(r.getInt("district"), r.getString("community")))
                .optional()
                .orElseThrow(() -> Refusal.of("这个小区已经没有了，或注销了。请不接，写明原因。"));
        var id = new OrderId(ground.getKey(), ids.next("work_order_seq"));
        var params = new HashMap<String, Object>();
        params.put("from_district", order.id.district());
        params.put("from", order.id.id());
        params.put("from_id", order.id.toString());
        params.put("district", id.district());
        params.put("id", id.id());
        params.put("new_id", id.toString());
        params.put("community", ground.getValue());
        params.put("estate", estate);
        params.put("by", reader.account());
        params.put("at", WorkOrders.stamp(now));
        var intake = deadlines.current().intake(order.about(), now);
        params.put("due", WorkOrders.stamp(intake.due(Timer.ACCEPT)));
        clocks.putIntake(params, intake);
        params.put("grams", grams(order, estate, ground.getValue(), now));
        jdbc.sql(COPY).params(params).update();
        audit.record(reader, id.district(), "work_order.submit", "work_order", id, ground.getValue(), Map.of());
        events.announce(
                id.district(),
                "work_order.submit",
                id,
                Map.of("community", ground.getValue(), "estate", estate, "to", "submitted", "actor", reader.account()));
        return "/orders/" + id;
    }

    /** It is found by its new place and week. */
    private String[] grams(WorkOrder order, long estate, String community, Instant now) {
        return Grams.of(OrderTerms.told(jdbc, order.id, estate == order.estate), community, now);
    }

    /**
     * Building and unit were of the other place, and the words and photos tell where it is; of an estate that has only come
     * under another community they hold, and so do the neighbours who follow it.
     */
    private static final String COPY = """
            insert into work_order (district, id, version, state, community, estate, building, unit, category, urgency, channel,
                                    reporter, filed_by, anonymous, nobody, submitted_at, due_at, joined)
            select :district, :id, 1, 'submitted', :community, :estate,
                   case when o.estate = :estate then o.building end, case when o.estate = :estate then o.unit end, o.category,
                   o.urgency, o.channel, o.reporter,
                   :by, o.anonymous, o.nobody, :at, :due, case when o.estate = :estate then o.joined else 0 end
            from work_order o where o.district = :from_district and o.id = :from;
            insert into me_too (district, order_id, account, building, at)
            select :district, :id, t.account, t.building, t.at
            from work_order o join me_too t on t.district = o.district and t.order_id = o.id
            where o.district = :from_district and o.id = :from and o.estate = :estate;
            insert into work_order_words (district, order_id, title, words, place, caller_name_cipher, caller_phone_cipher, caller_phone_index,
                                          grams)
            select :district, :id, w.title, w.words, w.place, w.caller_name_cipher, w.caller_phone_cipher, w.caller_phone_index,
                   :grams
            from work_order_words w where w.district = :from_district and w.order_id = :from;
            insert into work_order_step (district, order_id, seq, at, verb, to_state, actor, actor_as, due_at, detail)
            values (:district, :id, 1, :at, 'submit', 'submitted', :by, 'receiver', :due,
                    jsonb_build_object('from', cast(:from_id as text)));
            insert into attachment (district, id, owner_kind, owner_id, purpose, media_type, byte_size, width, height, sha256,
                                    file_name, uploaded_by, uploaded_at)
            select :district, gen_random_uuid(), 'work_order', :new_id, t.purpose, t.media_type, t.byte_size, t.width,
                   t.height, t.sha256, t.file_name, t.uploaded_by, t.uploaded_at
            from attachment t
            where t.district = :from_district and t.owner_kind = 'work_order' and t.owner_id = :from_id
              and t.purpose = 'report';
            """ + OrderClocks.INTAKE;
}
