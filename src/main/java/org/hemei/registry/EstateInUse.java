package org.hemei.registry;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/** What still runs on an estate, told by each room of its own: while there is any, the estate cannot be struck off. */
public interface EstateInUse {

    /** @param community that answers for it */
    record Place(long estate, String community) {}

    /**
     * @param words what it is and who ends it; @param link where it stands; null where this reader may not go
     */
    record Use(String words, @Nullable String link) {}

    /** Rank among the rooms. */
    int order();

    /** @param day from which the estate is to be no more; today or before */
    List<Use> uses(Reader reader, Place place, LocalDate day);
}
