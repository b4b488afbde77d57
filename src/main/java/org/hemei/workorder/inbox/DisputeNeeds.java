package org.hemei.workorder.inbox;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.Escalated;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.Level;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.list.OrderScope;

/**
 * What disputes, transfers, supervision and leaders' marks make people wait for, as parts of the inbox's query. To the
 * community: a first return, what it is offered. To the street: a second one, answers to read. To the holder: what it owes in
 * writing.
 */
final class DisputeNeeds {

    private static final String RETURNED = """
            select o.district, o.id, '%%s', o.due_at, cast(null as text)
            from work_order o join body b on b.id = o.holder
            where o.state = 'return_requested' and (o.disputes >= 2 or %s) = %%s and (%%s)
            """.formatted(HolderRule.OWN_SQL);

    /** Whoever holds it may not any more: its contract is over, or the body is. Whoever named it names another. */
    private static final String LEFT = """
            select o.district, o.id, 'redispatch', o.due_at, cast(null as text)
            from work_order o join body b on b.id = o.holder
            where o.state in ('dispatched', 'in_progress') and o.ruled = %%s and not (%s) and (%%s)
            """.formatted(HolderRule.MAY_SQL.replace("%", "%%"));

    private static final String OFFERED = """
            select o.district, o.id, 'answer_transfer', t.due_at, cast(null as text)
            from order_transfer t join work_order o on o.district = t.district and o.id = t.order_id
            where t.state = 'offered' and o.state = 'transfer_offered' and t.area like any(:offeredTo)
            """;

    /** To those above the other side, when the answer is late and has gone up to them. */
    private static final String OFFERED_UP = """
            select o.district, o.id, 'answer_transfer', t.due_at, cast(null as text)
            from order_transfer t
                     join work_order o on o.district = t.district and o.id = t.order_id
                     join order_clock k on k.district = t.district and k.order_id = t.order_id and k.part = 'decision'
            where t.state = 'offered' and o.state = 'transfer_offered' and k.level = any(:%1$sLevels)
              and t.area like any(:%1$s)
            """;

    private static final String SUPERVISED = """
            select o.district, o.id, '%s', s.due_at, cast(null as text)
            from supervision s join work_order o on o.district = s.district and o.id = s.order_id
            where s.state = '%s' and o.state in (%s) and %s and (%s)
            """;

    /** Until it is answered, also after the end; while the order waits for its rating the time of the answer stands still. */
    private static final String MARKED = """
            select o.district, o.id, 'answer_instruction', case when o.state <> 'awaiting_rating' then k.due_at end, cast(null as text)
            from leader_mark k join work_order o on o.district = k.district and o.id = k.order_id
            where k.state = 'open' and %s and (%s)
            """;

    private DisputeNeeds() {}

    static List<String> parts(Reader reader, Where where, LocalDate today) {
        var parts = new ArrayList<String>();
        var community = reader.scope(Role.COMMUNITY);
        if (!community.isEmpty()) {
            var here = OrderScope.inAreas(where, "disputeCommunity", community);
            where.with("offeredTo", community.patterns());
            where.with("today", today);
            parts.add(RETURNED.formatted("decide_return", "false", here));
            parts.add(LEFT.formatted("false", here));
            parts.add(OFFERED);
            parts.add(
                    SUPERVISED.formatted("answer_supervision", "open", OrderState.OWED_SQL, "o.holder is null", here));
            parts.add(MARKED.formatted(
                    "(k.addressee = 'community' or k.addressee = 'holder' and o.holder is null)", here));
        }
        var street = reader.scope(Role.STREET);
        if (!street.isEmpty()) {
            var here = OrderScope.inAreas(where, "disputeStreet", street);
            where.with("today", today);
            parts.add(RETURNED.formatted("rule", "true", here));
            parts.add(LEFT.formatted("true", here));
            parts.add(SUPERVISED.formatted("review_answer", "answered", OrderState.OWED_SQL, "true", here));
            parts.add(MARKED.formatted("k.addressee = 'street'", here));
        }
        late(parts, reader, where, Role.STREET, Level.STREET);
        late(parts, reader, where, Role.DISTRICT, Level.DISTRICT);
        late(parts, reader, where, Role.CITY, Level.CITY);
        var manager = reader.scope(Role.MANAGER);
        if (!manager.isEmpty()) {
            var ours = OrderScope.heldBy(where, "disputeManager", manager);
            parts.add(SUPERVISED.formatted("answer_supervision", "open", OrderState.OWED_SQL, "true", ours));
            parts.add(MARKED.formatted("k.addressee = 'holder'", ours));
        }
        return parts;
    }

    private static void late(List<String> parts, Reader reader, Where where, Role role, Level level) {
        var scope = reader.scope(role);
        if (!scope.isEmpty()) {
            var name = "offered" + level.code();
            where.with(name, scope.patterns()).with(name + "Levels", Escalated.levels(level));
            parts.add(OFFERED_UP.formatted(name));
        }
    }
}
