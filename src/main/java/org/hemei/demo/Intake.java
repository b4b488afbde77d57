package org.hemei.demo;

import java.time.Instant;
import java.util.List;
import org.hemei.demo.City.Building;
import org.hemei.demo.Residents.Resident;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;

/** 群众点单 and what the community makes of it: 受理, or one of the exits at the door. */
final class Intake {

    /** @param entrance 0 when nobody said which */
    private record Home(Building building, int entrance) {}

    private final Scene scene;
    private final Order order;
    private final Dice dice;

    Intake(Scene scene) {
        this.scene = scene;
        this.order = scene.order;
        this.dice = scene.dice;
    }

    void submit(List<Resident> residents) {
        double way = dice.fraction();
        var home = scene.plan.forTheList()
                ? byResident(residents.getFirst())
                : !residents.isEmpty() && way < 0.86 ? byResident(dice.pick(residents)) : byDesk(way);
        var said = scene.world
                .wording()
                .report(order.topic.code(), order.estate, home.building, home.entrance, order.submittedAt);
        order.title = said.title();
        order.words = said.words();
        if (said.common()) {
            order.unit = null;
        } else {
            order.building = home.building;
        }
        // a door says which entrance
        order.place = order.unit == null ? said.place() : "";
        order.dueAt = scene.due(Timer.ACCEPT, order.submittedAt);
        order.submit(order.reporter == null ? Standing.COMMUNITY : Standing.REPORTER);
    }

    private Home byResident(Resident resident) {
        order.reporter = resident.account();
        order.filedBy = resident.account();
        order.unit = dice.chance(0.6) ? resident.unit() : null;
        order.anonymous = dice.chance(0.18);
        return new Home(resident.unit().building(), resident.unit().entrance());
    }

    /** Written by the community for somebody who phoned or came, or seen on patrol. */
    private Home byDesk(double way) {
        order.channel = way < 0.94 ? "phone" : way < 0.98 ? "walk_in" : "patrol";
        order.filedBy = scene.worker;
        if (!order.channel.equals("patrol")) {
            order.callerPhone = People.phone(dice.between(90_000, 99_999));
            order.callerName = scene.world.wording().caller();
        }
        return new Home(dice.pick(order.estate.buildings()), 0);
    }

    /** 受理, or one of the exits at the door: whether the order goes on. */
    boolean screen(List<Order> earlier) {
        var at = scene.late(scene.desk(12, 35, 100), 0.03);
        if (scene.stops(OrderState.SUBMITTED, at)) {
            return false;
        }
        if (scene.plan.stand() == null && !scene.plan.forTheList() && leaves(earlier, at)) {
            return false;
        }
        order.step(Verb.ACCEPT, at, scene.worker, Standing.COMMUNITY, null, "{}", "");
        return true;
    }

    private boolean leaves(List<Order> earlier, Instant at) {
        double exit = dice.fraction();
        if (exit < 0.02 && order.reporter != null) {
            order.finish(at);
            order.step(Verb.WITHDRAW, at, order.reporter, Standing.REPORTER, null, "{}", scene.note("withdraw"));
            return true;
        }
        if (exit < 0.045) {
            order.finish(at);
            var why = scene.note("reject").split("\\|");
            order.step(
                    Verb.REJECT, at, scene.worker, Standing.COMMUNITY, null, Scene.json("elsewhere", why[1]), why[0]);
            return true;
        }
        if (order.topic.question() && exit < 0.45) {
            answer(at);
            return true;
        }
        return exit > 0.955 && merge(earlier, at);
    }

    private void answer(Instant at) {
        order.finish(at);
        order.step(Verb.ANSWER, at, scene.worker, Standing.COMMUNITY, null, "{}", scene.note("answer"));
        var rated = at.plus(Scene.minutes(dice.spread() * 600));
        if (order.reporter != null && dice.chance(0.4) && scene.past(rated)) {
            int satisfied = scene.satisfaction(false);
            order.solved = true;
            order.satisfied = satisfied;
            scene.rating(true, satisfied, rated);
            order.step(
                    Verb.RATE, rated, order.reporter, Standing.REPORTER, null, Scene.json("satisfied", satisfied), "");
        }
    }

    /** Into an order of the same estate about the same thing that was still open then. */
    private boolean merge(List<Order> earlier, Instant at) {
        for (var kept : earlier.reversed()) {
            boolean open = kept.closedAt == null || kept.closedAt.isAfter(at);
            if (open
                    && kept.topic.equals(order.topic)
                    && kept.kept == null
                    && kept.submittedAt.isBefore(order.submittedAt)) {
                order.kept = kept.id;
                order.finish(at);
                order.step(Verb.MERGE, at, scene.worker, Standing.COMMUNITY, null, Scene.json("kept", kept.id), "");
                if (order.reporter != null) {
                    scene.world.assists().join(kept, order.reporter, order.building, at);
                }
                return true;
            }
        }
        return false;
    }
}
