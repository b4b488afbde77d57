package org.hemei.workorder.routing;

import java.util.Objects;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * One change of a set: a rule as it shall be from the day on, or the end of the one about the same.
 *
 * @param target null when the rule ends
 */
record Line(
        int number,
        About about,
        @Nullable Target target,
        @Nullable Long body,
        @Nullable Urgency urgency,
        String basis) {

    /** Rules that are only proposed have numbers above all that exist: on a tie the one that is there stays. */
    static final long PROPOSED = 1L << 62;

    boolean ends() {
        return target == null;
    }

    Rule rule() {
        return new Rule(PROPOSED + number, about, Objects.requireNonNull(target), body, urgency, basis);
    }

    boolean changes(Rule rule) {
        return ends() || !rule().sameAnswer(rule);
    }
}
