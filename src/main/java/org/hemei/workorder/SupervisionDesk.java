package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 督办: the street, or the clock in its name, asks for a written answer; the holder gives it; the street lifts it or sends it back. */
@Service
public class SupervisionDesk {

    private final WorkOrders orders;
    private final Standings standings;
    private final HandlingRules rules;
    private final DeadlineBook deadlines;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    SupervisionDesk(
            WorkOrders orders,
            Standings standings,
            HandlingRules rules,
            DeadlineBook deadlines,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.rules = rules;
        this.deadlines = deadlines;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @param words what the street asks for; required */
    @Transactional
    public void supervise(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.words("words", words, "要求"));
        var admitted = standings.admit(reader, id, version);
        put(admitted.order(), admitted.actor(), SupervisionGround.STREET, words);
    }

    /**
     * By itself, when the resident said too often that it is not solved, or when the delay reached the street.
     *
     * @param since what it follows from; what the street has lifted after that stays lifted, also where the log is served twice
     * @return false when the order has ended or is supervised already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean byClock(OrderId id, SupervisionGround ground, Instant since) {
        var order = orders.lock(id);
        if (order.supervised || Transitions.find(order.state, Verb.SUPERVISE).isEmpty() || liftedAfter(id, since)) {
            return false;
        }
        put(order, Actor.CLOCK, ground, null);
        return true;
    }

    private boolean liftedAfter(OrderId id, Instant since) {
        return jdbc.sql("""
                select exists (select from work_order_step
                               where district = ? and order_id = ? and verb = 'lift_supervision' and at > ?)
                """)
                .params(id.district(), id.id(), WorkOrders.stamp(since))
                .query(Boolean.class)
                .single();
    }

    void put(WorkOrder order, Actor actor, SupervisionGround ground, @Nullable String words) {
        var now = clock.instant();
        var due = rules.due(Name.SUPERVISE_ANSWER, now);
        orders.save(order, Supervising.supervise(order, actor, now, ground, due, deadlines.current()), words);
        jdbc.sql("""
                insert into supervision (district, id, order_id, ground, opened_by, opened_at, due_at, state)
                values (:district, :id, :order, :ground, :by, :at, :due, 'open')
                """)
                .param("district", order.id.district())
                .param("id", ids.next("supervision_seq"))
                .param("order", order.id.id())
                .param("ground", ground.code())
                .param("by", actor.account())
                .param("at", WorkOrders.stamp(now))
                .param("due", WorkOrders.stamp(due))
                .update();
    }

    /** The written answer of whoever holds the order. */
    @Transactional
    public void answer(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.words("words", words, "答复"));
        var admitted = standings.admit(reader, id, version);
        var now = clock.instant();
        orders.save(admitted.order(), Supervising.answer(admitted.order(), admitted.actor(), now), words);
        move(id, "open", "answered", now, null, "已经答复过了，等街道看。");
    }

    /** The answer will not do: it is owed again, from now. */
    @Transactional
    public void sendBack(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "哪里没说清"));
        var admitted = standings.admit(reader, id, version);
        var now = clock.instant();
        var due = rules.due(Name.SUPERVISE_ANSWER, now);
        orders.save(
                admitted.order(),
                Supervising.sendBack(admitted.order(), admitted.actor(), now, due, deadlines.current()),
                reason);
        move(id, "answered", "open", now, due, "对方还没答复，没什么可退的。");
    }

    @Transactional
    public void lift(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "说明"));
        var admitted = standings.admit(reader, id, version);
        var now = clock.instant();
        orders.save(admitted.order(), Supervising.lift(admitted.order(), admitted.actor(), now), words);
        jdbc.sql("""
                update supervision set state = 'lifted', closed_at = ?
                where district = ? and order_id = ? and state in ('open', 'answered')
                """).params(WorkOrders.stamp(now), id.district(), id.id()).update();
    }

    private void move(OrderId id, String from, String to, Instant now, @Nullable Instant due, String otherwise) {
        var moved = jdbc.sql("""
                update supervision
                set state = :to, due_at = coalesce(cast(:due as timestamptz), due_at),
                    answered_at = case when :to = 'answered' then :now else answered_at end
                where district = :district and order_id = :order and state = :from
                """)
                .param("to", to)
                .param("from", from)
                .param("due", due == null ? null : WorkOrders.stamp(due))
                .param("now", WorkOrders.stamp(now))
                .param("district", id.district())
                .param("order", id.id())
                .update();
        if (moved != 1) {
            throw Refusal.of(otherwise);
        }
    }
}
