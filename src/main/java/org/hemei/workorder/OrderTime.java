package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.OrderClock.Stop;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;

/** The verbs of an order that change its time, and those that time itself has. They move it by the same table. */
final class OrderTime {

    private OrderTime() {}

    /** 延期: asked before the deadline, once for an order, within what the rule allows (domain.md §2). */
    static Step askExtension(
            WorkOrder order, Actor actor, Instant now, int days, boolean extended, Deadlines deadlines) {
        var most = deadlines.rule(order.about(), Timer.EXTEND).amount();
        var reasons = new ArrayList<Refusal.Reason>();
        if (days < 1 || days > most) {
            reasons.add(new Refusal.Reason("days", "最多延 " + most + " 个工作日。请填 1 到 " + most + "。"));
        }
        if (extended) {
            reasons.add(new Refusal.Reason(null, "这张单延过一次了，不能再延。有客观障碍，可以申请挂起。"));
        }
        var due = order.resolveDue;
        if (reasons.isEmpty() && due != null && now.isBefore(due)) {
            passedDay(order, deadlines.extended(due, days, now), now)
                    .ifPresent(day -> reasons.add(
                            new Refusal.Reason("days", "热线要求 " + CivilTime.day(day) + " 前办结，延期不能过这天。热线改了办结日再申请。")));
        }
        reasons.addAll(beforeTheDeadline(order, now, "延期"));
        Said.check(reasons);
        return ask(order, Verb.ASK_EXTENSION, actor, now, deadlines).with("days", days);
    }

    /** 挂起: for an objective obstacle, until a day; the resident has been told before (domain.md §2). */
    static Step askSuspension(
            WorkOrder order,
            Actor actor,
            Instant now,
            String obstacle,
            LocalDate until,
            int most,
            Deadlines deadlines) {
        var reasons = new ArrayList<Refusal.Reason>();
        var today = CivilTime.date(now);
        if (!until.isAfter(today) || until.isAfter(today.plusDays(most))) {
            reasons.add(new Refusal.Reason(
                    "until", "恢复的日子要在明天到 " + CivilTime.day(today.plusDays(most)) + " 之间，最多停 " + most + " 天。"));
        }
        if (order.contactOpen()) {
            reasons.add(new Refusal.Reason(null, "先联系居民，说清为什么要等，再申请挂起。"));
        }
        reasons.addAll(beforeTheDeadline(order, now, "挂起"));
        Said.check(reasons);
        return ask(order, Verb.ASK_SUSPENSION, actor, now, deadlines)
                .with("obstacle", obstacle)
                .with("until", until.toString());
    }

    /** The hotline's own day is not ours to put off (decision 87). */
    private static Optional<LocalDate> passedDay(WorkOrder order, Instant due, Instant now) {
        return Optional.ofNullable(order.hotlineDue).filter(day -> HotlineDay.passed(due, order, now));
    }

    private static List<Refusal.Reason> beforeTheDeadline(WorkOrder order, Instant now, String what) {
        var due = order.resolveDue;
        return due != null && now.isBefore(due)
                ? List.of()
                : List.of(new Refusal.Reason(null, "已经过了处理期限，不能再申请" + what + "。请尽快处理，或联系社区。"));
    }

    private static Step ask(WorkOrder order, Verb verb, Actor actor, Instant now, Deadlines deadlines) {
        var decision = deadlines.start(order.about(), Part.DECISION, now, order.decidingLevel(), Timer.DECIDE);
        order.started = decision;
        return order.step(verb, actor, now)
                .by(order.holder)
                .with("decide", decision.due(Timer.DECIDE).toString());
    }

    /** Of the end that a granted extension comes to, see {@link Deadlines#extended}. */
    static Step grantExtension(
            WorkOrder order, Actor actor, Instant now, TimeRequest request, OrderClock work, Deadlines deadlines) {
        mayDecide(order, actor, request);
        var resolve = work.find(Timer.RESOLVE).orElseThrow();
        var longer = deadlines.extended(resolve, Objects.requireNonNull(request.days()), now);
        // whoever decides has no field for the days
        passedDay(order, longer.due(), now).ifPresent(day -> {
            throw Refusal.of("热线要求 " + CivilTime.day(day) + " 前办结，延期会过这天。请选不同意。");
        });
        restart(order, now, longer, work, deadlines);
        return order.step(Verb.GRANT_EXTENSION, actor, now).by(order.holder).with("days", request.days());
    }

    static Step refuse(WorkOrder order, Actor actor, Instant now, TimeRequest request) {
        mayDecide(order, actor, request);
        var verb = request.extension() ? Verb.REFUSE_EXTENSION : Verb.REFUSE_SUSPENSION;
        return order.step(verb, actor, now).by(order.holder);
    }

    /** Freezes what was left when it was asked for: the time the decision took is not the holder's. */
    static Step grantSuspension(
            WorkOrder order, Actor actor, Instant now, TimeRequest request, OrderClock work, Deadlines deadlines) {
        mayDecide(order, actor, request);
        var until = Objects.requireNonNull(request.until());
        if (!until.isAfter(CivilTime.date(now))) {
            throw Refusal.of("申请停到的日子已经过了。请选不同意，让对方重新申请。");
        }
        var left = Math.toIntExact(deadlines
                .left(work.find(Timer.RESOLVE).orElseThrow(), request.askedAt())
                .toSeconds());
        var obstacle = Objects.requireNonNull(request.obstacle());
        order.dueAt = null;
        order.resolveDue = null;
        order.started = work.stopped(new Stop(now, left, until, obstacle));
        return order.step(Verb.GRANT_SUSPENSION, actor, now)
                .by(order.holder)
                .with("obstacle", obstacle)
                .with("until", until.toString())
                .with("left", left);
    }

    /** By the holder or the community as soon as the obstacle is gone; by the clock on the day that was set. */
    static Step resume(WorkOrder order, Actor actor, Instant now, OrderClock work, Deadlines deadlines) {
        var stop = work.stop();
        if (stop == null) {
            throw Refusal.of("这张单没有挂起。");
        }
        if (actor.equals(Actor.CLOCK) && now.isBefore(CivilTime.startOf(stop.resumes()))) {
            throw Refusal.of("还没到恢复的日子。");
        }
        var resolve = work.find(Timer.RESOLVE).orElseThrow();
        var on = deadlines.resumed(resolve, now, Duration.ofSeconds(stop.secondsLeft()));
        restart(order, now, HotlineDay.nearer(on, order, now), work, deadlines);
        return order.step(Verb.RESUME, actor, now).by(order.holder);
    }

    /**
     * Others decide whose order it is, and the holder may neither contact nor report: its time stands still. What is late already
     * stays so.
     */
    static void standStill(WorkOrder order, Instant now) {
        if (order.holder == null) {
            return;
        }
        order.contactDue = order.contactOpen() ? passed(order.contactDue, now) : order.contactDue;
        order.resolveDue = passed(order.resolveDue, now);
    }

    private static @Nullable Instant passed(@Nullable Instant due, Instant now) {
        return due == null || due.isAfter(now) ? null : due;
    }

    /** It stays with the holder after all, whose time goes on with what was left of it. */
    static void goOn(WorkOrder order, Instant now, Standstill since, Deadlines deadlines) {
        var work =
                GoingOn.standing(deadlines, since.work, since.at, now, timer -> HotlineDay.nearer(timer, order, now));
        if (work.find(Timer.RESOLVE).isEmpty()) {
            var running = new ArrayList<>(work.timers());
            running.add(HotlineDay.nearer(deadlines.running(order.about(), Timer.RESOLVE, now), order, now));
            work = GoingOn.again(deadlines, order.about(), work, now, running);
        }
        order.resolveDue = work.due(Timer.RESOLVE);
        if (order.contactOpen()) {
            var late = order.contactDue;
            order.contactDue = work.find(Timer.CONTACT)
                    .map(Running::due)
                    .orElseGet(() -> late == null ? deadlines.due(order.about(), Timer.CONTACT, now) : late);
        }
        order.started = work;
        order.dueAt = order.resolveDue;
    }

    /** @param at since when the holder's time stands still; @param work the clock of the work as it was then */
    record Standstill(Instant at, OrderClock work) {}

    /** The holder is to take it after all, with the whole time for taking. */
    static void takeAgain(WorkOrder order, Instant now, Standstill since, Deadlines deadlines) {
        goOn(order, now, since, deadlines);
        var work = Objects.requireNonNull(order.started);
        var running = new ArrayList<Running>();
        running.add(deadlines.running(order.about(), Timer.TAKE, now));
        work.timers().stream().filter(timer -> timer.timer() != Timer.TAKE).forEach(running::add);
        order.started = GoingOn.again(deadlines, order.about(), work, now, running);
        order.dueAt = order.started.due(Timer.TAKE);
    }

    private static void restart(WorkOrder order, Instant now, Running resolve, OrderClock work, Deadlines deadlines) {
        var running = new ArrayList<Running>();
        work.find(Timer.CONTACT).ifPresent(running::add);
        running.add(resolve);
        order.started = GoingOn.again(deadlines, order.about(), work, now, running);
        order.resolveDue = resolve.due();
        order.dueAt = resolve.due();
    }

    /** What the clock does by itself; it changes no fact of the order. */
    static Step fire(WorkOrder order, Instant now, Planned planned) {
        var verb = planned.warning() ? Verb.WARN : Verb.ESCALATE;
        var step = order.step(verb, Actor.CLOCK, now).by(order.holder);
        return new Step(
                step.seq(),
                step.at(),
                verb,
                step.from(),
                step.to(),
                null,
                Standing.CLOCK,
                step.body(),
                null,
                step.dueAt(),
                Map.of(
                        "timer", planned.timer().code(),
                        "level", planned.level().code(),
                        "planned", planned.at().toString(),
                        "step_rule", planned.rule(),
                        "ahead", planned.warning()));
    }

    /** The community decides; the street, where the community's own team holds the order. Nobody decides what they asked for. */
    private static void mayDecide(WorkOrder order, Actor actor, TimeRequest request) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (!order.decides(actor.standings())) {
            reasons.add(new Refusal.Reason(null, "这个申请由" + order.verifier().words() + "来定。"));
        }
        if (Objects.equals(actor.account(), request.askedBy())) {
            reasons.add(new Refusal.Reason(null, "自己提的申请不能自己定。请换一位同事来定。"));
        }
        Said.check(reasons);
    }
}
