package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hemei.workorder.Deadlines.About;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClock.Running;

/** How the clocks of a part of an order's life go on when their time moves or has stood still (decision 60). Pure, like the rules. */
final class GoingOn {

    private GoingOn() {}

    /**
     * The same part going on with these ends. A clock whose end stays keeps its steps and what has become of them; one whose end
     * is another gets its steps anew. By the rules of the day on which the part began, when these are those.
     */
    static OrderClock again(Deadlines rules, About about, OrderClock part, Instant now, List<Running> running) {
        var planned = running.stream()
                .flatMap(timer -> (part.timers().contains(timer)
                                ? part.planned(timer.timer())
                                : rules.plan(about, timer, now, Level.REPORTER))
                        .stream())
                .sorted(Planned.IN_ORDER)
                .toList();
        return new OrderClock(part.part(), part.since(), List.copyOf(running), planned, null);
    }

    /**
     * The same part going on now, as if it had stood still since then: what still ran then goes on with what was left of it, and
     * its steps move with it; what was late already stays late.
     */
    static OrderClock standing(Deadlines rules, OrderClock part, Instant since, Instant now) {
        return standing(rules, part, since, now, UnaryOperator.identity());
    }

    /** @param ends what else says when a clock that goes on ends */
    static OrderClock standing(
            Deadlines rules, OrderClock part, Instant since, Instant now, UnaryOperator<Running> ends) {
        var running = new ArrayList<Running>();
        var planned = new ArrayList<Planned>();
        for (var timer : part.timers()) {
            var ran = timer.due().isAfter(since);
            var after = ran ? ends.apply(rules.resumed(timer, now, rules.left(timer, since))) : timer;
            running.add(after);
            part.planned(timer.timer()).stream()
                    .map(step -> ran && step.ahead() ? moved(rules, step, timer, after) : step)
                    .filter(step ->
                            !step.ahead() || !step.warning() || step.at().isAfter(now))
                    .forEach(planned::add);
        }
        return new OrderClock(
                part.part(),
                part.since(),
                List.copyOf(running),
                planned.stream().sorted(Planned.IN_ORDER).toList(),
                null);
    }

    /** As far from the new end as its rule says; as far as it was, where that rule is gone. */
    private static Planned moved(Deadlines rules, Planned step, Running before, Running after) {
        var at = rules.steps().stream()
                .filter(rule -> rule.id() == step.rule())
                .findFirst()
                .map(rule -> rule.at(after.due(), rules.calendar()))
                .orElseGet(() -> after.due().plus(Duration.between(before.due(), step.at())));
        return new Planned(step.timer(), at, step.warning(), step.level(), step.rule(), null);
    }
}
