package org.hemei.ballot;

import java.util.Collection;
import java.util.Set;

/** The room that asked for a poll says which counts are to be annulled and still heard about: what was published stays until that is over. */
public interface PollHearings {

    /** @return the parts of these polls of which that holds */
    Set<PollHands.Place> heard(Collection<Long> polls);
}
