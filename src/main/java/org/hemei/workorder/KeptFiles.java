package org.hemei.workorder;

import java.time.Instant;

/** A room's own files or words that are kept by a rule of {@link Kept}; each night those whose time is over are given up. */
public interface KeptFiles {

    Kept kept();

    /** How many things with files ended within this time. */
    long ended(Instant from, Instant until);

    /**
     * Gives up the files of things that ended before, in the caller's transaction.
     *
     * @param most of how many things at once
     * @return of how many
     */
    int erase(int district, Instant before, int most);
}
