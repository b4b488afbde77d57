package org.hemei.workorder;

import java.time.Instant;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.WorkOrder.Actor;

/** 共评, the part of an order's verbs that is about the reporter's word on the result; silence is never counted as satisfied. */
final class Rating {

    private Rating() {}

    /** The reporter says it is solved, and how satisfied they are; silence never gets here. */
    static Step rate(WorkOrder order, Actor actor, Instant now, int satisfaction) {
        mayRate(order, actor);
        order.solved = true;
        order.satisfied = satisfaction;
        if (order.state == OrderState.AWAITING_RATING) {
            order.finish(now);
        }
        return order.step(Verb.RATE, actor, now).with("satisfied", satisfaction);
    }

    /** 没解决 → 二次交办: the same holder starts again, with fresh clocks; an answered or merged order goes to dispatch. */
    static Step reopen(WorkOrder order, Actor actor, Instant now, Integer satisfaction, Deadlines deadlines) {
        mayRate(order, actor);
        order.round++;
        order.solved = null;
        order.satisfied = null;
        order.closedAt = null;
        order.resolvedAt = null;
        order.resolvedBy = null;
        order.kept = null;
        if (order.state == OrderState.ANSWERED || order.state == OrderState.MERGED) {
            order.holder = null;
            order.intake(now, deadlines);
        } else {
            order.started = deadlines.start(order.about(), Part.WORK, now, Level.REPORTER, Timer.RESOLVE);
            order.resolveDue = order.started.due(Timer.RESOLVE);
            order.dueAt = order.resolveDue;
        }
        return order.step(Verb.REOPEN, actor, now).by(order.holder).with("satisfied", satisfaction);
    }

    private static void mayRate(WorkOrder order, Actor actor) {
        if (actor.account() != null && actor.account().equals(order.resolvedBy)) {
            throw Refusal.of("处理的人不能自己评价。");
        }
        if (order.solved != null) {
            throw Refusal.of(order.state == OrderState.ANSWERED ? "您已经评价过这次答复。" : "您已经评价过。");
        }
    }

    static Step closeUnrated(WorkOrder order, Instant now) {
        if (order.dueAt == null || now.isBefore(order.dueAt)) {
            throw Refusal.of("评价期还没过。");
        }
        order.finish(now);
        return order.step(Verb.CLOSE_UNRATED, Actor.CLOCK, now);
    }
}
