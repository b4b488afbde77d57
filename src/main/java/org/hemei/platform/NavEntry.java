package org.hemei.platform;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A menu item, offered by the room whose page it opens.
 *
 * @param group heading on the desk menu, such as 办事
 * @param order rank among all items; the group with the lowest item comes first
 * @param icon name of a symbol in icons.svg
 * @param badge what waits there for this reader; null for none
 * @param also other pages that stand under this item
 */
public interface NavEntry {

    record Item(
            String group,
            int order,
            String path,
            String label,
            String icon,
            @Nullable Integer badge,
            List<String> also) {

        public Item(String group, int order, String path, String label, String icon, @Nullable Integer badge) {
            this(group, order, path, label, icon, badge, List.of());
        }

        /** How much of a page's path is this item's, or that of another page under it; 0: the page stands elsewhere. */
        public int covers(String page) {
            return Stream.concat(Stream.of(path), also.stream())
                    .filter(p -> page.equals(p) || page.startsWith(p + "/"))
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
        }
    }

    /** The items this reader may open; none for a reader who has no business here. */
    List<Item> items(Reader reader);
}
