package org.hemei.workorder;

import java.util.Arrays;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/**
 * 升级到某一级: a clock went up the line to that level, or past it, and what it waits for has still not been done. Once it is done the
 * order is no longer there, although its history says so for ever.
 */
public final class Escalated {

    /** The levels that somebody on duty has; a reporter is none of them. */
    private static final Level[] UP = {Level.HOLDER, Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY};

    /** On {@code work_order o} and its {@code order_clock k}; the same cases as {@code OrderClock.matters}. */
    private static final String NOT_DONE = """
            k.level = any(:%%1$s) and exists (
                select from jsonb_array_elements(k.plan) p
                where p ->> 'fired' is not null and not cast(p ->> 'warning' as boolean) and lower(p ->> 'level') = any(:%%1$s)
                  and case p ->> 'timer' when 'ACCEPT' then o.state in (%1$s)
                                         when 'TAKE' then o.state = 'dispatched' and o.holder is not null
                                         when 'CONTACT' then not o.nobody and (o.contacted_at is null or o.contact_denied) and o.holder is not null and o.state in (%2$s)
                                         when 'RESOLVE' then o.holder is not null and o.state in (%2$s)
                                         when 'VERIFY' then o.state = 'resolved'
                                         when 'SUPERVISE' then o.supervised and o.state in (%3$s) and exists (
                                             select from supervision v
                                             where v.district = o.district and v.order_id = o.id and v.state = 'open')
                                         when 'MARK' then o.state in (%3$s) and exists (
                                             select from leader_mark v
                                             where v.district = o.district and v.order_id = o.id and v.state = 'open')
                                         when 'HELP' then o.state in (%4$s) and exists (
                                             select from assist_task v
                                             where v.district = o.district and v.order_id = o.id
                                               and v.state in ('asked', 'accepted'))
                                         when 'DECIDE' then o.state in ('extension_requested', 'suspension_requested', 'return_requested')
                                         when 'TRANSFER' then %%2$s
                                         else false end)""".formatted(
                    OrderState.sql(state -> state.phase() == OrderState.Phase.INTAKE),
                    OrderState.sql(OrderState::holdersTurn),
                    OrderState.OWED_SQL,
                    OrderState.HELD_SQL);

    /** A late answer to an offer goes up on the other side: it is that level's here only where the level has both sides. */
    private static final String OFFERED_WITHIN = """
            o.state = 'transfer_offered' and exists (
                select from order_transfer v
                where v.district = o.district and v.order_id = o.id and v.state = 'offered'
                  and left(v.area, b.digits) = left(o.community, b.digits))""".replace(
                    "b.digits",
                    "case p ->> 'level' when 'CITY' then 4 when 'DISTRICT' then 6 when 'STREET' then 9 else 12 end");

    private Escalated() {}

    /** @param levels name of the parameter that holds {@link #levels} */
    public static String condition(String levels) {
        return NOT_DONE.formatted(levels, OFFERED_WITHIN);
    }

    /** The same but for offers, which wait for those who may answer them, see {@code DisputeNeeds}. */
    public static String conditionWithoutOffers(String levels) {
        return NOT_DONE.formatted(levels, "false");
    }

    /** That level and those above it, as stored. */
    public static String[] levels(Level from) {
        return Arrays.stream(UP)
                .filter(level -> level.compareTo(from) >= 0)
                .map(Level::code)
                .toArray(String[]::new);
    }

    /** The reader's own level, the nearest to the matter where somebody has several; null for whoever has none. */
    public static @Nullable Level own(Reader reader) {
        if (reader.has(Role.MANAGER)) {
            return Level.HOLDER;
        }
        if (reader.has(Role.COMMUNITY)) {
            return Level.COMMUNITY;
        }
        if (reader.has(Role.STREET)) {
            return Level.STREET;
        }
        if (reader.has(Role.DISTRICT)) {
            return Level.DISTRICT;
        }
        return reader.has(Role.CITY) ? Level.CITY : null;
    }

    /** Whether this is a level that a matter can go up to. */
    public static boolean isOne(@Nullable Level level) {
        return level != null && level != Level.REPORTER;
    }

    /** What stands in a list's filter. */
    public static Level[] all() {
        return UP.clone();
    }
}
