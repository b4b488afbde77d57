package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;

/** From 接单 to 报处理好: someone is sent, the resident hears of it, others help. */
final class Repair {

    private final Scene scene;
    private final Order order;
    private final Dice dice;

    Repair(Scene scene) {
        this.scene = scene;
        this.order = scene.order;
        this.dice = scene.dice;
    }

    /** Whether it was reported done by now. */
    boolean work() {
        var start = order.lastAt();
        var due = order.resolveDue == null ? start.plus(Duration.ofDays(5)) : order.resolveDue;
        var done = scene.plan.stand() == OrderState.IN_PROGRESS ? scene.world.now() : done(start, due);
        assign(start.plus(Scene.minutes(4 + dice.spread() * 6)), done);
        contact(scene.late(scene.desk(8, 45, 130), 0.06), done);
        if (order.round == 1
                && (scene.plan.forTheList() || dice.chance(order.topic.helped()))
                && !order.topic.helper().isEmpty()) {
            scene.world.assists().help(order, scene.crew, done, scene.world);
        } else if (order.reporter != null) {
            interruptions(order.reporter, due, done);
        }
        return resolve(done.isAfter(order.lastAt()) ? done : order.lastAt().plusSeconds(300));
    }

    /** Mostly well before the deadline, one in ten too late; craftsmen come by day unless it is urgent. */
    private Instant done(Instant start, Instant due) {
        double part = dice.chance(0.1) ? 1.05 + dice.fraction() * 0.9 : Math.min(0.95, 0.12 + 0.28 * dice.spread());
        long seconds = Math.max(3600, Duration.between(start, due).toSeconds());
        var done = start.plusSeconds((long) (seconds * part));
        return order.topic.urgency() == Urgency.URGENT
                ? done
                : scene.world.hours().daytime(done);
    }

    boolean resolve(Instant at) {
        if (scene.stops(OrderState.IN_PROGRESS, at)) {
            return false;
        }
        order.resolvedAt = at;
        order.resolvedBy = hand();
        order.dueAt = scene.due(Timer.VERIFY, at);
        order.step(Verb.RESOLVE, at, hand(), handAs(), scene.crew.body(), "{}", scene.note("resolve"));
        return true;
    }

    /** Who does the work: the worker it was given to, else the manager. */
    private long hand() {
        return order.assignee == null ? scene.crew.manager() : order.assignee;
    }

    private Standing handAs() {
        return order.assignee == null ? Standing.MANAGER : Standing.STAFF;
    }

    private void assign(Instant at, Instant done) {
        if (!scene.crew.workers().isEmpty() && dice.chance(0.8) && before(at, done)) {
            var worker = dice.pick(scene.crew.workers());
            var manager = scene.crew.manager();
            order.assignee = worker;
            order.step(
                    Verb.ASSIGN, at, manager, Standing.MANAGER, scene.crew.body(), Scene.json("assignee", worker), "");
        }
    }

    /** Now and then the resident says that nobody got in touch. */
    private void contact(Instant at, Instant done) {
        if (!dice.chance(0.94) || !before(at, done)) {
            return;
        }
        var how = dice.of("phone", "phone", "phone", "visit", "message");
        var words = scene.note("contact." + how);
        var denied = at.plus(Scene.minutes(300 * dice.spread()));
        if (order.nobody()) {
            return; // after the dice, so that no other order of the sample becomes another
        }
        order.contactedAt = order.contactedAt == null ? at : order.contactedAt;
        order.step(Verb.CONTACT, at, hand(), handAs(), scene.crew.body(), Scene.json("how", how), words);
        if (order.reporter != null && !order.contactDenied && dice.chance(0.015) && before(denied, done)) {
            order.contactDenied = true;
            order.step(Verb.DENY_CONTACT, denied, order.reporter, Standing.REPORTER, null, "{}", "");
        }
    }

    /** 催办 when it takes too long, or a word in between. */
    private void interruptions(long reporter, Instant due, Instant done) {
        var remark = order.lastAt().plus(Scene.minutes(60 * dice.spread()));
        if (dice.chance(0.08) && before(remark, done)) {
            order.step(Verb.REMARK, remark, reporter, Standing.REPORTER, null, "{}", scene.note("remark"));
        }
        var urge = due.plus(Scene.minutes(90 * dice.spread()));
        if (dice.chance(0.6) && urge.isAfter(order.lastAt()) && before(urge, done)) {
            order.urged++;
            order.step(Verb.URGE, urge, reporter, Standing.REPORTER, null, "{}", scene.note("urge"));
        }
    }

    private boolean before(Instant at, Instant done) {
        return at.isBefore(done) && scene.past(at);
    }
}
