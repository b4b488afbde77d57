package org.hemei.oversight;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

@Component
class OversightMenu implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        return Standing.reads(reader)
                ? List.of(
                        new Item("机制", 60, "/mechanism", "机制体检", "pulse", null),
                        new Item("机制", 62, "/mechanism/map", "热力图", "gauge", null),
                        new Item("机制", 64, "/mechanism/figures", "总数", "table", null))
                : List.of();
    }
}
