package org.hemei.workorder;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;

/**
 * 共评, the part of an order's verbs that is about the reporter's word on the result; silence is never counted as satisfied. Whoever
 * phoned or came has no account to say it with: they are asked by phone (电话回访), by the side that verifies, never by those who did
 * the work (decision 61).
 */
final class Rating {

    private static final String NOT_THEM = "办这一单的人不能回访。请换一位同事打电话。";

    private Rating() {}

    /** The reporter says it is solved, and how satisfied they are; silence never gets here. */
    static Step rate(WorkOrder order, Actor actor, Instant now, int satisfaction) {
        var rater = rater(order, actor);
        order.solved = true;
        order.satisfied = satisfaction;
        if (order.state == OrderState.AWAITING_RATING) {
            order.finish(now);
        }
        return order.step(Verb.RATE, rater, now).with("satisfied", satisfaction);
    }

    /** 没解决 → 二次交办: the same holder starts again, with fresh clocks; an answered or merged order goes to dispatch. */
    static Step reopen(WorkOrder order, Actor actor, Instant now, Integer satisfaction, Deadlines deadlines) {
        var rater = rater(order, actor);
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
            order.started = deadlines
                    .start(order.about(), Part.WORK, now, Level.REPORTER, timers(order, now, deadlines))
                    .fromNowOn(now);
            order.resolveDue = order.started.due(Timer.RESOLVE);
            order.dueAt = order.resolveDue;
        }
        return order.step(Verb.REOPEN, rater, now).by(order.holder).with("satisfied", satisfaction);
    }

    /** The work anew; a first contact that is still owed keeps its end. */
    private static List<Running> timers(WorkOrder order, Instant now, Deadlines deadlines) {
        var resolve = HotlineDay.nearer(deadlines.running(order.about(), Timer.RESOLVE, now), order, now);
        var due = order.contactDue;
        if (due == null || !order.contactOpen()) {
            return List.of(resolve);
        }
        var contact = deadlines.rule(order.about(), Timer.CONTACT);
        return List.of(new Running(Timer.CONTACT, due, contact.id(), contact.measure()), resolve);
    }

    /** Whether somebody with these standings can ask the caller and write down what they said. */
    static boolean asks(WorkOrder order, Set<Standing> standings) {
        return order.called
                && standings.contains(order.verifier())
                && !standings.contains(Standing.MANAGER)
                && !standings.contains(Standing.STAFF);
    }

    private static Actor rater(WorkOrder order, Actor actor) {
        mayRate(order, actor);
        return speaker(order, actor, "点单人自己评价，别人不能替他评。");
    }

    /**
     * Who says it: the reporter, or whoever asked the caller, in the name of the side that asks.
     *
     * @param notTheirs what others are told where there is an account to say it with
     */
    static Actor speaker(WorkOrder order, Actor actor, String notTheirs) {
        var standings = actor.standings();
        if (standings.contains(Standing.REPORTER)
                || !standings.contains(Standing.COMMUNITY) && !standings.contains(Standing.STREET)) {
            return actor;
        }
        if (!order.called) {
            throw Refusal.of(notTheirs);
        }
        if (!standings.contains(order.verifier())) {
            throw Refusal.of(order.backstopHolds ? "社区自己办的，由街道来回访。" : "这张工单由社区回访。");
        }
        if (!asks(order, standings)) {
            throw Refusal.of(NOT_THEM);
        }
        return new Actor(actor.account(), EnumSet.of(order.verifier()));
    }

    private static void mayRate(WorkOrder order, Actor actor) {
        if (actor.account() != null && actor.account().equals(order.resolvedBy)) {
            throw Refusal.of(order.called ? NOT_THEM : "处理的人不能自己评价。");
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
