package org.hemei.workorder.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Channel;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.HotlineDay;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderScope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What waits for a reader. To the community: what is new, and what was reported done by others than its own team. To the
 * street: what that team did. To each level up to the city: what went up the line to it. To the holder: what it was sent. To a helper: what it was asked for.
 */
@Component
public class InboxQueries implements TodoSource {

    /** Of what is read in one go: more than anybody clears in a day. */
    static final int MOST = 500;

    /** @param late those past their deadline; @param next the first deadline that is still ahead */
    record Waiting(int all, int late, @Nullable Instant next) {}

    private static final String COMMUNITY = """
            select o.district, o.id, case o.state when 'resolved' then 'verify' else 'dispatch' end,
                   o.due_at, cast(null as text)
            from work_order o left join body b on b.id = o.holder
            where o.state in ('submitted', 'awaiting_dispatch', 'resolved')
              and (o.state <> 'resolved' or not (%s))
              and (%%s)
            """.formatted(HolderRule.OWN_SQL);

    private static final String STREET = """
            select o.district, o.id, 'verify', o.due_at, cast(null as text)
            from work_order o join body b on b.id = o.holder
            where o.state = 'resolved' and %s and (%%s)
            """.formatted(HolderRule.OWN_SQL);

    /** Whoever phoned or came, and left a number, is asked by the side that verified. */
    private static final String CALL_BACK = """
            select o.district, o.id, 'call_back', o.due_at, cast(null as text)
            from work_order o left join body b on b.id = o.holder
            where o.state = 'awaiting_rating' and o.reporter is null and o.channel in ('phone', 'walk_in', 'hotline')
              and exists (select from work_order_words p
                          where p.district = o.district and p.order_id = o.id and p.caller_phone_cipher is not null)
              and coalesce(%s, false) = %s and (%%s)
            """;

    /** The same of whoever phoned and whose matter was merged into the one that waits for its rating. */
    private static final String CALL_BACK_MERGED = """
            select m.district, m.id, 'call_back', o.due_at, cast(null as text)
            from work_order o left join body b on b.id = o.holder
                     join work_order m on m.district = o.district and m.kept = o.id
            where o.state = 'awaiting_rating' and m.state = 'merged' and m.reporter is null and m.solved is null
              and m.channel in ('phone', 'walk_in', 'hotline')
              and exists (select from work_order_words p
                          where p.district = m.district and p.order_id = m.id and p.caller_phone_cipher is not null)
              and coalesce(%s, false) = %s and (%%s)
            """;

    private static final String HOLDER = """
            select o.district, o.id,
                   case when o.state = 'dispatched' then 'take'
                        when not o.nobody and (o.contacted_at is null or o.contact_denied) then 'contact' else 'resolve' end,
                   case when o.state <> 'dispatched' and not o.nobody and (o.contacted_at is null or o.contact_denied) then least(o.contact_due, o.due_at)
                        else o.due_at end,
                   cast(null as text)
            from work_order o
            where o.state in ('dispatched', 'in_progress', 'extension_requested', 'suspension_requested') and (%s)
            """;

    private static final String HELPER = """
            select o.district, o.id, case a.state when 'asked' then 'assist_answer' else 'assist' end, a.due_at, a.what
            from assist_task a join work_order o on o.district = a.district and o.id = a.order_id
            where a.state in ('asked', 'accepted') and (o.state in (%s) or a.joint and o.state = 'dispatched') and a.body = any(:helper)
            """.formatted(OrderState.IN_HAND_SQL);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    InboxQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether things can wait for this reader at all. */
    static boolean concerns(Reader reader) {
        return reader.has(Role.COMMUNITY)
                || reader.has(Role.STREET)
                || reader.has(Role.MANAGER)
                || reader.has(Role.STAFF)
                || reader.has(Role.DISTRICT)
                || reader.has(Role.CITY)
                || reader.has(Role.HELPER);
    }

    @Override
    public int waiting(Reader reader) {
        return concerns(reader) ? count(reader).all() : 0;
    }

    Waiting count(Reader reader) {
        var where = new Where();
        return jdbc.sql(with(reader, where, CivilTime.date(clock.instant())) + """
                select count(*) as everything, count(*) filter (where due < :now) as late,
                       min(due) filter (where due >= :now) as next
                from mine
                """)
                .params(where.params())
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) ->
                        new Waiting(r.getInt("everything"), r.getInt("late"), OrderListQueries.instant(r, "next")))
                .single();
    }

    /** What waits for the reader, as {@code mine}; its parameters are added. */
    static String with(Reader reader, Where where, LocalDate today) {
        return "with mine (district, id, need, due, asked) as (" + mine(reader, where, today) + ")\n";
    }

    /** {@code mine m} with what is shown and filtered by. */
    static final String JOINS = """
            from mine m
                     join work_order o on o.district = m.district and o.id = m.id
                     join work_order_words w on w.district = m.district and w.order_id = m.id
                     join estate e on e.id = o.estate
                     join category c on c.code = o.category
                     left join category top on top.code = c.parent
                     left join building b on b.id = o.building
                     left join body h on h.id = o.holder
            """;

    /** By time left, shortest first; at most {@value #MOST}. */
    public List<InboxRow> rows(Reader reader) {
        return rows(reader, new Where(), MOST);
    }

    /** @param where on what {@link #JOINS} joins */
    List<InboxRow> rows(Reader reader, Where where, int most) {
        return jdbc.sql(with(reader, where, CivilTime.date(clock.instant())) + """
                select m.district, m.id, m.need, m.due, m.asked, o.submitted_at, w.title, o.estate,
                       e.name as estate_name, b.name as building_name, c.name as category_name,
                       o.urgency, o.state, o.channel, h.short_name as holder_name, o.joined, o.urged, o.round, o.contact_denied,
                       case when o.resolved_at is null then
                """ + HotlineDay.SQL + """
                       end as hotline_due
                """ + JOINS
                        + "where " + where.sql()
                        + "\norder by m.due nulls last, m.district, m.id, m.need limit " + most)
                .params(where.params())
                .query(InboxQueries::read)
                .list();
    }

    /** One select for each way in which things wait for this reader. */
    private static String mine(Reader reader, Where where, LocalDate today) {
        var parts = new ArrayList<String>();
        var community = reader.scope(Role.COMMUNITY);
        if (!community.isEmpty()) {
            var there = OrderScope.inAreas(where, "community", community);
            parts.add(COMMUNITY.formatted(there));
            parts.add(CALL_BACK.formatted(HolderRule.OWN_SQL, false).formatted(there));
            parts.add(CALL_BACK_MERGED.formatted(HolderRule.OWN_SQL, false).formatted(there));
        }
        var street = reader.scope(Role.STREET);
        if (!street.isEmpty()) {
            var there = OrderScope.inAreas(where, "street", street);
            parts.add(STREET.formatted(there));
            parts.add(CALL_BACK.formatted(HolderRule.OWN_SQL, true).formatted(there));
            parts.add(CALL_BACK_MERGED.formatted(HolderRule.OWN_SQL, true).formatted(there));
        }
        var manager = reader.scope(Role.MANAGER);
        if (!manager.isEmpty()) {
            parts.add(HOLDER.formatted(OrderScope.heldBy(where, "manager", manager)));
        }
        var staff = reader.scope(Role.STAFF);
        if (!staff.isEmpty()) {
            where.with("me", reader.account());
            parts.add(HOLDER.formatted("o.assignee = :me and " + OrderScope.heldBy(where, "staff", staff)));
        }
        // a company can be asked to help as well as to hold
        var helper = OrderScope.helpers(reader);
        if (!helper.isEmpty()) {
            where.with("helper", helper.bodies());
            parts.add(HELPER);
        }
        parts.addAll(DisputeNeeds.parts(reader, where, today));
        parts.addAll(TimeNeeds.parts(reader, where));
        parts.addAll(EscalatedNeeds.parts(reader, where));
        if (parts.isEmpty()) {
            parts.add(COMMUNITY.formatted("false"));
        }
        return String.join("union\n", parts);
    }

    private static InboxRow read(ResultSet r, int n) throws SQLException {
        return new InboxRow(
                new OrderId(r.getInt("district"), r.getLong("id")),
                Need.valueOf(r.getString("need").toUpperCase(Locale.ROOT)),
                r.getTimestamp("submitted_at").toInstant(),
                r.getString("title"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getString("building_name"),
                r.getString("category_name"),
                Urgency.of(r.getString("urgency")),
                OrderState.of(r.getString("state")),
                Channel.of(r.getString("channel")),
                r.getString("holder_name"),
                OrderListQueries.instant(r, "due"),
                r.getString("asked"),
                r.getInt("joined"),
                r.getInt("urged"),
                r.getInt("round"),
                r.getBoolean("contact_denied"),
                r.getObject("hotline_due", LocalDate.class));
    }
}
