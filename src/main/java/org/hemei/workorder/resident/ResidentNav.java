package org.hemei.workorder.resident;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/** What residents find at the foot of their phone. */
@Component
class ResidentNav implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        if (!reader.has(Role.RESIDENT)) {
            return List.of();
        }
        return List.of(
                new Item("住处", 10, "/home", "首页", "home", null), new Item("住处", 20, "/my/orders", "工单", "order", null));
    }
}
