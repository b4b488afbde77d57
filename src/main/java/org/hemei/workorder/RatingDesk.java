package org.hemei.workorder;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 共评: the reporter says whether it is solved and how satisfied they are, themselves or, where they phoned or came, when they are
 * asked by phone. Silence ends as 未评办结 and counts for nothing.
 */
@Service
public class RatingDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RatingDesk.class);
    private static final int BATCH = 200;

    private final WorkOrders orders;
    private final Standings standings;
    private final DeadlineBook deadlines;
    private final Joiners joiners;
    private final OwedAnswers owed;
    private final InstantSource clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RatingDesk(
            WorkOrders orders,
            Standings standings,
            DeadlineBook deadlines,
            Joiners joiners,
            OwedAnswers owed,
            InstantSource clock,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.orders = orders;
        this.standings = standings;
        this.deadlines = deadlines;
        this.joiners = joiners;
        this.owed = owed;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Solved closes the order; not solved starts it again (二次交办).
     *
     * @param solved required; @param satisfied 1 to 5, required; @param words free, may be empty
     */
    @Transactional
    public void rate(
            Reader reader,
            OrderId id,
            int version,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            String words) {
        rate(reader, id, version, null, solved, satisfied, words);
    }

    /** @param contacted whether the holder got in touch with them, where they were asked that as well */
    @Transactional
    public void rate(
            Reader reader,
            OrderId id,
            int version,
            @Nullable Boolean contacted,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            String words) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (solved == null) {
            reasons.add(new Refusal.Reason("solved", "请选解决了没有。"));
        }
        if (satisfied == null || satisfied < 1 || satisfied > 5) {
            reasons.add(new Refusal.Reason("satisfied", "请选满意程度。"));
        }
        reasons.addAll(Said.atMost("words", words, "想说的话"));
        if (solved == null || satisfied == null || !reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        if (!solved) {
            // a merged order goes its own way again, and what it was merged into has fewer who follow it
            orders.lockInOrder(id.district(), id.id());
        }
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var actor = admitted.actor();
        var round = order.round;
        var kept = order.state == OrderState.MERGED ? order.kept : null;
        if (kept != null) {
            var there = resultThere(new OrderId(id.district(), kept));
            if (Objects.equals(there.resolvedBy, reader.account())) {
                throw Refusal.of("处理的人不能自己评价。");
            }
            // the rating is about whoever did the work there: it counts for them, and who asks about it goes by them
            // too
            order.holder = there.holder;
            order.backstopHolds = there.backstopHolds;
            actor = beside(reader, actor, there);
        } else if (order.state == OrderState.ANSWERED) {
            inTime(order);
        }
        var waited = order.state == OrderState.AWAITING_RATING;
        var now = clock.instant();
        var steps = 1;
        if (Boolean.FALSE.equals(contacted) && order.contactedAt != null && !order.contactDenied) {
            orders.note(order, Holding.denyContact(order, actor, now));
            steps++;
        }
        var step = solved
                ? Rating.rate(order, actor, now, satisfied)
                : Rating.reopen(order, actor, now, satisfied, deadlines.current());
        order.rated =
                new Rated(reader.account(), round, solved, satisfied, words.strip(), step.as() != Standing.REPORTER);
        orders.save(order, steps, waited && !solved ? owed.goOn(order, step, now) : step, null);
        if (kept != null && !solved) {
            joiners.unfollow(id, new OrderId(id.district(), kept));
        }
    }

    /**
     * Who was merged into another order rates its result for themselves, under their own order, so that each counts once.
     * There must be a result; a week after the kept order has ended the time is over, as for everybody.
     */
    private WorkOrder resultThere(OrderId kept) {
        // an order of the archive may have been merged into one that still lives; there nobody is asked any more
        var order = orders.find(kept).orElseThrow(() -> Refusal.of("合并到的那张单不在一处，不能评价。"));
        var next = order.state == OrderState.MERGED ? order.kept : null;
        if (next != null) {
            return resultThere(new OrderId(kept.district(), next));
        }
        switch (order.state) {
            case AWAITING_RATING -> {
                // just verified
            }
            case CLOSED, CLOSED_UNRATED, ANSWERED -> inTime(order);
            default -> throw Refusal.of("合并到的那张单还没有结果，有了结果再来评价。");
        }
        return order;
    }

    /** Whoever works for the holder there asks nobody about its work. */
    private Actor beside(Reader reader, Actor actor, WorkOrder there) {
        var all = EnumSet.copyOf(actor.standings());
        standings.of(reader, there).stream()
                .filter(one -> one == Standing.MANAGER || one == Standing.STAFF)
                .forEach(all::add);
        return new Actor(actor.account(), all);
    }

    /** Whether this side can ask whoever phoned, and whose matter was merged, about the result of the order that was kept. */
    boolean asksMerged(WorkOrder order, Set<Standing> sides, long account) {
        var kept = order.kept;
        if (!order.called || order.solved != null || kept == null || sides.contains(Standing.REPORTER)) {
            return false;
        }
        try {
            var there = resultThere(new OrderId(order.id.district(), kept));
            return sides.contains(there.verifier()) && !Objects.equals(there.resolvedBy, account);
        } catch (Refusal notYet) {
            return false;
        }
    }

    /** What has ended can be rated as long as what was verified: after that a month that was reported stays as it is. */
    private void inTime(WorkOrder ended) {
        if (RatingTime.over(ended, deadlines.current(), clock.instant())) {
            throw Refusal.of("评价期过了。还没解决，请重新点单。");
        }
    }

    /** Ends the orders whose time for rating is over. A query over dates: being down for a while skips none. */
    public int closeUnrated() {
        var due = jdbc.sql("""
                select district, id from work_order
                where state = 'awaiting_rating' and due_at <= ? order by due_at limit ?
                """)
                .params(WorkOrders.stamp(clock.instant()), BATCH)
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
        var closed = 0;
        for (var id : due) {
            try {
                transaction.executeWithoutResult(status -> close(id));
                closed++;
            } catch (Refusal ratedMeanwhile) {
                LOG.debug("{} was rated meanwhile", id);
            } catch (RuntimeException fault) {
                LOG.warn("{} could not be closed; it is tried again, and holds up no other", id, fault);
            }
        }
        return closed;
    }

    private void close(OrderId id) {
        var order = orders.lock(id);
        orders.save(order, Rating.closeUnrated(order, clock.instant()), null);
    }
}
