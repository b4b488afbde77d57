package org.hemei.workorder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.WorkOrder.Actor;

/** 核验, the part of an order's verbs that is about looking at what was reported done. */
final class Verifying {

    private Verifying() {}

    /** 核验: never by whoever did the work; the street's, where the community's own team did it (domain.md §2). */
    static Step verify(WorkOrder order, Actor actor, Instant now, Deadlines deadlines) {
        Said.check(verifierReasons(order, actor));
        order.started = deadlines.start(order.about(), Part.RATING, now, Level.REPORTER, Timer.RATE);
        order.dueAt = order.started.due(Timer.RATE);
        return order.step(Verb.VERIFY, actor, now);
    }

    /** Not done yet: the holder goes on with what was left when it reported; the wait for the verifier was not its time. */
    static Step sendBack(WorkOrder order, Actor actor, Instant now, OrderTime.Standstill since, Deadlines deadlines) {
        Said.check(verifierReasons(order, actor));
        order.resolvedAt = null;
        order.resolvedBy = null;
        OrderTime.goOn(order, now, since, deadlines);
        return order.step(Verb.SEND_BACK, actor, now).by(order.holder);
    }

    private static List<Refusal.Reason> verifierReasons(WorkOrder order, Actor actor) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (actor.account() != null && actor.account().equals(order.resolvedBy)) {
            reasons.add(new Refusal.Reason(null, "处理的人不能自己核验。请换一位同事来看。"));
        }
        if (!order.decides(actor.standings())) {
            reasons.add(new Refusal.Reason(null, order.backstopHolds ? "社区自己办的，由街道来核验。" : "这张工单由社区核验。"));
        }
        return reasons;
    }
}
