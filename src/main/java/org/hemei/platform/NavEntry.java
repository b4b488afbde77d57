package org.hemei.platform;

import org.jspecify.annotations.Nullable;

/**
 * A menu item, offered by the room whose page it opens.
 *
 * @param group heading on the desk menu, such as 办事
 * @param order rank among all items; the group with the lowest item comes first
 * @param icon name of a symbol in icons.svg
 * @param badge what waits there for this reader; null for none
 */
public interface NavEntry {

    record Item(
            String group,
            int order,
            String path,
            String label,
            String icon,
            @Nullable Integer badge) {}

    /** The items this reader may open; none for a reader who has no business here. */
    java.util.List<Item> items(Reader reader);
}
