package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import org.hemei.demo.OrderPlans.Plan;
import org.hemei.demo.Staff.Crew;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderState;

/** What every part of one order's story stands on: who is who, how long desks take, and where the present begins. */
final class Scene {

    /** What all stories share. */
    record World(
            Instant now,
            Deadlines deadlines,
            WorkHours hours,
            Dice dice,
            Wording wording,
            Bodies bodies,
            Staff staff,
            Assists assists) {}

    final World world;
    final Dice dice;
    final Plan plan;
    final Order order;
    final Crew crew;
    final long worker;
    final long street;

    Scene(World world, Plan plan, Order order) {
        var community = plan.estate().community();
        this.world = world;
        this.dice = world.dice();
        this.plan = plan;
        this.order = order;
        this.crew = Known.in(world.staff().crews, plan.estate().id());
        this.worker = dice.pick(Known.in(world.staff().communityWorkers, community.code()));
        this.street = Known.in(world.staff().streets, community.street().code());
    }

    /** The community's own team does the work, so the street verifies. */
    boolean team() {
        return !plan.estate().managed();
    }

    boolean past(Instant at) {
        return at.isBefore(world.now());
    }

    /** True where the present or the plan lets the order stand. */
    boolean stops(OrderState state, Instant next) {
        return plan.stand() == state || !past(next);
    }

    /** A desk's next move: round the clock for what is pressing, in office hours for the rest. */
    Instant desk(int urgent, int utility, int ordinary) {
        double luck = dice.spread();
        var last = order.lastAt();
        return switch (order.topic.urgency()) {
            case URGENT -> last.plus(minutes(1 + luck * urgent));
            case UTILITY -> last.plus(minutes(2 + luck * utility));
            default -> world.hours().plus(last, (long) (3 + luck * ordinary)).plusSeconds(dice.between(1, 59));
        };
    }

    /** Now and then somebody forgets. */
    Instant late(Instant at, double probability) {
        if (plan.stand() != null || !dice.chance(probability)) {
            return at;
        }
        return at.plus(Duration.between(order.lastAt(), at).multipliedBy(5)).plus(Duration.ofHours(2));
    }

    Instant due(Timer timer, Instant start) {
        return world.deadlines().due(order.topic.urgency(), timer, start);
    }

    /** What the one who acts writes down. */
    String note(String section) {
        return world.wording().note(section, order.topic.code());
    }

    /** One to five; who had to wait is less pleased. */
    int satisfaction(boolean late) {
        return 1 + dice.weighted(late ? new double[] {8, 15, 32, 30, 15} : new double[] {1, 3, 13, 38, 45});
    }

    void rating(boolean solved, int satisfied, Instant at) {
        order.ratings.add(
                new Order.Rating(order.round, solved, satisfied, world.wording().rating(satisfied), at));
    }

    static String json(String key, Object value) {
        return "{\"" + key + "\":" + (value instanceof String ? "\"" + value + "\"" : value) + "}";
    }

    static Duration minutes(double minutes) {
        return Duration.ofSeconds((long) (minutes * 60));
    }
}
