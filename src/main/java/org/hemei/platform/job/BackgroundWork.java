package org.hemei.platform.job;

import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request. A room has a bean of this type for each kind of such work and asks for a run with
 * {@link Jobs#start}. One copy of the process does it; progress, end and cancelling show on the page of the run.
 *
 * <p>A run must be all or nothing: it changes things in one transaction of its own, so that a failure, a cancelled run and
 * a killed process leave nothing behind. After a kill it is run again, perhaps after it was already done: it looks first.
 */
public interface BackgroundWork {

    /** Stable name, as kept with the run. */
    String kind();

    /** Whether a run that a kill or a restart ended may begin anew; otherwise it is marked as broken off. */
    default boolean again() {
        return true;
    }

    /**
     * Outside of any transaction. A {@link org.hemei.platform.Refusal} ends the run as failed, with its words.
     *
     * @return how it ended, for the one who asked
     */
    Outcome run(Job job);

    /** @param message a sentence; @param link where to see what came of it, null to keep the one given at the start */
    record Outcome(String message, @Nullable String link) {
        public Outcome(String message) {
            this(message, null);
        }
    }
}
