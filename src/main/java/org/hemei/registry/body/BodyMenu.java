package org.hemei.registry.body;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Component;

/** 组织 in the menu. */
@Component
class BodyMenu implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        if (Areas.seen(reader).isEmpty()) {
            return List.of();
        }
        return List.of(
                new Item("组织", 300, "/bodies", "组织名册", "list", null),
                new Item("组织", 302, "/bodies/tree", "组织树", "org", null),
                new Item("组织", 304, "/bodies/chart", "组织图", "board", null));
    }
}
