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
        PUBLIC_HOME,
        /** A company before the administration, and before everybody. */
        COMPANY,
        PUBLIC_COMPANY,
        /** What else can be taken away by everybody. */
        OPEN_DATA
    }

    Place place();

    /** The blocks of a page, in their order. */
    static java.util.List<Content> of(java.util.List<PagePanel> panels, Place place, Reader reader, long subject) {
        return panels.stream()
                .filter(panel -> panel.place() == place)
                .sorted(java.util.Comparator.comparingInt(PagePanel::order))
                .map(panel -> panel.panel(reader, subject))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Rank on the page, lowest first. */
    int order();

    /**
     * @param subject what the page is about: the id of the estate or the company; 0 where the page has no subject
     * @return the block as HTML, or null to stay away
     */
    @Nullable
    Content panel(Reader reader, long subject);
}
