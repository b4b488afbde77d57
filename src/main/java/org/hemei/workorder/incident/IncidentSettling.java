package org.hemei.workorder.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Said;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.incident.Incident.Settled;
import org.hemei.workorder.incident.Incident.Settling;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the end of an incident does to its orders, by one act of each side: the community answers what still waits at its
 * desk, the holder reports its own as done. Each is verified and rated by its own rule afterwards; whatever this reader may
 * not do waits for the other side, which finds it on the same page.
 */
@Service
public class IncidentSettling {

    private final IncidentQueries queries;
    private final IncidentDesk desk;
    private final IncidentAccess access;
    private final WorkOrderDesk orders;
    private final WorkOrders found;
    private final Standings standings;
    private final Audit audit;
    private final EventLog events;
    private final JdbcClient jdbc;

    IncidentSettling(
            IncidentQueries queries,
            IncidentDesk desk,
            IncidentAccess access,
            WorkOrderDesk orders,
            WorkOrders found,
            Standings standings,
            Audit audit,
            EventLog events,
            JdbcClient jdbc) {
        this.queries = queries;
        this.desk = desk;
        this.access = access;
        this.orders = orders;
        this.found = found;
        this.standings = standings;
        this.audit = audit;
        this.events = events;
        this.jdbc = jdbc;
    }

    /** What this reader's act would do to each attached order. */
    List<Settled> preview(Reader reader, IncidentId id) {
        return queries.attached(id).stream()
                .map(order -> new Settled(order, settling(reader, order.id())))
                .toList();
    }

    private Settling settling(Reader reader, OrderId id) {
        var order = found.find(id).orElseThrow();
        var verbs = Standings.verbs(order, standings.of(reader, order), reader.account());
        if ((verbs.contains(Verb.RESOLVE) || verbs.contains(Verb.TAKE)) && !partOpen(id)) {
            return Settling.RESOLVE;
        }
        if (verbs.contains(Verb.ANSWER)) {
            return Settling.ANSWER;
        }
        return order.settled() ? Settling.ENDED : Settling.OTHERS;
    }

    private boolean partOpen(OrderId id) {
        return jdbc.sql("""
                select exists (select from assist_task where district = ? and order_id = ? and joint
                                 and state in ('asked', 'accepted'))
                """).params(id.district(), id.id()).query(Boolean.class).single();
    }

    /** Ends it, and settles all that this side can. */
    @Transactional
    public int end(Reader reader, IncidentId id, int version, String words) {
        return end(reader, id, version, words, null);
    }

    /** @param chosen which of its orders are settled with it; null for all. The rest stay as they are, and can be settled later */
    @Transactional
    public int end(Reader reader, IncidentId id, int version, String words, @Nullable List<OrderId> chosen) {
        desk.end(reader, id, version, words);
        var done = settleAll(reader, id, words, chosen);
        announce(reader, id, done, true);
        return done.size();
    }

    /** @param ended whether the end was told with it, to every reporter but those who phoned */
    private void announce(Reader reader, IncidentId id, List<Done> done, boolean ended) {
        var resolved = done.stream()
                .filter(one -> one.by == Settling.RESOLVE)
                .map(one -> one.order.id())
                .toList();
        if (!done.isEmpty()) {
            events.announce(
                    id.district(),
                    "incident.settle",
                    id,
                    Map.of("actor", reader.account(), "orders", resolved, "ended", ended));
        }
    }

    /** The other side's share of an incident that has ended, with the words it ended with or its own. */
    @Transactional
    public int settle(Reader reader, IncidentId id, String words) {
        return settle(reader, id, words, null);
    }

    /** @param chosen which of them; null for all */
    @Transactional
    public int settle(Reader reader, IncidentId id, String words, @Nullable List<OrderId> chosen) {
        var incident =
                queries.lock(id).filter(one -> access.onDuty(reader, one)).orElseThrow(() -> new Missing("没有这个通知。"));
        if (incident.running()) {
            throw Refusal.of("先结束通知，再一次办掉这些单。");
        }
        Said.check(Said.atMost("words", words, "说明"));
        var said = words.isBlank() ? queries.notes(id).getLast().words() : words;
        var done = settleAll(reader, id, said, chosen);
        if (done.isEmpty()) {
            throw Refusal.of(chosen == null ? "没有要您这一方办的单了。" : "请至少选一张要您这一方办的单。");
        }
        audit.record(
                reader,
                id.district(),
                "incident.settle",
                "incident",
                id,
                incident.community(),
                Map.of("orders", done.size()));
        announce(reader, id, done, false);
        return done.size();
    }

    private record Done(OrderId order, Settling by) {}

    private List<Done> settleAll(Reader reader, IncidentId id, String words, @Nullable List<OrderId> chosen) {
        // locked in the order of their numbers, so that two sides never wait for each other
        jdbc.sql("""
                select o.id from work_order o join incident_order x on x.district = o.district and x.order_id = o.id
                where x.district = ? and x.incident_id = ? order by o.id for update of o
                """).params(id.district(), id.id()).query(Long.class).list();
        var done = new ArrayList<Done>();
        for (var one : preview(reader, id)) {
            if ((chosen == null || chosen.contains(one.order().id())) && settle(reader, one, words)) {
                done.add(new Done(one.order().id(), one.by()));
            }
        }
        return done;
    }

    private boolean settle(Reader reader, Settled one, String words) {
        var id = one.order().id();
        switch (one.by()) {
            case ANSWER -> orders.answer(reader, id, version(id), words);
            case RESOLVE -> {
                if (one.order().state() == OrderState.DISPATCHED) {
                    orders.take(reader, id, version(id));
                }
                if (toContact(id)) {
                    // they are sent these words: that is the contact
                    orders.informed(reader, id, version(id), words);
                }
                orders.resolve(reader, id, version(id), words, List.of(), List.of());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Not contacted yet, and somebody whom the words reach: an account, or a phone. */
    private boolean toContact(OrderId id) {
        return jdbc.sql("""
                        select (o.contacted_at is null or o.contact_denied) and (o.reporter is not null or w.caller_phone_cipher is not null)
                        from work_order o join work_order_words w on w.district = o.district and w.order_id = o.id
                        where o.district = ? and o.id = ?
                        """).params(id.district(), id.id()).query(Boolean.class).single();
    }

    private int version(OrderId id) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Integer.class)
                .single();
    }
}
