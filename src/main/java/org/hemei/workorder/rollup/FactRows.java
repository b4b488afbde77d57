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
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What each order adds to the counts: computed from the order as it is, and kept beside what was added before. */
@Component
class FactRows {

    /** @param former 0 for the order itself; else who held it before, of whom only the first contact counts */
    record Key(OrderId order, long former) {}

    /** @param parts how it counts in the three rates; @param turnsAt when the clock alone changes it next */
    record FactRow(
            Key key,
            String community,
            long estate,
            String topic,
            @Nullable Long holder,
            LocalDate filed,
            @Nullable LocalDate closed,
            int facts,
            long parts,
            @Nullable Instant turnsAt) {

        /** Whether both add the same to the counts. */
        boolean same(FactRow other) {
            return withoutTurn().equals(other.withoutTurn());
        }

        private FactRow withoutTurn() {
            return new FactRow(key, community, estate, topic, holder, filed, closed, facts, parts, null);
        }
    }

    private static final String COLUMNS =
            "district, order_id, former, community, estate, topic, holder, filed, closed, facts, parts, turns_at";

    /** Deadlines and ages turn a fact the moment after they have passed. */
    private static final String COMPUTED = """
            select o.district, o.id as order_id, 0 as former, o.community, o.estate, coalesce(c.parent, c.code) as topic, o.holder,
                   cast(o.submitted_at at time zone 'Asia/Shanghai' as date) as filed,
                   cast(o.closed_at at time zone 'Asia/Shanghai' as date) as closed,
                   %s as facts, %s as parts,
                   least(case when o.falls_due >= :now then o.falls_due end,
                         case when o.due_at >= :now then o.due_at end,
                         case when o.contacted_at is null and o.contact_due >= :now then o.contact_due end,
                         case when %s then (
                             select min(o.submitted_at + make_interval(days => d)) from unnest(array[1, 3, 7, 15, 30]) d
                             where o.submitted_at + make_interval(days => d) >= :now) end) as turns_at
            from work_order o join category c on c.code = o.category
            """.formatted(Columns.FACTS_SQL, RateSql.packed(), Fact.OPEN.condition());

    private static final String WANTED = """
            join unnest(cast(:districts as int[]), cast(:ids as bigint[])) wanted (district, id)
                on wanted.district = o.district and wanted.id = o.id
            """;

    /** No fact of an order, and its part does not change by the clock alone. */
    private static final String BEFORE = """
            o.district, o.id, o.holder, o.community, o.estate, coalesce(c.parent, c.code), o.holder,
            cast(o.submitted_at at time zone 'Asia/Shanghai' as date), cast(null as date), 0, %s, cast(null as timestamptz)""";

    private static final String OF_SOME = COMPUTED + WANTED + RateSql.joinsOfSome("work_order o " + WANTED)
            + " union all " + RateSql.heldBefore(BEFORE, WANTED);

    private static final String OF_DISTRICT = COMPUTED + RateSql.joinsOfDistrict() + "where o.district = :district";

    private static final String BEFORE_OF_DISTRICT = RateSql.heldBefore(BEFORE, "where o.district = :district");

    private final JdbcClient jdbc;

    FactRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From the orders as they are now. */
    Map<Key, FactRow> computed(Collection<OrderId> orders, Instant now) {
        return rows(jdbc.sql(OF_SOME).param("now", Timestamp.from(now)), orders);
    }

    /** As they were counted last. */
    Map<Key, FactRow> kept(Collection<OrderId> orders) {
        return rows(jdbc.sql("""
                select f.* from order_fact f
                join unnest(cast(:districts as int[]), cast(:ids as bigint[])) wanted (district, id)
                    on wanted.district = f.district and wanted.id = f.order_id
                """), orders);
    }

    private static Map<Key, FactRow> rows(JdbcClient.StatementSpec statement, Collection<OrderId> orders) {
        var rows = new HashMap<Key, FactRow>();
        statement
                .param("districts", orders.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("ids", orders.stream().map(OrderId::id).toArray(Long[]::new))
                .query(FactRows::row)
                .list()
                .forEach(row -> rows.put(row.key, row));
        return rows;
    }

    private static FactRow row(ResultSet r, int n) throws SQLException {
        var turns = r.getTimestamp("turns_at");
        return new FactRow(
                new Key(new OrderId(r.getInt("district"), r.getLong("order_id")), r.getLong("former")),
                r.getString("community"),
                r.getLong("estate"),
                r.getString("topic"),
                r.getObject("holder", Long.class),
                r.getObject("filed", LocalDate.class),
                r.getObject("closed", LocalDate.class),
                r.getInt("facts"),
                r.getLong("parts"),
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
                        select * from unnest(cast(:districts as int[]), cast(:ids as bigint[]), cast(:formers as bigint[]),
                            cast(:communities as text[]), cast(:estates as bigint[]), cast(:topics as text[]), cast(:holders as bigint[]), cast(cast(:filed as text[]) as date[]),
                            cast(cast(:closed as text[]) as date[]), cast(:facts as int[]),
                            cast(:parts as bigint[]), cast(cast(:turns as text[]) as timestamptz[]))
                        on conflict (district, order_id, former) do update set community = excluded.community, estate = excluded.estate,
                            topic = excluded.topic, holder = excluded.holder, filed = excluded.filed, closed = excluded.closed,
                            facts = excluded.facts, parts = excluded.parts, turns_at = excluded.turns_at
                        """.formatted(COLUMNS))
                .params(arrays(rows))
                .param("turns", texts(rows.stream().map(FactRow::turnsAt)))
                .update();
    }

    /** Of who holds the order again. */
    void drop(Collection<FactRow> rows) {
        jdbc.sql("""
                delete from order_fact f using unnest(cast(:districts as int[]), cast(:ids as bigint[]), cast(:formers as bigint[]))
                    gone (district, id, former)
                where f.district = gone.district and f.order_id = gone.id and f.former = gone.former
                """)
                .param(
                        "districts",
                        rows.stream().map(r -> r.key.order.district()).toArray(Integer[]::new))
                .param("ids", rows.stream().map(r -> r.key.order.id()).toArray(Long[]::new))
                .param("formers", rows.stream().map(r -> r.key.former).toArray(Long[]::new))
                .update();
    }

    /** The columns of rows as arrays, for {@code unnest}. */
    static Map<String, Object> arrays(Collection<FactRow> rows) {
        var arrays = new HashMap<String, Object>();
        arrays.put("districts", rows.stream().map(r -> r.key.order.district()).toArray(Integer[]::new));
        arrays.put("ids", rows.stream().map(r -> r.key.order.id()).toArray(Long[]::new));
        arrays.put("formers", rows.stream().map(r -> r.key.former).toArray(Long[]::new));
        arrays.put("communities", rows.stream().map(r -> r.community).toArray(String[]::new));
        arrays.put("estates", rows.stream().map(r -> r.estate).toArray(Long[]::new));
        arrays.put("topics", rows.stream().map(r -> r.topic).toArray(String[]::new));
        arrays.put("holders", rows.stream().map(r -> r.holder).toArray(Long[]::new));
        arrays.put("filed", texts(rows.stream().map(FactRow::filed)));
        arrays.put("closed", texts(rows.stream().map(FactRow::closed)));
        arrays.put("facts", rows.stream().map(r -> r.facts).toArray(Integer[]::new));
        arrays.put("parts", rows.stream().map(r -> r.parts).toArray(Long[]::new));
        return arrays;
    }

    private static @Nullable String[] texts(Stream<?> values) {
        return values.map(value -> value == null ? null : value.toString()).toArray(String[]::new);
    }

    /** Everything of one district anew, and how many orders that were. What past years' archives hold is no longer an order here, and stays as it was counted. */
    long rebuild(int district, Instant now) {
        jdbc.sql("""
                delete from order_fact f
                where f.district = ? and exists (select from work_order o where o.district = f.district and o.id = f.order_id)
                """).param(district).update();
        insert(BEFORE_OF_DISTRICT, district, now);
        return insert(OF_DISTRICT, district, now);
    }

    private long insert(String computed, int district, Instant now) {
        return jdbc.sql("insert into order_fact (%s)\n%s".formatted(COLUMNS, computed))
                .param("now", Timestamp.from(now))
                .param("district", district)
                .update();
    }
}
