package org.hemei.ballot;

import java.util.List;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/** The room that asked for a poll says who must not handle its ballots in an estate, though their role reaches there. */
public interface PollHands {

    /** An estate's part of a poll. */
    record Place(long poll, long estate) {}

    /** @return in words why this reader must not; null when nothing is against it, or the poll is another room's */
    @Nullable
    String against(Reader reader, Poll poll, long estate);

    /** All parts of running polls where something is against this reader: nothing there waits for them. */
    List<Place> barred(Reader reader);
}
