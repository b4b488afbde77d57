package org.hemei.workorder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The ways out of the mechanism and back into it, as part of an order's verbs: told where to go, handed on to another room
 * or place, and taken out of a merge. An order that is offered stays open until the other side takes it (domain.md §2).
 */
final class Leaving {

    private Leaving() {}

    /** 告知并移交: the resident reads where, why, phone and address; a listed exclusion, never silent. */
    static Step refer(WorkOrder order, Actor actor, Instant now, long channel) {
        var refers = refers(order);
        if (order.holder != null && !actor.standings().contains(refers)) {
            throw Refusal.of(order.backstopHolds ? "社区自己的队伍在办，归不归外面办由街道来定。" : "这一步归" + refers.words() + "来定。");
        }
        order.finish(now);
        var as = order.holder == null ? actor : new Actor(actor.account(), EnumSet.of(refers));
        return order.step(Verb.REFER, as, now).by(order.holder).with("channel", channel);
    }

    /** Who says that it is not for the mechanism: as with a return, nobody of their own team's work, nor against a ruling of the street. */
    static Standing refers(WorkOrder order) {
        var disputed = order.state == OrderState.RETURN_REQUESTED && Disputing.streets(order);
        return disputed || order.ruled || order.backstopHolds ? Standing.STREET : Standing.COMMUNITY;
    }

    /** @param due when the other side's answer falls due; what is not answered goes up the line on that side */
    static Step offer(WorkOrder order, Actor actor, Instant now, String target, Instant due, Deadlines deadlines) {
        order.dueAt = due;
        OrderTime.standStill(order, now);
        order.started = deadlines.start(
                order.about(),
                Part.DECISION,
                now,
                Level.COMMUNITY,
                List.of(new Running(Timer.TRANSFER, due, 0, Measure.WORKING_DAY)));
        return order.step(Verb.OFFER_TRANSFER, actor, now).by(order.holder).with("target", target);
    }

    static Step take(WorkOrder order, Actor actor, Instant now, String became) {
        order.finish(now);
        return order.step(Verb.TAKE_TRANSFER, actor, now).with("became", became);
    }

    /**
     * Not taken: to work again where somebody holds it, with what was left of its time; else to dispatch, with the whole time for
     * that: the wait was the other side's.
     *
     * @param since null for an order that nobody holds
     */
    static Step decline(
            WorkOrder order, Actor actor, Instant now, OrderTime.@Nullable Standstill since, Deadlines deadlines) {
        if (since == null) {
            order.intake(now, deadlines);
        } else {
            OrderTime.goOn(order, now, since, deadlines);
        }
        return order.step(
                        Verb.DECLINE_TRANSFER,
                        actor,
                        now,
                        since == null ? OrderState.AWAITING_DISPATCH : OrderState.IN_PROGRESS)
                .by(order.holder);
    }

    /**
     * Taken back by the side that offered it, from a holder that had no say in it and whose time goes on with what was left.
     *
     * @param since when it was offered
     */
    static Step recall(WorkOrder order, Actor actor, Instant now, OrderTime.Standstill since, Deadlines deadlines) {
        OrderTime.goOn(order, now, since, deadlines);
        return order.step(Verb.RECALL_TRANSFER, actor, now, OrderState.IN_PROGRESS)
                .by(order.holder);
    }

    /**
     * Taken back while nobody holds it: the community's own clock has run all the while, so that nobody gains time by offering.
     *
     * @param due when it falls due before the community
     */
    static Step recall(WorkOrder order, Actor actor, Instant now, @Nullable Instant due) {
        order.dueAt = due;
        order.woken = Part.INTAKE;
        return order.step(Verb.RECALL_TRANSFER, actor, now, OrderState.AWAITING_DISPATCH);
    }

    /** Follows another order of the same estate, which goes on. */
    static Step merge(WorkOrder order, Actor actor, Instant now, WorkOrder into) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (into.id.equals(order.id)) {
            reasons.add(new Refusal.Reason("kept", "不能合并到自己。请选另一张工单。"));
        } else if (into.estate != order.estate) {
            reasons.add(new Refusal.Reason("kept", "只能合并到同一个小区的工单。"));
        }
        if (!into.state.open()) {
            reasons.add(new Refusal.Reason("kept", "那张工单已经结束了。请选一张还在办的。"));
        }
        Said.check(reasons);
        order.kept = into.id.id();
        order.finish(now);
        return order.step(Verb.MERGE, actor, now).with("kept", into.id.id());
    }

    /** 取消合并: it was another matter after all, and goes its own way again. */
    static Step unmerge(WorkOrder order, Actor actor, Instant now, Deadlines deadlines) {
        var kept = order.kept;
        order.kept = null;
        order.holder = null;
        order.closedAt = null;
        order.solved = null;
        order.satisfied = null;
        order.intake(now, deadlines);
        var step = order.step(Verb.UNMERGE, actor, now);
        return kept == null ? step : step.with("kept", kept);
    }

    /**
     * By the reporter; by the community for somebody who has no account and asked for it by phone or in person. While neighbours
     * follow it the order goes on for them, and the community, which asks them, ends it.
     */
    static Step withdraw(WorkOrder order, Actor actor, Instant now) {
        var community = actor.standings().contains(Standing.COMMUNITY);
        if (order.reporter != null && !order.givenUp && !actor.standings().contains(Standing.REPORTER)) {
            throw Refusal.of("点单人自己能撤单，别人不能替他撤。");
        }
        if (order.joined > 0 && order.givenUp && !community) {
            throw Refusal.of("您说过不用办了。还有邻居也遇到，单子接着办，社区问过他们再定。");
        }
        if (order.joined > 0 && !order.givenUp) {
            return order.step(Verb.WITHDRAW, actor, now, order.state)
                    .by(order.holder)
                    .with("goes_on", order.joined);
        }
        order.finish(now);
        return order.step(Verb.WITHDRAW, actor, now);
    }
}
