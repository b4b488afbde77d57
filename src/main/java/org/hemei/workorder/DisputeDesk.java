package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.HandlingRules.Name;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 退单: the holder disputes, the community grants or refuses, the street rules. What each may is {@link Disputing}. */
@Service
public class DisputeDesk {

    private record Open(long id, boolean taken, Instant raisedAt) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final HolderRule holders;
    private final RoutingBook routing;
    private final CancelledHelp help;
    private final ClockDesk clocks;
    private final DeadlineBook deadlines;
    private final HandlingRules rules;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    DisputeDesk(
            WorkOrders orders,
            Standings standings,
            HolderRule holders,
            RoutingBook routing,
            CancelledHelp help,
            ClockDesk clocks,
            DeadlineBook deadlines,
            HandlingRules rules,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.holders = holders;
        this.routing = routing;
        this.help = help;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @param ground one of {@link ReturnGround}; @param reason required */
    @Transactional
    public void request(Reader reader, OrderId id, int version, String ground, String reason) {
        var reasons = new ArrayList<>(Said.words("reason", reason, "为什么退"));
        if (ReturnGround.find(ground).isEmpty()) {
            reasons.add(new Refusal.Reason("ground", "请选为什么退。"));
        }
        Said.check(reasons);
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var taken = order.state == OrderState.IN_PROGRESS;
        var holder = order.holder;
        if (holder != null && disputed(id, holder)) {
            throw Refusal.of("您单位已经退过这张单，一张单只能退一次。");
        }
        var streets = order.disputes >= 1 || order.backstopHolds;
        var decideBy = decideBy(order, streets, now);
        var latest = rules.due(Name.RETURN_WITHIN, heldSince(id, order));
        var step = Disputing.request(order, admitted.actor(), now, latest, decideBy, ground, deadlines.current());
        orders.save(order, step, reason);
        jdbc.sql("""
                insert into order_dispute (district, id, order_id, number, holder, ground, taken, raised_by, raised_at, due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(id.district(), ids.next("dispute_seq"), id.id(), order.disputes)
                .param(holder)
                .params(ground, taken, reader.account(), WorkOrders.stamp(now), WorkOrders.stamp(decideBy))
                .update();
    }

    /** Within the limit on returns; sooner where whatever is asked about such a matter has to be decided within hours. */
    private Instant decideBy(WorkOrder order, boolean streets, Instant now) {
        var limit = rules.due(streets ? Name.RETURN_RULE : Name.RETURN_DECIDE, now);
        var pressing = deadlines.current();
        if (!pressing.rule(order.about(), Timer.DECIDE).measure().roundTheClock()) {
            return limit;
        }
        var soon = pressing.due(order.about(), Timer.DECIDE, now);
        return soon.isBefore(limit) ? soon : limit;
    }

    /** Whether the holder can still return it: not ruled, not returned by it before, and within the time. */
    public boolean mayReturn(WorkOrder order) {
        var holder = order.holder;
        return holder != null
                && !order.ruled
                && !disputed(order.id, holder)
                && !clock.instant().isAfter(rules.due(Name.RETURN_WITHIN, heldSince(order.id, order)));
    }

    private boolean disputed(OrderId id, long holder) {
        return jdbc.sql("select exists (select from order_dispute where district = ? and order_id = ? and holder = ?)")
                .params(id.district(), id.id(), holder)
                .query(Boolean.class)
                .single();
    }

    /** When this holder was sent it or took it, whichever is later: its time for a return runs from there. */
    private Instant heldSince(OrderId id, WorkOrder order) {
        return jdbc.sql("""
                select coalesce(max(at), ?) from work_order_step
                where district = ? and order_id = ? and verb in ('dispatch', 'take', 'rule')
                """)
                .params(WorkOrders.stamp(order.submittedAt), id.district(), id.id())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    /** The community agrees; the order waits for another holder. */
    @Transactional
    public void grant(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "说明"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        orders.save(
                order,
                Disputing.grant(order, admitted.actor(), now, deadlines.current())
                        .cancelling(help.asked(order)),
                words);
        decided(reader, id, "granted", null, now);
    }

    /** The community agrees and names the next holder in the same stroke (改派). */
    @Transactional
    public void grantTo(Reader reader, OrderId id, int version, String words, long body) {
        Said.check(Said.atMost("words", words, "说明"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var before = order.holder;
        if (before != null && before == body) {
            throw Refusal.of("holder", "这家刚退了单。要它接着办，请选不同意。");
        }
        orders.save(
                order,
                Disputing.grant(order, admitted.actor(), now, deadlines.current())
                        .cancelling(help.asked(order)),
                words);
        var backstop = holders.backstop(body, order);
        orders.save(
                order,
                Holding.dispatch(order, admitted.actor(), now, body, backstop, routing.answer(id), deadlines.current()),
                null);
        decided(reader, id, "granted", null, now);
    }

    /** The community does not agree; the order goes back to where it was, and the holder reads why. */
    @Transactional
    public void refuse(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "为什么不同意"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var open = open(id, order);
        var since = new OrderTime.Standstill(open.raisedAt, clocks.work(order));
        var then = deadlines.asOf(since.work().since());
        orders.save(order, Disputing.refuse(order, admitted.actor(), now, open.taken, since, then), reason);
        decided(reader, id, "refused", null, now);
    }

    /**
     * The street has the last word.
     *
     * @param body who answers for it from now on; the community's backstop team is always among those that can
     */
    @Transactional
    public void rule(Reader reader, OrderId id, int version, long body, String reason) {
        Said.check(Said.words("reason", reason, "为什么这样裁定"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var before = order.holder;
        var backstop = holders.backstop(body, order);
        var step = Disputing.rule(order, admitted.actor(), now, body, backstop, deadlines.current());
        var stays = before != null && before == body;
        orders.save(order, stays ? step : step.cancelling(help.asked(order)), reason);
        decided(reader, id, "ruled", body, now);
    }

    /** What was disputed turned out to be for nobody here: it was sent elsewhere, with the dispute still undecided. */
    void referred(Reader reader, OrderId id, Instant now) {
        decided(reader, id, "referred", null, now);
    }

    private Open open(OrderId id, WorkOrder order) {
        return jdbc.sql("""
                select id, taken, raised_at from order_dispute
                where district = ? and order_id = ? and decided_at is null
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Open(
                        r.getLong("id"),
                        r.getBoolean("taken"),
                        r.getTimestamp("raised_at").toInstant()))
                .optional()
                .orElseThrow(() -> Refusal.of("这张工单现在是“" + order.state.words() + "”，没有退单等着定。"));
    }

    private void decided(
            Reader reader, OrderId id, String outcome, @org.jspecify.annotations.Nullable Long named, Instant now) {
        jdbc.sql("""
                update order_dispute set outcome = ?, named = ?, decided_by = ?, decided_at = ?
                where district = ? and order_id = ? and decided_at is null
                """)
                .param(outcome)
                .param(named)
                .params(reader.account(), WorkOrders.stamp(now), id.district(), id.id())
                .update();
    }
}
