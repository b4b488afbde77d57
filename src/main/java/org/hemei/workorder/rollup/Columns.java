package org.hemei.workorder.rollup;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hemei.workorder.list.Fact;
import org.hemei.workorder.measure.Parts;

/**
 * What is counted: facts, each with its bit in {@code order_fact.facts}, and the parts of the three rates, out of
 * {@code order_fact.parts}; each with its column in {@code order_count}.
 */
final class Columns {

    /** The order gives the bits: new ones at the end, and then everything is counted anew. */
    static final List<Fact> FACTS = List.of(
            Fact.OPEN,
            Fact.OVERDUE,
            Fact.DONE,
            Fact.REOPENED,
            Fact.AGE_1,
            Fact.AGE_3,
            Fact.AGE_7,
            Fact.AGE_15,
            Fact.AGE_30,
            Fact.AGE_MORE);

    /** By the month of filing; done has a month of its own. */
    private static final List<Fact> OF_FILED =
            FACTS.stream().filter(fact -> fact != Fact.DONE).toList();

    static final String DONE_BIT = bit(Fact.DONE);

    /** The facts of {@code work_order o} as one number. */
    static final String FACTS_SQL = FACTS.stream()
            .map(fact -> "case when %s then %s else 0 end".formatted(fact.condition(), bit(fact)))
            .collect(Collectors.joining("\n | "));

    /** filed, every fact and part by name, done. */
    static final String NAMES = "filed, " + each(Fact::code, Parts.Column::name) + ", done";

    /** What rows with {@code facts}, {@code parts} and {@code sign} add to their month of filing. */
    static final String SUMS_OF_FILED = "coalesce(sum(sign) filter (where former = 0), 0) as filed, "
            + each(
                    fact -> sum(fact) + " as " + fact.code(),
                    part -> "sum(sign * " + Parts.count(part, "parts") + ") as " + part.name())
            + ", 0 as done";

    static final String SUMS_OF_DONE = "0 as filed, " + named("0 as %1$s") + ", sum(sign) as done";

    static final String SUMS = "sum(filed) as filed, " + named("sum(%1$s) as %1$s") + ", sum(done) as done";

    static final String ADD = "filed = c.filed + excluded.filed, "
            + named("%1$s = c.%1$s + excluded.%1$s")
            + ", done = c.done + excluded.done";

    private Columns() {}

    static String bit(Fact fact) {
        return String.valueOf(1 << FACTS.indexOf(fact));
    }

    private static String sum(Fact fact) {
        return "sum(sign * (facts >> %d & 1))".formatted(FACTS.indexOf(fact));
    }

    /** A form filled with the name of each fact and part. */
    private static String named(String form) {
        return each(fact -> form.formatted(fact.code()), part -> form.formatted(part.name()));
    }

    private static String each(Function<Fact, String> fact, Function<Parts.Column, String> part) {
        return OF_FILED.stream().map(fact).collect(Collectors.joining(", ")) + ", " + Parts.each(part);
    }
}
