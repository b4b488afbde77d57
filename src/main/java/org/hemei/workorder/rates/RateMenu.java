package org.hemei.workorder.rates;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

@Component
class RateMenu implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        if (reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.MANAGER)
                .isEmpty()) {
            return List.of();
        }
        return List.of(new Item("办事", 45, "/rates", "三率", "gauge", null));
    }
}
