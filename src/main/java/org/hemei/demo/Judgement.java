package org.hemei.demo;

import java.time.Instant;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;

/** 核验 and 共评: who did not do the work looks at it, then the resident says what it was worth. */
final class Judgement {

    private final Scene scene;
    private final Order order;
    private final Dice dice;
    private final Repair repair;

    Judgement(Scene scene, Repair repair) {
        this.scene = scene;
        this.order = scene.order;
        this.dice = scene.dice;
        this.repair = repair;
    }

    boolean verify() {
        var at = look();
        if (scene.stops(OrderState.RESOLVED, at)) {
            return false;
        }
        if (scene.plan.stand() == null && dice.chance(0.05)) {
            sendBack(at);
            if (!repair.resolve(scene.world.hours().daytime(at.plus(Scene.minutes(600 * dice.spread()))))) {
                return false;
            }
            at = look();
            if (scene.stops(OrderState.RESOLVED, at)) {
                return false;
            }
        }
        order.dueAt = scene.due(Timer.RATE, at);
        order.step(Verb.VERIFY, at, verifier(), verifierAs(), null, "{}", dice.chance(0.5) ? scene.note("verify") : "");
        return true;
    }

    private Instant look() {
        return scene.late(scene.desk(60, 120, 260), 0.05);
    }

    private void sendBack(Instant at) {
        order.resolvedAt = null;
        order.resolvedBy = null;
        order.dueAt = order.resolveDue;
        order.step(Verb.SEND_BACK, at, verifier(), verifierAs(), scene.crew.body(), "{}", scene.note("send_back"));
    }

    private long verifier() {
        return scene.team() ? scene.street : scene.worker;
    }

    private Standing verifierAs() {
        return scene.team() ? Standing.STREET : Standing.COMMUNITY;
    }

    /** 共评; silence ends as 未评办结. Says whether the work begins again. */
    boolean rate() {
        var end = order.dueAt == null ? scene.world.now() : order.dueAt;
        var at = scene.world.hours().daytime(order.lastAt().plus(Scene.minutes(800 * dice.spread())));
        boolean rates = order.reporter != null && dice.chance(0.8) && at.isBefore(end);
        if (scene.stops(OrderState.AWAITING_RATING, rates ? at : end)) {
            return false;
        }
        if (!rates) {
            order.finish(end);
            order.step(Verb.CLOSE_UNRATED, end, null, Standing.CLOCK, null, "{}", "");
            return false;
        }
        if (order.round > 1 || dice.chance(0.93)) {
            close(at);
            return false;
        }
        reopen(at);
        return true;
    }

    private void close(Instant at) {
        boolean late =
                order.resolvedAt != null && order.resolveDue != null && order.resolvedAt.isAfter(order.resolveDue);
        int satisfied = scene.satisfaction(late);
        scene.rating(true, satisfied, at);
        order.solved = true;
        order.satisfied = satisfied;
        order.finish(at);
        order.step(Verb.RATE, at, order.reporter, Standing.REPORTER, null, Scene.json("satisfied", satisfied), "");
    }

    private void reopen(Instant at) {
        int satisfied = dice.between(1, 2);
        scene.rating(false, satisfied, at);
        order.round++;
        order.resolvedAt = null;
        order.resolvedBy = null;
        order.resolveDue = scene.due(Timer.RESOLVE, at);
        order.dueAt = order.resolveDue;
        order.step(
                Verb.REOPEN,
                at,
                order.reporter,
                Standing.REPORTER,
                scene.crew.body(),
                Scene.json("satisfied", satisfied),
                scene.note("reopen"));
    }
}
