package org.hemei.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a room lets people find from the search box of every page. A room is searched by having a bean of this type. */
public interface Searchable {

    /** As many as one group shows. */
    int MOST = 8;

    /** One thing found. @param meta a line below its title: where, what kind, since when */
    record Found(String title, String meta, String path) {}

    /**
     * The things of one kind.
     *
     * @param all where to see all of them; null when these are all
     * @param note an honest word on how it was searched, such as that one character is too little; null for none
     */
    record Group(
            String heading,
            String icon,
            List<Found> found,
            @Nullable String all,
            @Nullable String note) {
        public Group(String heading, String icon, List<Found> found, @Nullable String all) {
            this(heading, icon, found, all, null);
        }
    }

    /** Rank among the groups, lowest first. */
    int order();

    /**
     * Only what this reader may open.
     *
     * @param text as typed, without control characters, at most 60 long, not empty
     * @return empty when the reader has no business with this kind of thing, or nothing fits
     */
    List<Group> find(Reader reader, String text);

    /**
     * By the phone of somebody: only for readers whose duty shows phones, and every search is put on record by the room.
     *
     * @param digits 7 to 12 digits
     */
    default List<Group> byPhone(Reader reader, String digits) {
        return List.of();
    }

    /** Whether this reader may search by phone here. */
    default boolean findsByPhone(Reader reader) {
        return false;
    }
}
