package org.hemei.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.demo.OrderPlans.Plan;
import org.hemei.platform.time.CivilTime;

/** Tells the orders of two years, estate by estate. */
final class Chronicle {

    private static final Duration RECENT = Duration.ofDays(14);

    private final Scene.World world;
    private final Residents residents;
    private final Topics topics = new Topics();

    Chronicle(Scene.World world, Residents residents) {
        this.world = world;
        this.residents = residents;
    }

    Map<Long, List<Plan>> plans(City city) {
        return OrderPlans.of(city, world.staff(), world.now());
    }

    List<Order> tell(List<Plan> ofEstate) {
        var orders = new ArrayList<Order>();
        for (var plan : ofEstate) {
            var order = new Order(plan.id(), plan.estate(), topic(plan), plan.at());
            var here = residents.byEstate.getOrDefault(plan.estate().id(), List.of());
            Story.tell(new Scene(world, plan, order), here, orders);
            if (order.kept == null) {
                world.assists().neighbours(order, here, world.now());
            }
            orders.add(order);
        }
        return orders;
    }

    private Topics.Topic topic(Plan plan) {
        if (plan.topic() != null) {
            return topics.named(plan.topic());
        }
        return topics.pick(
                world.dice(), plan.estate(), plan.at().atZone(CivilTime.ZONE).getMonthValue());
    }

    /** What people look at first: the showcase community's last two weeks. */
    boolean pictured(Order order) {
        return order.estate.community().code().equals(OrderPlans.SHOWCASE_COMMUNITY)
                && order.submittedAt.isAfter(world.now().minus(RECENT));
    }

    /** How many requests for help were made. */
    long assists() {
        return world.assists().last();
    }
}
