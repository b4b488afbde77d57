package org.hemei.platform;

import gg.jte.Content;
import org.jspecify.annotations.Nullable;

/** A block on a page that several rooms share. A room appears there by having a bean of this type. */
public interface PagePanel {

    /** The pages that take blocks. */
    enum Place {
        RESIDENT_HOME,
        PUBLIC_ESTATE,
        /** What follows when another community answers for the estate. */
        ESTATE_MOVE,
        PUBLIC_HOME
    }

    Place place();

    /** Rank on the page, lowest first. */
    int order();

    /**
     * @param subject what the page is about: the id of the estate; 0 where the page has no subject
     * @return the block as HTML, or null to stay away
     */
    @Nullable
    Content panel(Reader reader, long subject);
}
