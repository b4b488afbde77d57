package org.hemei.workorder;

import java.time.Instant;
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
 * 退单与裁定, the part of an order's verbs that is about who answers for it (domain.md §2): one return per holder with a
 * reason and within its limit, the second dispute of an order is the street's, and its ruling is the last word.
 */
final class Disputing {

    /** In the step that takes an order from its holder: when the first contact had been due that the holder missed. */
    static final String MISSED_CONTACT = "missed_contact";

    private Disputing() {}

    /** Whether the street decides: on the second dispute, and where the community's own team is the holder. */
    static boolean streets(WorkOrder order) {
        return order.disputes >= 2 || order.backstopHolds;
    }

    /**
     * The holder says that it is not for it.
     *
     * @param latest until when this holder may say so; @param decideBy when the answer falls due
     */
    static Step request(
            WorkOrder order,
            Actor actor,
            Instant now,
            Instant latest,
            Instant decideBy,
            String ground,
            Deadlines deadlines) {
        if (order.ruled) {
            throw Refusal.of("街道已经裁定由您单位办，不能再退。有困难可以请协办，或申请延期。");
        }
        if (now.isAfter(latest)) {
            throw Refusal.of("过了退单的期限，不能再退。有困难可以请协办，或申请延期。");
        }
        order.disputes++;
        order.dueAt = decideBy;
        OrderTime.standStill(order, now);
        order.started = deadlines.start(
                order.about(),
                Part.DECISION,
                now,
                streets(order) ? Level.STREET : Level.COMMUNITY,
                List.of(new Running(Timer.DECIDE, decideBy, 0, Measure.WORKING_DAY)));
        return order.step(Verb.REQUEST_RETURN, actor, now).by(order.holder).with("ground", ground);
    }

    /**
     * 同意退单: nobody holds it until the community names another. A first contact that was made or missed by then stays with whoever
     * held it; of a missed one the step says so.
     */
    static Step grant(WorkOrder order, Actor actor, Instant now, Deadlines deadlines) {
        communitys(order, actor);
        var from = order.holder;
        var missed = missedContact(order);
        Holding.leave(order, now);
        order.resolveDue = null;
        order.intake(now, deadlines);
        var step = order.step(Verb.GRANT_RETURN, actor, now).by(from);
        return missed == null ? step : step.with(MISSED_CONTACT, missed.toString());
    }

    /** When it was due; null when it was made in time, or its time stood still before it was over. */
    private static @Nullable Instant missedContact(WorkOrder order) {
        var due = order.contactDue;
        var made = order.contactOpen() ? null : order.contactedAt;
        return due != null && (made == null || made.isAfter(due)) ? due : null;
    }

    /** 不同意退单: back to where it was; the wait was not the holder's time, which goes on with what was left. */
    static Step refuse(
            WorkOrder order, Actor actor, Instant now, boolean taken, OrderTime.Standstill since, Deadlines deadlines) {
        communitys(order, actor);
        if (taken) {
            OrderTime.goOn(order, now, since, deadlines);
        } else {
            OrderTime.takeAgain(order, now, since, deadlines);
        }
        return order.step(Verb.REFUSE_RETURN, actor, now, taken ? OrderState.IN_PROGRESS : OrderState.DISPATCHED)
                .by(order.holder);
    }

    private static void communitys(WorkOrder order, Actor actor) {
        if (streets(order)) {
            throw Refusal.of(order.backstopHolds ? "社区自己的队伍退的单，由街道来裁定。" : "这张单第二次有争议，由街道来裁定。");
        }
        if (actor.standings().contains(Standing.STREET) && !order.takesIn(actor.standings())) {
            throw Refusal.of("第一次退单由社区来定。社区到期没定，您可以替社区定。");
        }
    }

    /** Who names another holder, or sends the matter elsewhere, once somebody holds it: after a ruling the street, whose word is the last. */
    static Standing names(WorkOrder order) {
        return order.ruled ? Standing.STREET : Standing.COMMUNITY;
    }

    /** 改派: taken from a holder that has not asked for it. One that missed its first contact by then has missed it, and the step says so. */
    static Step redispatch(WorkOrder order, Actor actor, Instant now, long from, long to, Runnable hold) {
        var names = names(order);
        if (!actor.standings().contains(names)) {
            throw Refusal.of(order.ruled ? "街道裁定过由谁办，要换由街道来定。" : "改派由社区来定。");
        }
        if (from == to) {
            throw Refusal.of("holder", "已经派给这一家了。要换就选另一家。");
        }
        var missed = missedContact(order);
        hold.run();
        var step = order.step(Verb.DISPATCH, new Actor(actor.account(), EnumSet.of(names)), now)
                .by(to)
                .takenFrom(from, to);
        return missed == null || missed.isAfter(now) ? step : step.with(MISSED_CONTACT, missed.toString());
    }

    /** 街道裁定: names the holder, which can be the one that returned it, another, or the community's backstop team. */
    static Step rule(WorkOrder order, Actor actor, Instant now, long body, boolean backstop, Deadlines deadlines) {
        if (!streets(order)) {
            throw Refusal.of("第一次退单由社区来定。第二次有争议，街道才裁定。");
        }
        order.ruled = true;
        var before = order.holder;
        Holding.hold(order, body, backstop, now, deadlines);
        return order.step(Verb.RULE, actor, now).by(body).takenFrom(before, body);
    }
}
