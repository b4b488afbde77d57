package org.hemei.workorder.clock;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.clock.DeadlineQueries.Deadline;
import org.hemei.workorder.clock.DeadlineQueries.Step;
import org.jspecify.annotations.Nullable;

/** The rules of time in the order in which they are read: by step and urgency, then what is said of categories, then the past. */
record RuleBook(List<Deadline> deadlines, List<Step> steps, LocalDate today) {

    static RuleBook of(List<Deadline> deadlines, List<Step> steps, LocalDate today) {
        return new RuleBook(deadlines, steps, today);
    }

    /** Those whose length is a rule of this book. */
    List<Timer> timers() {
        return Arrays.stream(Timer.values()).filter(Timer::ruled).toList();
    }

    List<Urgency> urgencies() {
        return Arrays.asList(Urgency.values());
    }

    @Nullable
    Deadline deadline(Timer timer, Urgency urgency) {
        return deadlines.stream()
                .filter(rule -> rule.category() == null
                        && rule.timer() == timer
                        && rule.urgency() == urgency
                        && rule.holds(today))
                .findFirst()
                .orElse(null);
    }

    /** What is set for a later day. */
    List<Deadline> deadlinesAhead() {
        return deadlines.stream().filter(rule -> rule.ahead(today)).toList();
    }

    List<Step> stepsAhead() {
        return steps.stream().filter(step -> step.ahead(today)).toList();
    }

    /** Rules of categories that hold today. */
    List<Deadline> ofCategories() {
        return deadlines.stream()
                .filter(rule -> rule.category() != null && rule.holds(today))
                .toList();
    }

    /** What has ended. */
    List<Deadline> past() {
        return deadlines.stream()
                .filter(rule -> !rule.holds(today) && !rule.ahead(today))
                .toList();
    }

    List<Step> pastSteps() {
        return steps.stream()
                .filter(step -> !step.holds(today) && !step.ahead(today))
                .toList();
    }

    /** Clocks around which something happens by itself. */
    List<Timer> watched() {
        return Arrays.stream(Timer.values())
                .filter(timer -> steps.stream().anyMatch(step -> step.timer() == timer && step.holds(today)))
                .toList();
    }

    /** The steps of one clock and scope, as they hold today, in the order in which they come. */
    List<Step> steps(Timer timer, @Nullable Urgency urgency) {
        return steps.stream()
                .filter(step -> step.timer() == timer
                        && step.category() == null
                        && Objects.equals(step.urgency(), urgency)
                        && step.holds(today))
                .sorted(java.util.Comparator.comparing((Step step) -> !step.before())
                        .thenComparing(Step::level))
                .toList();
    }

    List<Step> stepsOfCategories() {
        return steps.stream()
                .filter(step -> step.category() != null && step.holds(today))
                .toList();
    }
}
