package org.hemei.workorder.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.Channel;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.OfferedVerbs;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.clock.TimingQueries;
import org.hemei.workorder.desk.OrderView.Clocks;
import org.hemei.workorder.desk.OrderView.Head;
import org.hemei.workorder.desk.OrderView.Photo;
import org.hemei.workorder.dispute.AroundQueries;
import org.hemei.workorder.dispute.OrderAround;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads one order for somebody on duty, and leaves out what they must not know. */
@Component
class OrderViews {

    /** What holder, desks and those above do to each other. */
    private static final Set<Verb> AMONG_OTHERS = EnumSet.of(
            Verb.REQUEST_RETURN,
            Verb.GRANT_RETURN,
            Verb.REFUSE_RETURN,
            Verb.RULE,
            Verb.SUPERVISE,
            Verb.ANSWER_SUPERVISION,
            Verb.RETURN_ANSWER,
            Verb.LIFT_SUPERVISION,
            Verb.INSTRUCT,
            Verb.ANSWER_INSTRUCTION);

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final Standings standings;
    private final OfferedVerbs offered;
    private final AroundQueries around;
    private final TimingQueries timing;
    private final WorkCalendars calendars;
    private final InstantSource clock;
    private final StepLines history;

    OrderViews(
            JdbcClient jdbc,
            WorkOrders orders,
            Standings standings,
            OfferedVerbs offered,
            AroundQueries around,
            TimingQueries timing,
            WorkCalendars calendars,
            InstantSource clock,
            StepLines history) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.standings = standings;
        this.offered = offered;
        this.around = around;
        this.timing = timing;
        this.calendars = calendars;
        this.clock = clock;
        this.history = history;
    }

    /** @throws Missing when there is no such order for this reader */
    Set<Standing> standings(Reader reader, OrderId id) {
        var order = orders.find(id).orElseThrow(OrderViews::missing);
        var found = standings.of(reader, order);
        if (found.isEmpty()) {
            throw missing();
        }
        return found;
    }

    /** @throws Missing when there is no such order for this reader, or only as a resident */
    OrderView view(Reader reader, OrderId id) {
        var found = standings(reader, id);
        if (!onDuty(found)) {
            throw missing();
        }
        var order = orders.find(id).orElseThrow(OrderViews::missing);
        var now = clock.instant();
        var row = row(id, Standings.knowsReporter(found));
        var time = timing.of(order);
        return new OrderView(
                id,
                row.getKey(),
                row.getValue(),
                history(id, found, row.getKey().anonymous() && !Standings.knowsReporter(found)),
                assists(id, OrderScope.helpers(reader).bodies()),
                photos(id),
                found,
                offered.of(order, duty(found), reader.account()),
                around(id, found),
                time,
                now);
    }

    private List<StepLine> history(OrderId id, Set<Standing> standings, boolean hideReporter) {
        var all = history.of(id, hideReporter);
        return onlyHelps(standings)
                ? all.stream()
                        .filter(step -> !AMONG_OTHERS.contains(step.verb()))
                        .toList()
                : all;
    }

    private static boolean onlyHelps(Set<Standing> standings) {
        return standings.stream().allMatch(s -> s == Standing.HELPER || s == Standing.JOINER || s == Standing.REPORTER);
    }

    /** Who only helps is asked for a part: what the others dispute, and what leaders wrote to them, is not for them. */
    private OrderAround around(OrderId id, Set<Standing> standings) {
        return onlyHelps(standings) ? around.ofHelper(id) : around.of(id);
    }

    /** What a reader is to an order by duty; as a resident they have their own page. */
    private static Set<Standing> duty(Set<Standing> standings) {
        var duty = EnumSet.copyOf(standings);
        duty.remove(Standing.REPORTER);
        duty.remove(Standing.JOINER);
        return duty;
    }

    static boolean onDuty(Set<Standing> standings) {
        return standings.stream().anyMatch(s -> s != Standing.REPORTER && s != Standing.JOINER);
    }

    private static Missing missing() {
        return new Missing("没有这张工单。");
    }

    private Map.Entry<Head, Clocks> row(OrderId id, boolean knowsReporter) {
        return jdbc.sql("""
                select o.*, w.title, w.words, w.place, w.caller_name_cipher is not null as named,
                       w.caller_phone_cipher is not null or p.phone_cipher is not null as phoned,
                       e.name as estate_name, b.name as building_name, u.name as unit_name, m.name as community_name,
                       c.name as category_name, coalesce(top.name, c.name) as branch_name, p.masked_name as reporter_name,
                       h.short_name as holder_name, h.kind as holder_kind, ap.masked_name as assignee_name
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join area m on m.code = o.community
                         join category c on c.code = o.category
                         left join category top on top.code = c.parent
                         left join building b on b.id = o.building
                         left join unit u on u.id = o.unit
                         left join account ra on ra.id = o.reporter
                         left join person p on p.id = ra.person
                         left join body h on h.id = o.holder
                         left join account aa on aa.id = o.assignee
                         left join person ap on ap.id = aa.person
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> {
                    var hidden = r.getBoolean("anonymous") && !knowsReporter;
                    return Map.entry(head(r, id, hidden), clocks(r));
                })
                .optional()
                .orElseThrow(OrderViews::missing);
    }

    private static Head head(ResultSet r, OrderId id, boolean hidden) throws SQLException {
        var reporter = r.getString("reporter_name");
        if (reporter == null && r.getBoolean("named")) {
            reporter = "来电（访）人";
        }
        var kept = r.getObject("kept", Long.class);
        return new Head(
                r.getInt("version"),
                OrderState.of(r.getString("state")),
                Urgency.of(r.getString("urgency")),
                r.getString("title"),
                r.getString("words"),
                hidden ? "" : r.getString("place"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getString("building_name"),
                hidden ? null : r.getString("unit_name"),
                r.getString("community"),
                AreaQueries.plain(r.getString("community_name")),
                r.getString("category"),
                r.getString("category_name"),
                r.getString("branch_name"),
                Channel.of(r.getString("channel")),
                hidden ? null : reporter,
                r.getBoolean("anonymous"),
                !hidden && r.getBoolean("phoned"),
                r.getObject("holder", Long.class),
                r.getString("holder_name"),
                HolderRule.own(r.getString("holder_kind")),
                r.getObject("assignee", Long.class),
                r.getString("assignee_name"),
                r.getInt("round"),
                r.getInt("joined"),
                r.getInt("urged"),
                r.getBoolean("supervised"),
                kept == null ? null : new OrderId(id.district(), kept));
    }

    private Clocks clocks(ResultSet r) throws SQLException {
        var due = OrderListQueries.instant(r, "due_at");
        return new Clocks(
                r.getTimestamp("submitted_at").toInstant(),
                due,
                OrderListQueries.instant(r, "contact_due"),
                OrderListQueries.instant(r, "resolve_due"),
                OrderListQueries.instant(r, "contacted_at"),
                r.getBoolean("contact_denied"),
                r.getBoolean("nobody"),
                OrderListQueries.instant(r, "resolved_at"),
                OrderListQueries.instant(r, "closed_at"),
                (Boolean) r.getObject("solved"),
                (Integer) r.getObject("satisfied"),
                due != null && !calendars.current().knows(due));
    }

    private List<AssistLine> assists(OrderId id, Long[] bodies) {
        var own = Set.copyOf(Arrays.asList(bodies));
        return jdbc.sql("""
                select a.id, a.body, b.name, a.what, a.state, a.asked_at, a.due_at, a.done_at, a.result, a.joint
                from assist_task a join body b on b.id = a.body
                where a.district = ? and a.order_id = ?
                order by a.asked_at, a.id
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new AssistLine(
                        r.getLong("id"),
                        r.getLong("body"),
                        r.getString("name"),
                        r.getString("what"),
                        r.getString("state"),
                        r.getTimestamp("asked_at").toInstant(),
                        r.getTimestamp("due_at").toInstant(),
                        OrderListQueries.instant(r, "done_at"),
                        r.getString("result"),
                        own.contains(r.getLong("body")),
                        r.getBoolean("joint")))
                .list();
    }

    private List<Photo> photos(OrderId id) {
        return jdbc.sql("""
                select id, purpose from attachment
                where district = ? and owner_kind = 'work_order' and owner_id = ? and media_type like 'image/%'
                order by uploaded_at, id
                """)
                .params(id.district(), id.toString())
                .query((r, n) -> new Photo(r.getObject("id", UUID.class), r.getString("purpose")))
                .list();
    }

    Instant now() {
        return clock.instant();
    }
}
