package org.hemei.workorder.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What each order adds to the counts: computed from the order as it is, and kept beside what was added before. */
@Component
class FactRows {

    /** @param turnsAt when the clock alone changes it next */
    record FactRow(
            OrderId order,
            String community,
            long estate,
            String topic,
            @Nullable Long holder,
            LocalDate filed,
            @Nullable LocalDate closed,
            int facts,
            @Nullable Instant turnsAt) {

        /** Whether both add the same to the counts. */
        boolean same(FactRow other) {
            return withoutTurn().equals(other.withoutTurn());
        }

        private FactRow withoutTurn() {
            return new FactRow(order, community, estate, topic, holder, filed, closed, facts, null);
        }
    }

    private static final String COLUMNS =
            "district, order_id, community, estate, topic, holder, filed, closed, facts, turns_at";

    /** Deadlines and ages turn a fact the moment after they have passed. */
    private static final String COMPUTED = """
            select o.district, o.id as order_id, o.community, o.estate, coalesce(c.parent, c.code) as topic, o.holder,
                   cast(o.submitted_at at time zone 'Asia/Shanghai' as date) as filed,
                   cast(o.closed_at at time zone 'Asia/Shanghai' as date) as closed,
                   %s as facts,
                   least(case when o.due_at >= :now then o.due_at end,
                         case when o.contacted_at is null and o.contact_due >= :now then o.contact_due end,
                         case when %s then (
                             select min(o.submitted_at + make_interval(days => d)) from unnest(array[1, 3, 7, 15, 30]) d
                             where o.submitted_at + make_interval(days => d) >= :now) end) as turns_at
            from work_order o join category c on c.code = o.category
            """.formatted(Columns.FACTS_SQL, Fact.OPEN.condition());

    private static final String OF_SOME = COMPUTED + """
            join unnest(cast(:districts as int[]), cast(:ids as bigint[])) wanted (district, id)
                on wanted.district = o.district and wanted.id = o.id
            left join lateral (select r.solved, r.satisfied from work_order_rating r
                               where r.district = o.district and r.order_id = o.id
                               order by r.round desc, r.at desc limit 1) last on true
            """;

    private static final String OF_DISTRICT = COMPUTED + """
            left join (select distinct on (r.order_id) r.order_id, r.solved, r.satisfied from work_order_rating r
                       where r.district = :district order by r.order_id, r.round desc, r.at desc) last on last.order_id = o.id
            where o.district = :district
            """;

    private final JdbcClient jdbc;

    FactRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From the orders as they are now. */
    Map<OrderId, FactRow> computed(Collection<OrderId> orders, Instant now) {
        return rows(jdbc.sql(OF_SOME).param("now", Timestamp.from(now)), orders);
    }

    /** As they were counted last. */
    Map<OrderId, FactRow> kept(Collection<OrderId> orders) {
        return rows(jdbc.sql("""
                select f.* from order_fact f
                join unnest(cast(:districts as int[]), cast(:ids as bigint[])) wanted (district, id)
                    on wanted.district = f.district and wanted.id = f.order_id
                """), orders);
    }

    private static Map<OrderId, FactRow> rows(JdbcClient.StatementSpec statement, Collection<OrderId> orders) {
        var rows = new HashMap<OrderId, FactRow>();
        statement
                .param("districts", orders.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("ids", orders.stream().map(OrderId::id).toArray(Long[]::new))
                .query(FactRows::row)
                .list()
                .forEach(row -> rows.put(row.order, row));
        return rows;
    }

    private static FactRow row(ResultSet r, int n) throws SQLException {
        var turns = r.getTimestamp("turns_at");
        return new FactRow(
                new OrderId(r.getInt("district"), r.getLong("order_id")),
                r.getString("community"),
                r.getLong("estate"),
                r.getString("topic"),
                r.getObject("holder", Long.class),
                r.getObject("filed", LocalDate.class),
                r.getObject("closed", LocalDate.class),
                r.getInt("facts"),
                turns == null ? null : turns.toInstant());
    }

    /** Orders whose time for another look has come, the longest waiting first. */
    List<OrderId> turned(Instant now, int most) {
        return jdbc.sql("select district, order_id from order_fact where turns_at < ? order by turns_at limit ?")
                .params(Timestamp.from(now), most)
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list();
    }

    void keep(Collection<FactRow> rows) {
        jdbc.sql("""
                        insert into order_fact (%s)
                        select * from unnest(cast(:districts as int[]), cast(:ids as bigint[]), cast(:communities as text[]),
                            cast(:estates as bigint[]), cast(:topics as text[]), cast(:holders as bigint[]), cast(cast(:filed as text[]) as date[]),
                            cast(cast(:closed as text[]) as date[]), cast(:facts as int[]),
                            cast(cast(:turns as text[]) as timestamptz[]))
                        on conflict (district, order_id) do update set community = excluded.community, estate = excluded.estate,
                            topic = excluded.topic, holder = excluded.holder, filed = excluded.filed, closed = excluded.closed,
                            facts = excluded.facts, turns_at = excluded.turns_at
                        """.formatted(COLUMNS))
                .params(arrays(rows))
                .param("turns", texts(rows.stream().map(FactRow::turnsAt)))
                .update();
    }

    /** The columns of rows as arrays, for {@code unnest}. */
    static Map<String, Object> arrays(Collection<FactRow> rows) {
        var arrays = new HashMap<String, Object>();
        arrays.put("districts", rows.stream().map(r -> r.order.district()).toArray(Integer[]::new));
        arrays.put("ids", rows.stream().map(r -> r.order.id()).toArray(Long[]::new));
        arrays.put("communities", rows.stream().map(r -> r.community).toArray(String[]::new));
        arrays.put("estates", rows.stream().map(r -> r.estate).toArray(Long[]::new));
        arrays.put("topics", rows.stream().map(r -> r.topic).toArray(String[]::new));
        arrays.put("holders", rows.stream().map(r -> r.holder).toArray(Long[]::new));
        arrays.put("filed", texts(rows.stream().map(FactRow::filed)));
        arrays.put("closed", texts(rows.stream().map(FactRow::closed)));
        arrays.put("facts", rows.stream().map(r -> r.facts).toArray(Integer[]::new));
        return arrays;
    }

    private static @Nullable String[] texts(Stream<?> values) {
        return values.map(value -> value == null ? null : value.toString()).toArray(String[]::new);
    }

    /** Everything of one district anew. What past years' archives hold is no longer an order here, and stays as it was counted. */
    long rebuild(int district, Instant now) {
        jdbc.sql("""
                delete from order_fact f
                where f.district = ? and exists (select from work_order o where o.district = f.district and o.id = f.order_id)
                """).param(district).update();
        return jdbc.sql("insert into order_fact (%s)\n%s".formatted(COLUMNS, OF_DISTRICT))
                .param("now", Timestamp.from(now))
                .param("district", district)
                .update();
    }
}
