package org.hemei.workorder.inbox;

import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.list.OrderScope;

/**
 * The time that holders ask for, as parts of the inbox's query: the community decides, and the street where the community's own
 * team holds the order.
 */
final class TimeNeeds {

    private static final String ASKED = """
            select o.district, o.id, case o.state when 'extension_requested' then 'decide_extension' else 'decide_suspension' end,
                   t.decide_due, cast(null as text)
            from work_order o
                     join order_time_request t on t.district = o.district and t.order_id = o.id and t.state = 'asked'
                     join body b on b.id = o.holder
            where o.state in ('extension_requested', 'suspension_requested') and (%s) = %%s and (%%s)
            """.formatted(HolderRule.OWN_SQL);

    private TimeNeeds() {}

    static List<String> parts(Reader reader, Where where) {
        var parts = new ArrayList<String>();
        var community = reader.scope(Role.COMMUNITY);
        if (!community.isEmpty()) {
            parts.add(ASKED.formatted("false", OrderScope.inAreas(where, "timeCommunity", community)));
        }
        var street = reader.scope(Role.STREET);
        if (!street.isEmpty()) {
            parts.add(ASKED.formatted("true", OrderScope.inAreas(where, "timeStreet", street)));
        }
        return parts;
    }
}
