package org.hemei.evaluation.publication;

import java.util.List;
import org.hemei.evaluation.score.Scores.Score;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a score, and which of them holds. One that is heard after its campaign does not hold yet, and is for its company and
 * the administration of the place alone (decision 82).
 *
 * @param all the newest first
 */
record History(List<Score> all) {

    /** Whether a version is being heard: its campaign is over, and nothing final came after it. */
    boolean waits(Score one) {
        return one.concluded()
                && !one.isFinal()
                && all.stream().noneMatch(other -> other.isFinal() && other.version() > one.version());
    }

    /** Whether one of them is. */
    boolean waits() {
        return waits(all.getFirst());
    }

    /** What everybody is told; null where the company has none yet. */
    @Nullable
    Score holds() {
        return all.stream().filter(one -> !waits(one)).findFirst().orElse(null);
    }

    boolean holds(Score one) {
        var holds = holds();
        return holds != null && holds.version() == one.version();
    }

    /** @param may whether the reader may see what is being heard */
    List<Score> shown(boolean may) {
        return all.stream().filter(one -> may || !waits(one)).toList();
    }
}
