package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/** The menu items around people in posts. */
@Component
class PeopleNav implements NavEntry {

    @Override
    public List<Item> items(Reader reader) {
        if (reader.scope(PeopleScope.LOOK).isEmpty()) {
            return PeopleScope.managed(reader).length == 0
                    ? List.of()
                    : List.of(new Item("队伍", 340, "/people", "人员任职", "people", null));
        }
        return List.of(
                new Item("队伍", 340, "/people", "人员任职", "people", null),
                new Item("队伍", 342, "/cross-appointments", "交叉任职", "swap", null),
                new Item("队伍", 343, "/party-members", "党员队伍", "star", null),
                new Item("队伍", 344, "/appointments/conflicts", "任职冲突", "warn", null),
                new Item("队伍", 346, "/staffing", "物业专员", "flag", null));
    }
}
