package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ways out of the mechanism, none of which drops an order: 告知并移交 to a channel outside, with why, address and phone;
 * 移交 to another room or place, open until the other side takes it.
 */
@Service
public class TransferDesk {

    private record Offer(long id, String target, String place, String area, Instant at) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final List<TransferTarget> targets;
    private final OrderClocks clocks;
    private final ClockDesk work;
    private final DeadlineBook deadlines;
    private final HandlingRules rules;
    private final DisputeDesk disputes;
    private final CancelledHelp help;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    TransferDesk(
            WorkOrders orders,
            Standings standings,
            List<TransferTarget> targets,
            OrderClocks clocks,
            ClockDesk work,
            DeadlineBook deadlines,
            HandlingRules rules,
            DisputeDesk disputes,
            CancelledHelp help,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.targets = List.copyOf(targets);
        this.clocks = clocks;
        this.work = work;
        this.deadlines = deadlines;
        this.rules = rules;
        this.disputes = disputes;
        this.help = help;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @param channel one that is open today for the order's area; @param reason why it is for them; required */
    @Transactional
    public void refer(Reader reader, OrderId id, int version, long channel, String reason) {
        Said.check(Said.words("reason", reason, "为什么归他们办"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var today = CivilTime.date(now);
        var open = jdbc.sql("""
                select exists (select from outside_channel
                               where id = ? and since <= ? and (until is null or until > ?) and ? like area || '%')
                """)
                .params(channel, today, today, order.community)
                .query(Boolean.class)
                .single();
        if (!open) {
            throw Refusal.of("channel", "请选去哪儿办。");
        }
        var disputed = order.state == OrderState.RETURN_REQUESTED;
        orders.save(order, Leaving.refer(order, admitted.actor(), now, channel).cancelling(help.all(order)), reason);
        if (disputed) {
            disputes.referred(reader, id, now);
        }
    }

    /** @param place as the target named it */
    @Transactional
    public void offer(Reader reader, OrderId id, int version, String target, String place, String reason) {
        Said.check(Said.words("reason", reason, "为什么转过去"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var to = target(target).places(order, "").stream()
                .filter(p -> p.key().equals(place))
                .findFirst()
                .orElseThrow(() -> Refusal.of("place", "请选转给谁。"));
        var now = clock.instant();
        var due = rules.due(Name.TRANSFER_ANSWER, now);
        var transfer = ids.next("transfer_seq");
        orders.save(order, Leaving.offer(order, admitted.actor(), now, target, due, deadlines.current()), reason);
        jdbc.sql("""
                insert into order_transfer (district, id, order_id, target, place, area, offered_by, offered_at, due_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'offered')
                """)
                .params(
                        id.district(),
                        transfer,
                        id.id(),
                        target,
                        place,
                        to.area(),
                        reader.account(),
                        WorkOrders.stamp(now),
                        WorkOrders.stamp(due))
                .update();
    }

    /** The estate came under another community, which is offered the order: what it was filed about lies there now. */
    @Transactional
    public void handOn(Reader reader, OrderId id, int version) {
        var estate = jdbc.sql("""
                select e.id, e.name, a.name as community, e.community <> o.community as left
                from work_order o join estate e on e.id = o.estate join area a on a.code = e.community
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> Map.entry(
                        r.getBoolean("left"),
                        Map.entry(r.getLong("id"), r.getString("name") + "归了" + r.getString("community"))))
                .optional()
                .orElseThrow(() -> new Missing("没有这张工单。"));
        if (!estate.getKey()) {
            throw Refusal.of("这张单的小区没有换社区，还归您这里办。");
        }
        var where = estate.getValue();
        offer(reader, id, version, OtherEstate.CODE, String.valueOf(where.getKey()), where.getValue());
    }

    private TransferTarget target(String code) {
        return targets.stream()
                .filter(t -> t.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Refusal.of("place", "请选转给谁。"));
    }

    /**
     * The other side takes it.
     *
     * @return the address of what it has become there
     */
    @Transactional
    public String take(Reader reader, OrderId id, int version) {
        var order = orders.lock(id);
        var offer = offered(reader, order);
        orders.expect(reader, order, version);
        var now = clock.instant();
        var became = target(offer.target).take(reader, order, offer.place);
        orders.save(order, Leaving.take(order, receiver(reader), now, became).cancelling(help.all(order)), null);
        decide(reader, id, offer.id, now, "taken", became);
        return became;
    }

    /** The other side says no, and why; the order goes on where it was. */
    @Transactional
    public void decline(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "为什么不接"));
        var order = orders.lock(id);
        var offer = offered(reader, order);
        orders.expect(reader, order, version);
        var now = clock.instant();
        var since = order.holder == null ? null : new OrderTime.Standstill(offer.at, work.work(order));
        var then = since == null
                ? deadlines.current()
                : deadlines.asOf(since.work().since());
        orders.save(order, Leaving.decline(order, receiver(reader), now, since, then), reason);
        decide(reader, id, offer.id, now, "declined", null);
    }

    /** Whoever offered it takes it back, and says why, while the other side has not taken it. */
    @Transactional
    public void recall(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "为什么收回"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        order.expect(Verb.RECALL_TRANSFER);
        var now = clock.instant();
        var offer = open(order);
        orders.save(
                order,
                order.holder == null
                        ? Leaving.recall(order, admitted.actor(), now, intakeDue(order))
                        : recallHeld(order, admitted.actor(), now, offer),
                reason);
        offer.ifPresent(one -> decide(reader, id, one.id, now, "recalled", null));
    }

    private Step recallHeld(WorkOrder order, Actor actor, Instant now, Optional<Offer> offer) {
        var since = new OrderTime.Standstill(offer.map(Offer::at).orElse(now), work.work(order));
        return Leaving.recall(
                order, actor, now, since, deadlines.asOf(since.work().since()));
    }

    private @Nullable Instant intakeDue(WorkOrder order) {
        return clocks.find(order.id, Part.INTAKE)
                .flatMap(running -> running.find(Timer.ACCEPT))
                .map(Running::due)
                .orElse(order.dueAt);
    }

    private static Actor receiver(Reader reader) {
        return new Actor(reader.account(), java.util.EnumSet.of(Standing.RECEIVER));
    }

    private Optional<Offer> open(WorkOrder order) {
        return jdbc.sql("""
                select id, target, place, area, offered_at from order_transfer
                where district = ? and order_id = ? and state = 'offered'
                """)
                .params(order.id.district(), order.id.id())
                .query((r, n) -> new Offer(
                        r.getLong("id"),
                        r.getString("target"),
                        r.getString("place"),
                        r.getString("area"),
                        r.getTimestamp("offered_at").toInstant()))
                .optional();
    }

    private Offer offered(Reader reader, WorkOrder order) {
        return open(order)
                .filter(offer -> target(offer.target).decides(reader, offer.area))
                .orElseThrow(() -> new Missing("没有这张工单。"));
    }

    private void decide(Reader reader, OrderId id, long offer, Instant now, String state, @Nullable String became) {
        jdbc.sql("""
                update order_transfer set state = ?, became = ?, decided_by = ?, decided_at = ?
                where district = ? and id = ?
                """)
                .param(state)
                .param(became)
                .params(reader.account(), WorkOrders.stamp(now), id.district(), offer)
                .update();
    }
}
