package org.hemei.workorder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClock.Running;
import org.hemei.workorder.OrderClock.Stop;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The stamped clocks of orders: one row for each part of an open order's life. */
@Repository
public class OrderClocks {

    /** An order whose clock is to be looked at. */
    record Due(OrderId order, Part part, Instant at) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OrderClocks(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Goes with the order's own statements, in the same round trip. */
    static final String START = """
            insert into order_clock (district, order_id, part, since, timers, plan, next_at, level, stopped_at,
                                     left_seconds, resumes_on, obstacle)
            values (:district, :id, :part, :since, cast(:timers as jsonb), cast(:plan as jsonb), :next_at, :level,
                    :stopped_at, :left_seconds, :resumes_on, :obstacle)
            on conflict (district, order_id, part) do update
            set since = excluded.since, timers = excluded.timers, plan = excluded.plan, next_at = excluded.next_at,
                level = excluded.level, stopped_at = excluded.stopped_at, left_seconds = excluded.left_seconds,
                resumes_on = excluded.resumes_on, obstacle = excluded.obstacle
            """;

    /** The clock of an order that is being filed: it goes with the order's own statements. */
    static final String INTAKE = """
            insert into order_clock (district, order_id, part, since, timers, plan, next_at)
            values (:district, :id, 'intake', :at, cast(:timers as jsonb), cast(:plan as jsonb), :next)
            """;

    /** Has a clock looked at again that had nothing more to do at the time. */
    static final String WAKE = """
            update order_clock set next_at = :at
            where district = :district and order_id = :id and part = :woken and stopped_at is null
            """;

    void put(Map<String, Object> params, WorkOrder order, OrderClock clock) {
        var stop = clock.stop();
        var next = clock.nextAt(order);
        var level = clock.level();
        params.put("district", order.id.district());
        params.put("id", order.id.id());
        params.put("part", clock.part().code());
        params.put("since", WorkOrders.stamp(clock.since()));
        params.put("timers", json.writeValueAsString(clock.timers()));
        params.put("plan", json.writeValueAsString(clock.plan()));
        params.put("next_at", next == null ? null : Timestamp.from(next));
        params.put("level", level == null ? null : level.code());
        params.put("stopped_at", stop == null ? null : Timestamp.from(stop.at()));
        params.put("left_seconds", stop == null ? null : stop.secondsLeft());
        params.put("resumes_on", stop == null ? null : stop.resumes());
        params.put("obstacle", stop == null ? null : stop.obstacle());
    }

    /** For {@link #INTAKE}, whose other parameters are those of the order. */
    void putIntake(Map<String, Object> params, OrderClock clock) {
        params.put("timers", json.writeValueAsString(clock.timers()));
        params.put("plan", json.writeValueAsString(clock.plan()));
        params.put(
                "next",
                clock.plan().isEmpty()
                        ? null
                        : WorkOrders.stamp(clock.plan().getFirst().at()));
    }

    void save(WorkOrder order, OrderClock clock) {
        var params = new HashMap<String, Object>();
        put(params, order, clock);
        jdbc.sql(START).params(params).update();
    }

    /** A clock that is about to run, and whose it is. */
    record Begun(WorkOrder order, OrderClock clock) {}

    /** Many at once, each unless there is one already. */
    void add(List<Begun> begun) {
        if (begun.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into order_clock (district, order_id, part, since, timers, plan, next_at)
                select district, id, part, since, cast(timers as jsonb), cast(plan as jsonb), next_at
                from unnest(:district::int[], :id::bigint[], :part::text[], :since::timestamptz[], :timers::text[],
                            :plan::text[], :next::timestamptz[])
                     as b (district, id, part, since, timers, plan, next_at)
                on conflict (district, order_id, part) do nothing
                """)
                .param("district", column(begun, Integer[]::new, one -> one.order.id.district()))
                .param("id", column(begun, Long[]::new, one -> one.order.id.id()))
                .param(
                        "part",
                        column(begun, String[]::new, one -> one.clock.part().code()))
                .param("since", column(begun, Timestamp[]::new, one -> Timestamp.from(one.clock.since())))
                .param("timers", column(begun, String[]::new, one -> json.writeValueAsString(one.clock.timers())))
                .param("plan", column(begun, String[]::new, one -> json.writeValueAsString(one.clock.plan())))
                .param("next", column(begun, Timestamp[]::new, one -> stamp(one.clock.nextAt(one.order))))
                .update();
    }

    private static <T extends @Nullable Object> T[] column(
            List<Begun> begun, IntFunction<T[]> array, Function<Begun, T> value) {
        return begun.stream().map(value).toArray(array);
    }

    private static @Nullable Timestamp stamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    /** Read after the order's row lock, so that it is as the last step left it. */
    Optional<OrderClock> find(OrderId id, Part part) {
        return all(id).stream().filter(clock -> clock.part() == part).findFirst();
    }

    public List<OrderClock> all(OrderId id) {
        return jdbc.sql("""
                select part, since, timers, plan, stopped_at, left_seconds, resumes_on, obstacle
                from order_clock where district = ? and order_id = ?
                """).params(id.district(), id.id()).query(this::read).list();
    }

    private OrderClock read(ResultSet r, int n) throws SQLException {
        return new OrderClock(
                Part.valueOf(r.getString("part").toUpperCase(Locale.ROOT)),
                r.getTimestamp("since").toInstant(),
                List.of(json.readValue(r.getString("timers"), Running[].class)),
                List.of(json.readValue(r.getString("plan"), Planned[].class)),
                stop(r));
    }

    private static @Nullable Stop stop(ResultSet r) throws SQLException {
        var at = r.getTimestamp("stopped_at");
        return at == null
                ? null
                : new Stop(
                        at.toInstant(),
                        r.getInt("left_seconds"),
                        r.getObject("resumes_on", LocalDate.class),
                        r.getString("obstacle"));
    }

    /** What falls due by now, the earliest first. */
    List<Due> due(Instant now, int most) {
        return jdbc.sql("""
                select district, order_id, part, next_at from order_clock
                where next_at <= ? order by next_at, district, order_id, part limit ?
                """)
                .params(WorkOrders.stamp(now), most)
                .query((r, n) -> new Due(
                        new OrderId(r.getInt("district"), r.getLong("order_id")),
                        Part.valueOf(r.getString("part").toUpperCase(Locale.ROOT)),
                        r.getTimestamp("next_at").toInstant()))
                .list();
    }

    /** Open orders without the clock of the part they stand at, whatever runs beside it: they ran before there were any. */
    List<OrderId> missing(int most) {
        return jdbc.sql("""
                select o.district, o.id from work_order o
                where o.state in (%s)
                  and not exists (select from order_clock c where c.district = o.district and c.order_id = o.id
                                    and c.part not in ('supervision', 'mark', 'help'))
                order by o.district, o.id limit ?
                """.formatted(OrderState.OPEN_SQL))
                .param(most)
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
    }

    /**
     * The clocks of orders that have ended; their history keeps what happened. Inside a transaction: the clocks are locked first, so that
     * the state is read as whoever just had one go on again has left it. The orders are not locked; nobody is waited for who only holds one.
     */
    void drop(List<OrderId> ended) {
        if (ended.isEmpty()) {
            return;
        }
        var districts = ended.stream().map(OrderId::district).toArray(Integer[]::new);
        var ids = ended.stream().map(OrderId::id).toArray(Long[]::new);
        jdbc.sql("""
                select c.order_id
                from unnest(:district::int[], :id::bigint[]) as e(district, id)
                         join order_clock c on c.district = e.district and c.order_id = e.id
                order by c.district, c.order_id, c.part
                for update of c
                """)
                .param("district", districts)
                .param("id", ids)
                .query(Long.class)
                .list();
        jdbc.sql("""
                delete from order_clock c using unnest(:district::int[], :id::bigint[]) as e(district, id), work_order o
                where c.district = e.district and c.order_id = e.id and o.district = e.district and o.id = e.id
                  and o.state not in (%s)
                """.formatted(OrderState.OPEN_SQL))
                .param("district", districts)
                .param("id", ids)
                .update();
    }
}
