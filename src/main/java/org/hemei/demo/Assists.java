package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hemei.demo.City.Building;
import org.hemei.demo.Order.Assist;
import org.hemei.demo.Order.MeToo;
import org.hemei.demo.Residents.Resident;
import org.hemei.demo.Staff.Crew;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;

/** 多方助力: other bodies that help with an order, and neighbours who join it. */
final class Assists {

    private final Dice dice = new Dice("assists");
    private long last;

    long last() {
        return last;
    }

    /** Asks the body the topic names; sometimes it declines, mostly it is done before the order is. */
    void help(Order order, Crew crew, Instant done, Scene.World world) {
        var helper = world.bodies().helper(order.topic.helper(), order.estate);
        var asked = order.lastAt().plus(Duration.ofMinutes(dice.between(8, 50)));
        if (!asked.isBefore(done) || !asked.isBefore(world.now())) {
            return;
        }
        var due = asked.plus(Duration.between(asked, done).multipliedBy(2)).plus(Duration.ofHours(4));
        var assist = new Assist(
                ++last, helper.id(), world.wording().note("ask", order.topic.code()), crew.manager(), asked, due);
        order.assists.add(assist);
        order.step(Verb.ASK_HELP, asked, crew.manager(), Standing.MANAGER, helper.id(), assist.id, "{}", "");
        var answered = asked.plus(Duration.ofMinutes((long) (6 + 40 * dice.spread())));
        if (!answered.isBefore(done) || !answered.isBefore(world.now())) {
            // nobody reports an order done while a helper has not even answered
            answered = asked.plus(Duration.between(asked, done.isBefore(world.now()) ? done : world.now())
                            .dividedBy(3))
                    .truncatedTo(ChronoUnit.SECONDS);
        }
        answer(order, assist, world, answered, done);
    }

    private void answer(Order order, Assist assist, Scene.World world, Instant answered, Instant done) {
        long account = Known.in(world.staff().helpers, assist.body);
        boolean under = !done.isBefore(world.now()); // the order itself is not done yet
        if (under && dice.chance(0.35)) {
            return;
        }
        assist.answeredAt = answered;
        if (dice.chance(0.05)) {
            assist.state = "declined";
            var why = world.wording().note("decline", order.topic.code());
            order.step(Verb.HELP_DECLINE, answered, account, Standing.HELPER, assist.body, assist.id, "{}", why);
            return;
        }
        assist.state = "accepted";
        order.step(Verb.HELP_ACCEPT, answered, account, Standing.HELPER, assist.body, assist.id, "{}", "");
        var finished = answered.plus(Duration.between(answered, done)
                        .multipliedBy(dice.between(30, 90))
                        .dividedBy(100))
                .truncatedTo(ChronoUnit.SECONDS);
        if (finished.isBefore(world.now()) && finished.isAfter(answered) && !(under && dice.chance(0.7))) {
            var result = world.wording().note("helped", order.topic.code());
            assist.state = "done";
            assist.doneAt = finished;
            assist.result = result;
            order.step(Verb.HELP_DONE, finished, account, Standing.HELPER, assist.body, assist.id, "{}", result);
        }
    }

    /** 我也遇到了: common troubles are met by several homes. */
    void neighbours(Order order, List<Resident> residents, Instant now) {
        if (residents.size() < 10 || !dice.chance(0.14)) {
            return;
        }
        int number = 1 + (int) Math.min(8, dice.spread() * 1.6);
        for (int i = 0; i < number; i++) {
            var resident = dice.pick(residents);
            var at = order.submittedAt.plus(Duration.ofMinutes((long) (240 * dice.spread())));
            var end = order.closedAt == null ? now : order.closedAt;
            if (at.isBefore(end)) {
                join(order, resident.account(), resident.unit().building(), at);
            }
        }
    }

    void join(Order order, long account, @Nullable Building building, Instant at) {
        boolean known = Long.valueOf(account).equals(order.reporter)
                || order.meToos.stream().anyMatch(m -> m.account() == account);
        if (!known) {
            order.meToos.add(new MeToo(account, building == null ? null : building.id(), at));
        }
    }
}
