package org.hemei.workorder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hemei.workorder.Deadlines.About;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.WorkOrder.Actor;

/**
 * 更正: what an order is about was filed wrongly, and is put right before anybody works on it. Its clocks run as if it had been
 * filed so from the start, so that nobody gains time by correcting late; where that end has passed already, from now, so that
 * nobody is late by it either (decision 77).
 */
final class Correcting {

    private Correcting() {}

    /**
     * @param running the clock it runs by: of the intake, or of the work that nobody has taken yet
     * @param routed the deadline class of the routing rule for the right category
     */
    static Step correct(
            WorkOrder order,
            Actor actor,
            Instant now,
            String category,
            Urgency urgency,
            Urgency routed,
            OrderClock running,
            Deadlines deadlines) {
        var before = about(order);
        order.category = category;
        order.urgency = urgency;
        if (order.holder != null) {
            order.deadlineClass = routed == urgency ? null : routed;
        }
        var about = about(order);
        if (about.equals(before)) {
            // only the place was wrong: the clock runs on, with whatever was added to it meanwhile
            return order.step(Verb.CORRECT, actor, now).by(order.holder);
        }
        var timers = running.timers().stream()
                .map(timer -> again(deadlines, about, timer, running.since(), now))
                .toList();
        order.started = new OrderClock(
                running.part(), running.since(), timers, plan(deadlines, about, running, timers, now), null);
        if (running.part() == Part.INTAKE) {
            order.dueAt = order.started.due(Timer.ACCEPT);
        } else {
            order.contactDue =
                    order.started.find(Timer.CONTACT).map(Running::due).orElse(order.contactDue);
            order.resolveDue = order.started.due(Timer.RESOLVE);
            order.dueAt = order.started.due(Timer.TAKE);
        }
        return order.step(Verb.CORRECT, actor, now).by(order.holder);
    }

    private static About about(WorkOrder order) {
        return order.holder == null ? new About(order.category, order.urgency) : order.about();
    }

    private static Running again(Deadlines deadlines, About about, Running timer, Instant since, Instant now) {
        if (timer.due().isBefore(since)) {
            return timer; // the first contact of a holder that was named again, missed before
        }
        var asFiled = deadlines.running(about, timer.timer(), since);
        return asFiled.due().isAfter(now) || !timer.due().isAfter(now)
                ? asFiled
                : deadlines.running(about, timer.timer(), now);
    }

    /** What has happened stays; what lies ahead is by the right rules, and nothing is told twice. */
    private static List<Planned> plan(
            Deadlines deadlines, About about, OrderClock before, List<Running> timers, Instant now) {
        var planned = new ArrayList<Planned>();
        for (var timer : timers) {
            var was = before.planned(timer.timer());
            if (before.timers().contains(timer)) {
                planned.addAll(was);
                continue;
            }
            var fired = was.stream().filter(step -> !step.ahead()).toList();
            var anew = deadlines.plan(about, timer, now, Level.REPORTER).stream()
                    .filter(step -> fired.stream()
                            .noneMatch(past -> past.warning() == step.warning() && past.level() == step.level()));
            Stream.concat(fired.stream(), anew).forEach(planned::add);
        }
        return planned.stream().sorted(Planned.IN_ORDER).toList();
    }
}
