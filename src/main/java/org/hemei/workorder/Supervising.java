package org.hemei.workorder;

import java.time.Instant;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;

/**
 * 督办 and 批示, the part of an order's verbs that presses without moving it: a mark with its own clock on any open order,
 * never a state (domain.md §2).
 */
final class Supervising {

    private Supervising() {}

    /** @param due when the written answer falls due */
    static Step supervise(
            WorkOrder order, Actor actor, Instant now, SupervisionGround ground, Instant due, Deadlines deadlines) {
        if (order.supervised) {
            throw Refusal.of("这张单已经在督办，不用再挂一次。");
        }
        order.supervised = true;
        owe(order, now, due, deadlines);
        return order.step(Verb.SUPERVISE, actor, now)
                .by(order.holder)
                .with("ground", ground.code())
                .due(due);
    }

    /** The holder answers; the community, as long as nobody holds the order. */
    static Step answer(WorkOrder order, Actor actor, Instant now) {
        marked(order);
        owed(order, actor, "督办");
        order.started = new OrderClock(Part.SUPERVISION, now, List.of(), List.of(), null);
        return order.step(Verb.ANSWER_SUPERVISION, actor, now).by(order.holder);
    }

    static Step sendBack(WorkOrder order, Actor actor, Instant now, Instant due, Deadlines deadlines) {
        marked(order);
        owe(order, now, due, deadlines);
        return order.step(Verb.RETURN_ANSWER, actor, now).by(order.holder).due(due);
    }

    static Step lift(WorkOrder order, Actor actor, Instant now) {
        marked(order);
        order.supervised = false;
        return order.step(Verb.LIFT_SUPERVISION, actor, now).by(order.holder);
    }

    /** @param owed the clock of whichever open mark falls due first; null: the one that runs is that one already */
    static Step instruct(WorkOrder order, Actor actor, Instant now, long mark, Instant due, @Nullable OrderClock owed) {
        order.started = owed;
        return order.step(Verb.INSTRUCT, actor, now)
                .by(order.holder)
                .with("mark", mark)
                .due(due);
    }

    /** @param next the clock of the open mark that falls due next, or none at all */
    static Step answerInstruction(WorkOrder order, Actor actor, Instant now, long mark, OrderClock next) {
        // what has ended presses nobody any more
        order.started = order.state.open() ? next : null;
        return order.step(Verb.ANSWER_INSTRUCTION, actor, now).by(order.holder).with("mark", mark);
    }

    /** The clock of the written answer: whoever owes it is reminded, and what is late goes up the line. */
    private static void owe(WorkOrder order, Instant now, Instant due, Deadlines deadlines) {
        order.started = owed(order, now, due, deadlines);
    }

    static OrderClock owed(WorkOrder order, Instant now, Instant due, Deadlines deadlines) {
        return deadlines.start(
                order.about(),
                Part.SUPERVISION,
                now,
                order.holder == null ? Level.COMMUNITY : Level.HOLDER,
                List.of(new Running(Timer.SUPERVISE, due, 0, Measure.WORKING_DAY)));
    }

    /** @param addressee whose answer it is; @param due null when no mark is open any more */
    static OrderClock mark(WorkOrder order, Instant now, Level addressee, @Nullable Instant due, Deadlines deadlines) {
        return due == null
                ? new OrderClock(Part.MARK, now, List.of(), List.of(), null)
                : deadlines.start(
                        order.about(),
                        Part.MARK,
                        now,
                        addressee,
                        List.of(new Running(Timer.MARK, due, 0, Measure.WORKING_DAY)));
    }

    private static void marked(WorkOrder order) {
        if (!order.supervised) {
            throw Refusal.of("这张单没有在督办。");
        }
    }

    /** Whose answer it is. */
    static void owed(WorkOrder order, Actor actor, String what) {
        var owes = order.holder == null ? Standing.COMMUNITY : Standing.MANAGER;
        if (!actor.standings().contains(owes)) {
            throw Refusal.of(order.holder == null ? what + "由社区来答复。" : what + "由处理单位来答复。");
        }
    }
}
