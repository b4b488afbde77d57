package org.hemei.workorder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;

/**
 * Who holds an order and what that holder owes the resident first, as part of an order's verbs: named and taken from, taken up, given to
 * a worker, contacted. A contact is that of whoever held the order then (decision 81).
 */
final class Holding {

    private Holding() {}

    /**
     * Names the body that answers for the order, and starts its clocks; remembers the routing rule and whether it was
     * followed.
     */
    static Step dispatch(
            WorkOrder order,
            Actor actor,
            Instant now,
            long body,
            boolean backstop,
            RoutingBook.Answer routing,
            Deadlines deadlines) {
        order.deadlineClass = routing.urgency() == order.urgency ? null : routing.urgency();
        var step = dispatch(order, actor, now, body, backstop, deadlines);
        var rule = routing.rule();
        return rule == null
                ? step
                : step.with("rule", rule.id()).with("followed", routing.body() != null && routing.body() == body);
    }

    /** The same where no rule has a say. */
    static Step dispatch(WorkOrder order, Actor actor, Instant now, long body, boolean backstop, Deadlines deadlines) {
        var before = order.holder;
        if (before == null) {
            order.communitysOrUp(actor);
            hold(order, body, backstop, now, deadlines);
            return order.step(Verb.DISPATCH, actor, now).by(body);
        }
        return Disputing.redispatch(order, actor, now, before, body, () -> hold(order, body, backstop, now, deadlines));
    }

    /**
     * A new holder, with clocks of its own. One that is named again, also after it gave the order back or another held it, keeps the
     * end of its first contact when it logged one, or is late already: being named again makes nothing in time that was not.
     */
    static void hold(WorkOrder order, long body, boolean backstop, Instant now, Deadlines deadlines) {
        if (order.holder == null || order.holder != body) {
            leave(order, now);
            var earlier = order.before.get(body);
            if (earlier != null) {
                order.contactDue = earlier.due();
                order.contactedAt = earlier.contactedAt();
                order.contactDenied = earlier.denied();
                order.again = body;
            }
        }
        order.holder = body;
        order.backstopHolds = backstop;
        order.assignee = null;
        var running = new ArrayList<>(List.of(deadlines.running(order.about(), Timer.TAKE, now)));
        if (!order.nobody) {
            var contact = deadlines.running(order.about(), Timer.CONTACT, now);
            running.add(
                    order.contactDue != null && (!order.contactOpen() || !order.contactDue.isAfter(now))
                            ? new Running(Timer.CONTACT, order.contactDue, contact.rule(), contact.measure())
                            : contact);
        }
        running.add(HotlineDay.nearer(deadlines.running(order.about(), Timer.RESOLVE, now), order, now));
        var clocks = deadlines
                .start(order.about(), Part.WORK, now, Level.REPORTER, running)
                .fromNowOn(now);
        order.contactDue = clocks.find(Timer.CONTACT).map(Running::due).orElse(null);
        order.resolveDue = clocks.due(Timer.RESOLVE);
        order.dueAt = clocks.due(Timer.TAKE);
        order.started = clocks;
        order.woken = order.assisted ? Part.HELP : null;
    }

    /** What the holder logged, missed or was denied stays with it, and is neither the merit nor the fault of the next. */
    static void leave(WorkOrder order, Instant now) {
        order.left = HeldBefore.of(order, now);
        order.holder = null;
        order.backstopHolds = false;
        order.assignee = null;
        order.contactDue = null;
        order.contactedAt = null;
        order.contactDenied = false;
    }

    static Step take(WorkOrder order, Actor actor, Instant now) {
        order.dueAt = order.resolveDue;
        return order.step(Verb.TAKE, actor, now).by(order.holder);
    }

    static Step assign(WorkOrder order, Actor actor, Instant now, long worker) {
        order.assignee = worker;
        return order.step(Verb.ASSIGN, actor, now).by(order.holder).with("assignee", worker);
    }

    /**
     * A logged contact counts as the answer to the resident, unless the resident says otherwise. After that the next one counts, and
     * from when it was made: what comes too late then stays missed, and can be denied again.
     */
    static Step contact(WorkOrder order, Actor actor, Instant now, String how) {
        if (order.nobody && how.equals("message")) {
            throw Refusal.of("how", "点单人没有账号，也没留电话，留言转不到。当面说了的，请选上门。");
        }
        if (order.contactOpen()) {
            order.contactedAt = now;
            order.contactDenied = false;
        }
        return order.step(Verb.CONTACT, actor, now).by(order.holder).with("how", how);
    }

    /** 没联系: the resident's word goes before the log; a caller's is written down by the side that asks them (decision 61). */
    static Step denyContact(WorkOrder order, Actor actor, Instant now) {
        var speaker = Rating.speaker(order, actor, "联系没联系，点单人自己说，别人不能替他说。");
        var own = speaker.standings().contains(Standing.REPORTER);
        if (order.contactedAt == null) {
            throw Refusal.of(own ? "物业还没有登记联系过您，不用再说。可以催一催。" : "处理单位还没有登记联系过他，不用再记。可以催一催。");
        }
        if (order.contactDenied) {
            throw Refusal.of(own ? "您已经说过没联系。" : "已经记过他说没联系。");
        }
        order.contactDenied = true;
        order.woken = Part.WORK;
        return order.step(Verb.DENY_CONTACT, speaker, now);
    }
}
