package org.hemei.workorder;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.WorkOrder.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells what a reader is to an order, from grants and from the order itself. No standing at all: the order does not exist for them. */
@Component
public class Standings {

    private final WorkOrders orders;
    private final List<TransferTarget> targets;
    private final JdbcClient jdbc;

    Standings(WorkOrders orders, List<TransferTarget> targets, JdbcClient jdbc) {
        this.orders = orders;
        this.targets = List.copyOf(targets);
        this.jdbc = jdbc;
    }

    /** An order under its row lock, and the reader as an actor on it. */
    record Admitted(WorkOrder order, Actor actor) {}

    /**
     * Locks an order for somebody who acts on the version they saw.
     *
     * @throws Missing when they have nothing to do with it, and so must not learn that it exists
     * @throws org.hemei.platform.Stale when somebody else was first
     */
    Admitted admit(Reader reader, OrderId id, int version) {
        var order = orders.lock(id);
        var standings = of(reader, order);
        if (standings.isEmpty()) {
            throw new Missing("没有这张工单。");
        }
        orders.expect(reader, order, version);
        return new Admitted(order, new Actor(reader.account(), standings));
    }

    public Set<Standing> of(Reader reader, WorkOrder order) {
        var standings = EnumSet.noneOf(Standing.class);
        if (order.reporter != null && order.reporter == reader.account()) {
            standings.add(Standing.REPORTER);
        } else if (reader.has(Role.RESIDENT) && joined(reader, order.id)) {
            standings.add(Standing.JOINER);
        }
        if (reader.scope(Role.COMMUNITY).covers(order.community)) {
            standings.add(Standing.COMMUNITY);
        }
        if (reader.scope(Role.STREET).covers(order.community)) {
            standings.add(Standing.STREET);
        }
        if (reader.scope(Role.MANAGER).covers(order.holder, order.estate)) {
            standings.add(Standing.MANAGER);
        }
        if (reader.scope(Role.STAFF).covers(order.holder, order.estate)) {
            standings.add(Standing.STAFF);
        }
        if (order.assisted && helps(reader, order.id)) {
            standings.add(Standing.HELPER);
        }
        if (reader.scope(Role.DISTRICT, Role.CITY).covers(order.community)) {
            standings.add(Standing.OVERSEER);
        }
        if (order.state == OrderState.TRANSFER_OFFERED) {
            offered(reader, order.id, standings);
        }
        return standings;
    }

    /**
     * Whether somebody may know who filed an order that is anonymous, and from which door: the administration, and they themselves;
     * the company and the helpers see the building only (domain.md §2).
     */
    public static boolean knowsReporter(Set<Standing> standings) {
        return standings.contains(Standing.COMMUNITY)
                || standings.contains(Standing.STREET)
                || standings.contains(Standing.OVERSEER)
                || standings.contains(Standing.REPORTER);
    }

    /**
     * What somebody may do with an order as it is now: from the one table, and the conditions on top of it that would
     * refuse this person, so that nothing is offered that cannot work.
     */
    public static Set<Verb> verbs(WorkOrder order, Set<Standing> standings, long account) {
        var verbs = Transitions.open(order.state, standings);
        if (order.state == OrderState.SUBMITTED && verbs.contains(Verb.ACCEPT)) {
            verbs.add(Verb.DISPATCH); // accepting and dispatching are one stroke for the community
        }
        if (!order.decides(standings) || Objects.equals(order.resolvedBy, account)) {
            verbs.remove(Verb.VERIFY);
            verbs.remove(Verb.SEND_BACK);
        }
        if (!order.takesIn(standings)) {
            verbs.remove(Verb.ACCEPT);
            if (order.holder == null) {
                verbs.remove(Verb.DISPATCH);
            }
        }
        if (!order.decides(standings)) {
            verbs.removeAll(EnumSet.of(
                    Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION, Verb.GRANT_SUSPENSION, Verb.REFUSE_SUSPENSION));
        }
        if (order.givenUp
                ? !standings.contains(Standing.COMMUNITY)
                : order.reporter != null && !standings.contains(Standing.REPORTER)) {
            verbs.remove(Verb.WITHDRAW);
        }
        if (!standings.contains(Standing.REPORTER)
                && (!Rating.asks(order, standings) || Objects.equals(order.resolvedBy, account))) {
            verbs.remove(Verb.RATE);
            verbs.remove(Verb.REOPEN);
        }
        if (order.contactedAt == null
                || order.contactDenied
                || !standings.contains(Standing.REPORTER) && !Rating.asks(order, standings)) {
            verbs.remove(Verb.DENY_CONTACT);
        }
        notDisputed(order, standings, verbs);
        return verbs;
    }

    /** What a dispute or a supervision as it stands would refuse. */
    private static void notDisputed(WorkOrder order, Set<Standing> standings, Set<Verb> verbs) {
        if (order.holder != null && !standings.contains(Disputing.names(order))) {
            verbs.remove(Verb.DISPATCH);
        }
        if (order.holder != null && !standings.contains(Leaving.refers(order))) {
            verbs.remove(Verb.REFER);
        }
        if (order.ruled) {
            verbs.remove(Verb.REQUEST_RETURN);
        }
        if (Disputing.streets(order) || !order.takesIn(standings)) {
            verbs.remove(Verb.GRANT_RETURN);
            verbs.remove(Verb.REFUSE_RETURN);
        }
        if (!Disputing.streets(order)) {
            verbs.remove(Verb.RULE);
        }
        if (order.supervised) {
            verbs.remove(Verb.SUPERVISE);
        } else {
            verbs.removeAll(Set.of(Verb.ANSWER_SUPERVISION, Verb.RETURN_ANSWER, Verb.LIFT_SUPERVISION));
        }
        if (!standings.contains(order.holder == null ? Standing.COMMUNITY : Standing.MANAGER)) {
            verbs.remove(Verb.ANSWER_SUPERVISION);
        }
    }

    /** The other side: whoever decides for the place that it is offered to, and those above them, to whom an answer that is late goes up. */
    private void offered(Reader reader, OrderId id, Set<Standing> standings) {
        jdbc.sql("""
                select target, area from order_transfer where district = ? and order_id = ? and state = 'offered'
                """)
                .params(id.district(), id.id())
                .query((r, n) -> Map.entry(r.getString("target"), r.getString("area")))
                .optional()
                .ifPresent(to -> {
                    if (targets.stream()
                            .anyMatch(t -> t.code().equals(to.getKey()) && t.decides(reader, to.getValue()))) {
                        standings.add(Standing.RECEIVER);
                    }
                    if (reader.scope(Role.DISTRICT, Role.CITY).covers(to.getValue())) {
                        standings.add(Standing.OVERSEER);
                    }
                });
    }

    private boolean joined(Reader reader, OrderId id) {
        return jdbc.sql("select exists (select from me_too where district = ? and order_id = ? and account = ?)")
                .params(id.district(), id.id(), reader.account())
                .query(Boolean.class)
                .single();
    }

    private boolean helps(Reader reader, OrderId id) {
        var bodies = reader.scope(Role.HELPER, Role.MANAGER).bodies();
        return bodies.length > 0
                && jdbc.sql("""
                        select exists (select from assist_task
                                       where district = ? and order_id = ? and body = any (?) and state not in ('cancelled', 'declined', 'given_up'))
                        """)
                        .params(id.district(), id.id(), bodies)
                        .query(Boolean.class)
                        .single();
    }
}
