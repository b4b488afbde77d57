package org.hemei.workorder.inbox;

import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.Escalated;
import org.hemei.workorder.Level;
import org.hemei.workorder.list.OrderScope;

/** What went up the line to the reader's own level and is still not done, as parts of the inbox's query. */
final class EscalatedNeeds {

    private static final String UP = """
            select o.district, o.id, 'escalated', o.falls_due, cast(null as text)
            from order_clock k join work_order o on o.district = k.district and o.id = k.order_id
            where %s and (%s)
            """;

    private EscalatedNeeds() {}

    static List<String> parts(Reader reader, Where where) {
        var parts = new ArrayList<String>();
        area(parts, reader, where, Role.COMMUNITY, Level.COMMUNITY);
        area(parts, reader, where, Role.STREET, Level.STREET);
        area(parts, reader, where, Role.DISTRICT, Level.DISTRICT);
        area(parts, reader, where, Role.CITY, Level.CITY);
        var manager = reader.scope(Role.MANAGER);
        if (!manager.isEmpty()) {
            where.with("upHolder", Escalated.levels(Level.HOLDER));
            // the holder has every order of its own in the inbox anyway: only what a rule sends to it as a step up the
            // line
            parts.add(UP.formatted(
                    Escalated.conditionWithoutOffers("upHolder") + " and k.level = 'holder'",
                    OrderScope.heldBy(where, "upManager", manager)));
        }
        return parts;
    }

    private static void area(List<String> parts, Reader reader, Where where, Role role, Level level) {
        var scope = reader.scope(role);
        if (!scope.isEmpty()) {
            var name = "up" + level.code();
            where.with(name, Escalated.levels(level));
            parts.add(UP.formatted(
                    Escalated.conditionWithoutOffers(name), OrderScope.inAreas(where, name + "At", scope)));
        }
    }
}
