package org.hemei.workorder.clock;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.About;
import org.hemei.workorder.Deadlines.StepRule;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Urgency;

/**
 * What would happen by itself around one clock once a step is set: all of it, and not only what is new.
 *
 * @param plans of those urgencies that the step is about; urgencies with the same plan stand together
 */
record StepPreview(Timer timer, LocalDate since, List<Plan> plans) {

    /** @param urgencies in words; empty when it is the same for all */
    record Plan(String urgencies, List<Line> lines) {}

    /** @param set by this step */
    record Line(String words, boolean set) {}

    /** The number of a step that is not stored yet. */
    private static final long NEW = -1;

    /** @param then the rules as they are for the day from which the step would hold */
    static StepPreview of(Deadlines then, StepRule set, LocalDate since) {
        var step = new StepRule(
                NEW, set.scope(), set.timer(), set.before(), set.amount(), set.measure(), set.level(), set.basis());
        var steps = Stream.concat(then.steps().stream().filter(old -> !replaced(old, step)), Stream.of(step))
                .toList();
        var after = new Deadlines(then.rules(), steps, then.calendar());
        var of = set.scope().urgency();
        var same = new LinkedHashMap<List<Line>, List<Urgency>>();
        for (var urgency : of == null ? Arrays.asList(Urgency.values()) : List.of(of)) {
            var lines = after.steps(new About(set.scope().category(), urgency), set.timer()).stream()
                    .map(one -> new Line(
                            DeadlineQueries.words(one.before(), one.amount(), one.measure(), one.level()),
                            one.id() == NEW))
                    .toList();
            same.computeIfAbsent(lines, none -> new java.util.ArrayList<>()).add(urgency);
        }
        return new StepPreview(
                set.timer(),
                since,
                same.entrySet().stream().map(StepPreview::plan).toList());
    }

    private static Plan plan(Map.Entry<List<Line>, List<Urgency>> one) {
        return new Plan(
                one.getValue().size() == Urgency.values().length
                        ? ""
                        : one.getValue().stream().map(Urgency::words).collect(Collectors.joining("、")),
                one.getKey());
    }

    private static boolean replaced(StepRule old, StepRule step) {
        return old.timer() == step.timer()
                && old.scope().equals(step.scope())
                && old.before() == step.before()
                && old.level() == step.level();
    }
}
