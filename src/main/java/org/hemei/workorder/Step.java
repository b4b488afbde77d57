package org.hemei.workorder;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an order's history: appended, never changed. It holds ids; what people wrote lies in a row of its own.
 *
 * @param seq the order's version that this step made
 * @param actor the account, null when the clock did it
 * @param body the body it concerns or acts for
 * @param dueAt when the step it led to falls due
 * @param detail ids and codes
 */
record Step(
        int seq,
        Instant at,
        Verb verb,
        @Nullable OrderState from,
        OrderState to,
        @Nullable Long actor,
        Standing as,
        @Nullable Long body,
        @Nullable Long assist,
        @Nullable Instant dueAt,
        Map<String, Object> detail) {

    Step by(@Nullable Long acting) {
        return new Step(seq, at, verb, from, to, actor, as, acting, assist, dueAt, detail);
    }

    Step assisting(long task) {
        return new Step(seq, at, verb, from, to, actor, as, body, task, dueAt, detail);
    }

    /** With a deadline of its own, which is not the order's. */
    Step due(Instant at) {
        return new Step(seq, this.at, verb, from, to, actor, as, body, assist, at, detail);
    }

    /** Names whom it is taken from, who is told; nobody when it stays where it was or was nobody's. */
    Step takenFrom(@Nullable Long before, long now) {
        return before == null || before == now ? this : with("previous", before);
    }

    /** Names the bodies whose help is not wanted any more, which are told. */
    Step cancelling(List<Long> helpers) {
        return helpers.isEmpty() ? this : with("cancelled", List.copyOf(helpers));
    }

    Step with(String key, Object value) {
        var more = new HashMap<>(detail);
        more.put(key, value);
        return new Step(seq, at, verb, from, to, actor, as, body, assist, dueAt, Map.copyOf(more));
    }
}
