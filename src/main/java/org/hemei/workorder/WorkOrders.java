package org.hemei.workorder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads an order under a row lock and saves it with its step, audit entry and event: plain statements that travel in
 * one round trip, all in the caller's transaction.
 */
@Repository
public class WorkOrders {

    /** Ways in by which somebody is there to be asked. */
    private static final Set<Channel> CALLED = EnumSet.of(Channel.PHONE, Channel.WALK_IN, Channel.HOTLINE);

    private final JdbcClient jdbc;
    private final Ids ids;
    private final JsonMapper json;
    private final OrderClocks clocks;

    WorkOrders(JdbcClient jdbc, Ids ids, JsonMapper json, OrderClocks clocks) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.json = json;
        this.clocks = clocks;
    }

    /** With whether the community's own team holds it, whose work the street verifies, whether what waits for the community is late, and what spares most orders a question more. */
    private static final String ORDER = """
            select o.*, (select %s from body b where b.id = o.holder) as backstop,
                   exists (select from assist_task t where t.district = o.district and t.order_id = o.id) as assisted,
                   o.joined > 0 and exists (select from work_order_step s where s.district = o.district and s.order_id = o.id
                                            and s.verb = 'withdraw' and s.to_state = s.from_state) as given_up,
                   exists (select from held_before h where h.district = o.district and h.order_id = o.id) as held_before,
                   %s as hotline_due,
                   case when o.state in ('submitted', 'awaiting_dispatch', 'resolved', 'extension_requested', 'suspension_requested',
                                         'return_requested') then coalesce(
                       (select k.level in ('street', 'district', 'city') from order_clock k
                        where k.district = o.district and k.order_id = o.id
                          and k.part = case o.state when 'submitted' then 'intake' when 'awaiting_dispatch' then 'intake'
                                                    when 'resolved' then 'check' else 'decision' end), false) else false end as up
            """.formatted(HolderRule.OWN_SQL, HotlineDay.SQL);

    /**
     * Locks these orders and what they were merged into, always in the order of their ids. Whoever needs more than one order begins
     * here: two who both did never wait for each other.
     */
    void lockInOrder(int district, Long... ids) {
        jdbc.sql("savepoint in_order").update();
        var chain = chain(district, ids);
        lockAll(district, chain);
        // what was waited for may have been merged on meanwhile, into one with a lower number: then anew, with nothing
        // held
        for (var now = chain(district, ids); !chain.containsAll(now); now = chain(district, ids)) {
            jdbc.sql("rollback to savepoint in_order").update();
            chain = now;
            lockAll(district, chain);
        }
        jdbc.sql("release savepoint in_order").update();
    }

    private List<Long> chain(int district, Long... ids) {
        return jdbc.sql("""
                with recursive up (id) as (
                    select unnest(:ids::bigint[])
                    union
                    select m.kept from up join work_order m on m.district = :district and m.id = up.id
                    where m.state = 'merged' and m.kept is not null)
                select id from up
                """)
                .param("district", district)
                .param("ids", ids)
                .query(Long.class)
                .list();
    }

    private void lockAll(int district, List<Long> ids) {
        jdbc.sql("select id from work_order where district = ? and id = any(?) order by id for update")
                .params(district, ids.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    /** @throws Missing when there is none */
    WorkOrder lock(OrderId id) {
        return lockIfAny(id).orElseThrow(() -> new Missing("没有这张工单。"));
    }

    /** The same for a number that somebody typed: that there is none is said at its field. */
    Optional<WorkOrder> lockIfAny(OrderId id) {
        var found = jdbc.sql(ORDER + """
                from work_order o
                where o.district = ? and o.id = ?
                for update of o
                """)
                .params(id.district(), id.id())
                .query(WorkOrders::read)
                .optional();
        found.filter(order -> order.passedOn).ifPresent(order -> order.before = HeldBefore.all(jdbc, id));
        return found;
    }

    public Optional<WorkOrder> find(OrderId id) {
        return jdbc.sql(ORDER + """
                from work_order o
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query(WorkOrders::read)
                .optional();
    }

    /** Those of many that there are, in no order; without a lock. */
    List<WorkOrder> all(List<OrderId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(ORDER + """
                from unnest(:district::int[], :id::bigint[]) as i (district, id)
                         join work_order o on o.district = i.district and o.id = i.id
                """)
                .param("district", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("id", ids.stream().map(OrderId::id).toArray(Long[]::new))
                .query(WorkOrders::read)
                .list();
    }

    /** Refuses whoever acts on an older version than the locked one, and says who was first. */
    void expect(Reader reader, WorkOrder order, int seen) {
        if (order.version == seen || onlyTheClock(order, seen)) {
            return;
        }
        throw jdbc.sql("""
                select s.verb, s.at, s.actor, s.actor_as, p.masked_name
                from work_order_step s
                         left join account a on a.id = s.actor
                         left join person p on p.id = a.person
                where s.district = ? and s.order_id = ? and s.seq = ?
                """)
                .params(order.id.district(), order.id.id(), order.version)
                .query((r, n) -> new Stale(
                        r.getLong("actor") == reader.account() ? "您自己" : who(r),
                        Verb.of(r.getString("verb")).words(),
                        r.getTimestamp("at").toInstant()))
                .single();
    }

    /** A reminder that the clock gave in between takes nothing away from anybody's form. */
    private boolean onlyTheClock(WorkOrder order, int seen) {
        return seen > 0
                && seen < order.version
                && jdbc.sql("""
                        select coalesce(bool_and(verb in ('warn', 'escalate')), false) from work_order_step
                        where district = ? and order_id = ? and seq > ?
                        """)
                        .params(order.id.district(), order.id.id(), seen)
                        .query(Boolean.class)
                        .single();
    }

    private static String who(ResultSet r) throws SQLException {
        var name = r.getString("masked_name");
        return Standing.of(r.getString("actor_as")).words() + (name == null ? "" : " " + name);
    }

    /** @param words what the actor wrote at this step; kept apart, erasable */
    void save(WorkOrder order, Step step, @Nullable String words) {
        save(order, 1, step, words);
    }

    /** Writes a step into the history only: the order itself is about to be saved with the step after it, in the same round trip. */
    void note(WorkOrder order, Step step) {
        order.noted = params(order, step);
    }

    /** @param steps how many have been taken since the order was read */
    void save(WorkOrder order, int steps, Step step, @Nullable String words) {
        var params = params(order, step);
        params.put("words", words);
        params.put("read", order.version - steps);
        var sql = new StringBuilder(SAVE);
        var noted = order.noted;
        if (noted != null) {
            noted.forEach((name, value) -> params.put(NOTED + name, value));
            sql.append(NOTED_HISTORY);
        }
        sql.append(HISTORY);
        if (words != null && !words.isBlank()) {
            sql.append(";").append(REMARK);
        }
        if (order.started != null) {
            clocks.put(params, order, order.started);
            sql.append(";").append(OrderClocks.START);
        }
        if (order.woken != null) {
            params.put("woken", order.woken.code());
            sql.append(";").append(OrderClocks.WAKE);
        }
        HeldBefore.put(params, order, sql);
        Rated.put(params, order, sql);
        order.noted = null;
        order.started = null;
        order.woken = null;
        var written = jdbc.sql(sql.toString()).params(params).update();
        if (written != 1) {
            throw Refusal.of("这张工单刚刚被别人改了，请刷新再看。");
        }
    }

    private Map<String, Object> params(WorkOrder order, Step step) {
        var params = new HashMap<String, Object>();
        putOrder(params, order);
        putStep(params, step);
        params.put("area", order.community);
        params.put("audit", ids.next("audit_seq"));
        params.put("event", ids.next("event_seq"));
        params.put("action", "work_order." + step.verb().code());
        params.put("subject", order.id.toString());
        params.put("body_json", json.writeValueAsString(eventBody(order, step)));
        return params;
    }

    private static final String SAVE = """
            update work_order
            set version = :version, state = :state, holder = :holder, assignee = :assignee, round = :round,
                due_at = :due_at, contact_due = :contact_due, resolve_due = :resolve_due, contacted_at = :contacted_at,
                contact_denied = :contact_denied, resolved_at = :resolved_at, resolved_by = :resolved_by,
                closed_at = :closed_at, kept = :kept, deadline_class = :deadline_class, solved = :solved,
                satisfied = :satisfied, urged = :urged, disputes = :disputes, ruled = :ruled, supervised = :supervised
            where district = :district and id = :id and version = :read;
            """;

    private static final String HISTORY = """
            insert into work_order_step (district, order_id, seq, at, verb, from_state, to_state, actor, actor_as, body,
                                         assist, due_at, detail)
            values (:district, :id, :version, :at, :verb, :from_state, :state, :actor, :actor_as, :body, :assist,
                    :step_due, cast(:detail as jsonb));
            insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, area, detail)
            values (:district, :audit, :at, :actor, :action, 'work_order', :subject, :area, '{}');
            insert into event_log (district, id, at, kind, subject, body)
            values (:district, :event, :at, :action, :subject, cast(:body_json as jsonb))
            """;

    /** Before the names of the values of a step that goes before another. */
    private static final String NOTED = "noted_";

    private static final String NOTED_HISTORY = HISTORY.replace(":", ":" + NOTED) + ";";

    private static final String REMARK = """
            insert into work_order_remark (district, order_id, seq, words) values (:district, :id, :version, :words)
            """;

    private static void putOrder(Map<String, Object> params, WorkOrder order) {
        params.put("district", order.id.district());
        params.put("id", order.id.id());
        params.put("version", order.version);
        params.put("state", order.state.code());
        params.put("holder", order.holder);
        params.put("assignee", order.assignee);
        params.put("round", order.round);
        params.put("due_at", ifAny(order.dueAt));
        params.put("contact_due", ifAny(order.contactDue));
        params.put("resolve_due", ifAny(order.resolveDue));
        params.put("contacted_at", ifAny(order.contactedAt));
        params.put("contact_denied", order.contactDenied);
        params.put("resolved_at", ifAny(order.resolvedAt));
        params.put("resolved_by", order.resolvedBy);
        params.put("closed_at", ifAny(order.closedAt));
        params.put("kept", order.kept);
        params.put("deadline_class", order.deadlineClass == null ? null : order.deadlineClass.code());
        params.put("solved", order.solved);
        params.put("satisfied", order.satisfied);
        params.put("urged", order.urged);
        params.put("disputes", order.disputes);
        params.put("ruled", order.ruled);
        params.put("supervised", order.supervised);
    }

    private void putStep(Map<String, Object> params, Step step) {
        params.put("at", stamp(step.at()));
        params.put("verb", step.verb().code());
        params.put("from_state", step.from() == null ? null : step.from().code());
        params.put("actor", step.actor());
        params.put("actor_as", step.as().code());
        params.put("body", step.body());
        params.put("assist", step.assist());
        params.put("step_due", ifAny(step.dueAt()));
        params.put("detail", json.writeValueAsString(step.detail()));
    }

    private static Map<String, Object> eventBody(WorkOrder order, Step step) {
        var body = new HashMap<String, Object>();
        body.put("community", order.community);
        body.put("estate", order.estate);
        body.put("to", step.to().code());
        body.put("reporter", order.reporter);
        body.put("holder", order.holder);
        body.put("actor", step.actor());
        body.put("body", step.body());
        body.put("assist", step.assist());
        for (var key : List.of("timer", "level", "previous", "cancelled", "how", "by")) {
            if (step.detail().containsKey(key)) {
                body.put(key, step.detail().get(key));
            }
        }
        if (step.verb() == Verb.URGE) {
            body.put("as", step.as().code());
        }
        return body;
    }

    private static WorkOrder read(ResultSet r, int n) throws SQLException {
        var order = new WorkOrder(
                new OrderId(r.getInt("district"), r.getLong("id")),
                r.getInt("version"),
                OrderState.of(r.getString("state")),
                r.getString("community"),
                r.getLong("estate"),
                Urgency.of(r.getString("urgency")),
                id(r, "reporter"),
                r.getTimestamp("submitted_at").toInstant());
        order.category = r.getString("category");
        order.holder = id(r, "holder");
        order.backstopHolds = r.getBoolean("backstop");
        order.assignee = id(r, "assignee");
        order.round = r.getInt("round");
        order.dueAt = instant(r, "due_at");
        order.contactDue = instant(r, "contact_due");
        order.resolveDue = instant(r, "resolve_due");
        order.contactedAt = instant(r, "contacted_at");
        order.contactDenied = r.getBoolean("contact_denied");
        order.resolvedAt = instant(r, "resolved_at");
        order.resolvedBy = id(r, "resolved_by");
        order.closedAt = instant(r, "closed_at");
        order.kept = id(r, "kept");
        var paced = r.getString("deadline_class");
        order.deadlineClass = paced == null ? null : Urgency.of(paced);
        order.solved = r.getObject("solved", Boolean.class);
        order.satisfied = r.getObject("satisfied", Integer.class);
        order.called = order.reporter == null && CALLED.contains(Channel.of(r.getString("channel")));
        order.nobody = r.getBoolean("nobody");
        order.urged = r.getInt("urged");
        order.assisted = r.getBoolean("assisted");
        order.joined = r.getInt("joined");
        order.givenUp = r.getBoolean("given_up");
        order.disputes = r.getInt("disputes");
        order.ruled = r.getBoolean("ruled");
        order.supervised = r.getBoolean("supervised");
        order.hotlineDue = r.getObject("hotline_due", LocalDate.class);
        order.passedOn = r.getBoolean("held_before");
        order.up = r.getBoolean("up");
        return order;
    }

    private static @Nullable Long id(ResultSet r, String column) throws SQLException {
        return r.getObject(column, Long.class);
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    public static Timestamp stamp(Instant at) {
        return Timestamp.from(at);
    }

    private static @Nullable Timestamp ifAny(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
