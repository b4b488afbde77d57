package org.hemei.demo;

import java.util.List;
import org.hemei.demo.Residents.Resident;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;

/**
 * Tells one order from 点单 to 共评: each part goes on from the one before and says whether the story goes on. It stops
 * where the present begins, so orders of the last days stand open by themselves.
 */
final class Story {

    private final Scene scene;
    private final Order order;

    private Story(Scene scene) {
        this.scene = scene;
        this.order = scene.order;
    }

    /** @param residents of the estate; @param earlier orders of the estate, which this one may repeat */
    static void tell(Scene scene, List<Resident> residents, List<Order> earlier) {
        var story = new Story(scene);
        var intake = new Intake(scene);
        var repair = new Repair(scene);
        var judgement = new Judgement(scene, repair);
        intake.submit(residents);
        boolean goesOn = intake.screen(earlier) && story.dispatch() && story.take();
        while (goesOn) {
            goesOn = repair.work() && judgement.verify() && judgement.rate();
        }
    }

    private boolean dispatch() {
        var at = scene.desk(8, 15, 40);
        if (scene.stops(OrderState.AWAITING_DISPATCH, at)) {
            return false;
        }
        order.holder = scene.crew.body();
        order.contactDue = order.nobody() ? null : scene.due(Timer.CONTACT, at);
        order.resolveDue = scene.due(Timer.RESOLVE, at);
        order.dueAt = scene.due(Timer.TAKE, at);
        order.step(Verb.DISPATCH, at, scene.worker, Standing.COMMUNITY, scene.crew.body(), "{}", "");
        return true;
    }

    private boolean take() {
        var at = scene.late(scene.desk(10, 30, 110), 0.05);
        if (scene.stops(OrderState.DISPATCHED, at)) {
            return false;
        }
        order.dueAt = order.resolveDue;
        order.step(Verb.TAKE, at, scene.crew.manager(), Standing.MANAGER, scene.crew.body(), "{}", "");
        return true;
    }
}
