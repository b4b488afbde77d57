package org.hemei.workorder.incident;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Said;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.WorkOrders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders that an incident explains: attached in bulk, or as they are filed for those who phone about it. */
@Service
public class IncidentOrders {

    private static final int MOST_REASON = 300;

    private final IncidentQueries queries;
    private final WorkOrderDesk desk;
    private final WorkOrders found;
    private final Standings standings;
    private final IncidentAccess access;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    IncidentOrders(
            IncidentQueries queries,
            WorkOrderDesk desk,
            WorkOrders found,
            Standings standings,
            IncidentAccess access,
            Audit audit,
            EventLog events,
            InstantSource clock,
            JdbcClient jdbc) {
        this.queries = queries;
        this.desk = desk;
        this.found = found;
        this.standings = standings;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @return how many were attached; those that are not of the place, or belong to another, are left out */
    @Transactional
    public int attach(Reader reader, IncidentId id, int version, List<OrderId> orders) {
        var incident = access.running(reader, id, version);
        var fitting = queries.fitting(incident).stream()
                .map(Incident.Order::id)
                .filter(orders::contains)
                .toList();
        if (fitting.isEmpty()) {
            throw Refusal.of("order", "请至少选一张还在办、同地方同类的单。");
        }
        put(reader, incident, fitting);
        return fitting.size();
    }

    /**
     * Whether an order that is about to be filed at the desk can go with an incident.
     *
     * @throws Refusal at the field {@code incident}, with what to do instead
     */
    @Transactional(readOnly = true)
    public void check(Reader reader, IncidentId id, long estate, @Nullable Long building, String category) {
        var incident = queries.find(id)
                .filter(found -> access.onDuty(reader, found))
                .orElseThrow(() -> Refusal.of("incident", "没有这个通知。请重新选。"));
        if (!access.writes(reader, incident) || !incident.running()) {
            throw Refusal.of("incident", "这个通知已经结束，或不归您更新。请选“不归到通知”再点单。");
        }
        if (!category.equals(incident.category()) && !category.startsWith(incident.category() + ".")) {
            throw Refusal.of("incident", "这个通知是“" + incident.categoryName() + "”类的，这张单不是。请改类别，或选“不归到通知”。");
        }
        var there = jdbc.sql("""
                select exists (select from estate where id = :estate and community = :community)
                   and (cast(:at as bigint) is null or :at = :estate)
                   and (cast(:atBuilding as bigint) is null or cast(:building as bigint) is null or :atBuilding = :building)
                """)
                .param("estate", estate)
                .param("community", incident.community())
                .param("at", incident.estate())
                .param("atBuilding", incident.building())
                .param("building", building)
                .query(Boolean.class)
                .single();
        if (!there) {
            throw Refusal.of("incident", "这个通知讲的是" + incident.place() + "，不是这里。请选“不归到通知”再点单。");
        }
    }

    /** An order that was just filed for somebody who phones about it; a second time, or after the end, changes nothing. */
    @Transactional
    public void attachFiled(Reader reader, IncidentId id, OrderId order) {
        queries.lock(id)
                .filter(found -> access.writes(reader, found) && found.running())
                .filter(found ->
                        queries.fitting(found).stream().anyMatch(one -> one.id().equals(order)))
                .ifPresent(found -> put(reader, found, List.of(order)));
    }

    /**
     * One that is another matter after all goes its own way again: what the incident ends with is no answer to it. Why stands in
     * the order's own history, where its reporter reads it.
     */
    @Transactional
    public void detach(Reader reader, IncidentId id, int version, List<OrderId> chosen, String reason) {
        var incident = access.written(reader, id, version);
        var reasons = new ArrayList<>(Said.words("why", reason, "为什么撤出来"));
        if (reasons.isEmpty() && reason.strip().length() > MOST_REASON) {
            reasons.add(new Refusal.Reason("why", "太长了，请缩到 " + MOST_REASON + " 字以内。"));
        }
        Said.check(reasons);
        var attached = queries.attached(id).stream()
                .filter(one -> chosen.contains(one.id()))
                .sorted(Comparator.comparing(one -> one.id().id()))
                .toList();
        if (attached.isEmpty()) {
            throw Refusal.of("detach", "请至少选一张要撤出来的单。");
        }
        Said.check(against(reader, attached));
        for (var order : attached) {
            desk.remark(
                    reader,
                    order.id(),
                    order.version(),
                    "从群体通知“" + incident.title() + "”里撤出来，单独办：" + reason.strip(),
                    List.of());
            jdbc.sql("delete from incident_order where district = ? and order_id = ? and incident_id = ?")
                    .params(order.id().district(), order.id().id(), id.id())
                    .update();
        }
        recount(id);
        audit.record(
                reader,
                id.district(),
                "incident.detach",
                "incident",
                id,
                incident.community(),
                Map.of("orders", attached.stream().map(one -> one.id().id()).toList()));
    }

    /** Each order by its name and number: which has ended, and which is somebody else's to take out. */
    private List<Refusal.Reason> against(Reader reader, List<Incident.Order> chosen) {
        var ended = chosen.stream().filter(one -> !one.state().open()).toList();
        var others = chosen.stream()
                .filter(one -> one.state().open() && !may(reader, one.id()))
                .toList();
        var reasons = new ArrayList<Refusal.Reason>();
        if (!ended.isEmpty()) {
            reasons.add(new Refusal.Reason("detach", named(ended) + "已经结束了，不用再撤。"));
        }
        if (!others.isEmpty()) {
            reasons.add(new Refusal.Reason("detach", named(others) + "不由您单位办，请社区来撤。先把这些去掉，再撤别的。"));
        }
        return reasons;
    }

    /** Whether they may write into its history: whoever holds it, and its community. */
    private boolean may(Reader reader, OrderId id) {
        return found.find(id)
                .filter(order -> Standings.verbs(order, standings.of(reader, order), reader.account())
                        .contains(Verb.REMARK))
                .isPresent();
    }

    private static String named(List<Incident.Order> orders) {
        return orders.stream()
                .map(one -> "“" + one.title() + "”（" + one.number() + "）")
                .collect(Collectors.joining("、"));
    }

    private void recount(IncidentId id) {
        jdbc.sql("""
                update incident set version = version + 1,
                    attached = (select count(*) from incident_order x where x.district = :district and x.incident_id = :id)
                where district = :district and id = :id
                """).param("district", id.district()).param("id", id.id()).update();
    }

    private void put(Reader reader, Incident incident, List<OrderId> fitting) {
        var id = incident.id();
        var now = Timestamp.from(clock.instant());
        // each row holds its order until the end: the one with the lower number first, as everywhere
        var inOrder = fitting.stream().sorted(Comparator.comparing(OrderId::id)).toList();
        for (var order : inOrder) {
            jdbc.sql("""
                    insert into incident_order (district, order_id, incident_id, at, account) values (?, ?, ?, ?, ?)
                    on conflict do nothing
                    """)
                    .params(order.district(), order.id(), id.id(), now, reader.account())
                    .update();
        }
        recount(id);
        audit.record(reader, id.district(), "incident.attach", "incident", id, incident.community(), Map.of());
        events.announce(
                id.district(),
                "incident.attach",
                id,
                Map.of(
                        "actor",
                        reader.account(),
                        "orders",
                        fitting.stream().map(OrderId::id).toList()));
    }
}
