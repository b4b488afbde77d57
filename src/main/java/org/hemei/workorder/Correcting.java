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
 * nobody is late by it either (decision 77). The time for which it stood still meanwhile is nobody's under the right class either.
 */
final class Correcting {

    /** While others decided on a return that they refused. */
    record Stood(Instant from, Instant until) {}

    /** @param stood for how long it stood still since it began, in order */
    record Runs(OrderClock clock, List<Stood> stood) {}

    private Correcting() {}

    /**
     * @param runs the clock it runs by: of the intake, or of the work that nobody has taken yet
     * @param routed the deadline class of the routing rule for the right category
     */
    static Step correct(
            WorkOrder order,
            Actor actor,
            Instant now,
            String category,
            Urgency urgency,
            Urgency routed,
            Runs runs,
            Deadlines deadlines) {
        var running = runs.clock;
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
                .map(timer -> again(order, deadlines, timer, runs, now))
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

    private static Running again(WorkOrder order, Deadlines deadlines, Running timer, Runs runs, Instant now) {
        if (timer.due().isBefore(runs.clock.since())) {
            return timer; // the first contact of a holder that was named again, missed before
        }
        var about = about(order);
        var begun = runs.clock.since();
        var asFiled = HotlineDay.nearer(asFiled(deadlines, about, timer.timer(), runs), order, begun);
        return asFiled.due().isAfter(now) || !timer.due().isAfter(now)
                ? asFiled
                : HotlineDay.nearer(deadlines.running(about, timer.timer(), now), order, now);
    }

    /** As if it had been filed so, and had stood still as it did; a refused return gave the whole time for taking again. */
    private static Running asFiled(Deadlines deadlines, About about, Timer timer, Runs runs) {
        if (timer == Timer.TAKE && !runs.stood.isEmpty()) {
            return deadlines.running(about, timer, runs.stood.getLast().until);
        }
        var running = deadlines.running(about, timer, runs.clock.since());
        for (var stood : runs.stood) {
            if (running.due().isAfter(stood.from)) {
                running = deadlines.resumed(running, stood.until, deadlines.left(running, stood.from));
            }
        }
        return running;
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
