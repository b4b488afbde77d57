package org.hemei.workorder.rollup;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hemei.workorder.list.Fact;

/** Which facts are counted, each with its bit in {@code order_fact.facts} and its column in {@code order_count}. */
final class Columns {

    /** The order gives the bits: new ones at the end, and then everything is counted anew. */
    static final List<Fact> FACTS = List.of(
            Fact.OPEN,
            Fact.OVERDUE,
            Fact.DONE,
            Fact.CONTACT_COUNTED,
            Fact.CONTACTED,
            Fact.RATED,
            Fact.SOLVED,
            Fact.SATISFIED,
            Fact.UNRATED,
            Fact.NOT_HANDLED,
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

    /** The facts of {@code work_order o} with its last rating {@code last}, as one number. */
    static final String FACTS_SQL = FACTS.stream()
            .map(fact -> "case when %s then %s else 0 end".formatted(fact.condition("last"), bit(fact)))
            .collect(Collectors.joining("\n | "));

    /** filed, every fact by name, done. */
    static final String NAMES = "filed, " + each(Fact::code) + ", done";

    /** What rows with {@code facts} and {@code sign} add to their month of filing. */
    static final String SUMS_OF_FILED =
            "sum(sign) as filed, " + each(fact -> sum(fact) + " as " + fact.code()) + ", 0 as done";

    static final String SUMS_OF_DONE = "0 as filed, " + each(fact -> "0 as " + fact.code()) + ", sum(sign) as done";

    static final String SUMS =
            "sum(filed) as filed, " + each(fact -> "sum(%1$s) as %1$s".formatted(fact.code())) + ", sum(done) as done";

    static final String ADD = "filed = c.filed + excluded.filed, "
            + each(fact -> "%1$s = c.%1$s + excluded.%1$s".formatted(fact.code()))
            + ", done = c.done + excluded.done";

    private Columns() {}

    static String bit(Fact fact) {
        return String.valueOf(1 << FACTS.indexOf(fact));
    }

    private static String sum(Fact fact) {
        return "sum(sign * (facts >> %d & 1))".formatted(FACTS.indexOf(fact));
    }

    private static String each(Function<Fact, String> of) {
        return OF_FILED.stream().map(of).collect(Collectors.joining(", "));
    }
}
