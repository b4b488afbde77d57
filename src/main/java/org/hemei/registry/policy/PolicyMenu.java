package org.hemei.registry.policy;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Component;

/** 政策文件 in the menu. */
@Component
class PolicyMenu implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        if (Areas.seen(reader).isEmpty()) {
            return List.of();
        }
        return List.of(new Item("组织", 308, "/policies", "政策文件", "doc", null));
    }
}
