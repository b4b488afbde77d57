package org.hemei.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.hemei.outside.Sql;
import org.hemei.testing.BareTown;
import org.hemei.testing.Database;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Verb;
import org.junit.jupiter.api.Test;

/** Orders by the million are orders as the application makes them: what is measured on them is measured on the real thing. */
class ManyOrdersTest {

    private static final int ORDERS = 6_000;

    @Test
    void areConsistent() throws Exception {
        var url = Database.empty("many_orders");
        Flyway.configure().dataSource(url, "postgres", "").load().migrate();
        try (var connection = DriverManager.getConnection(url, "postgres", "")) {
            var sql = new Sql(connection);
            BareTown.in(connection);
            new ManyOrders(() -> DriverManager.getConnection(url, "postgres", "")).fillTo(ORDERS);
            new ManyOrders(() -> DriverManager.getConnection(url, "postgres", "")).fillTo(ORDERS);

            assertThat(sql.number("select count(*) from work_order")).isEqualTo(ORDERS);
            assertThat(sql.number("""
                    select count(*) from work_order o
                    where o.version <> (select count(*) from work_order_step s where s.district = o.district and s.order_id = o.id)
                       or o.state <> (select s.to_state from work_order_step s where s.district = o.district and s.order_id = o.id
                                      order by s.seq desc limit 1)
                       or (o.closed_at is null) <> (o.state not in ('closed', 'closed_unrated', 'rejected', 'answered', 'withdrawn'))
                       or (o.due_at is null) <> (o.closed_at is not null)
                       or o.state = 'closed' and not exists (select from work_order_rating r
                              where r.district = o.district and r.order_id = o.id and r.solved)
                    """)).isZero();
            for (var row : sql.rows(
                    "select distinct from_state, verb, to_state from work_order_step where from_state is not null")) {
                assertThat(Transitions.find(OrderState.of(row.get(0)), Verb.of(row.get(1))))
                        .hasValueSatisfying(
                                known -> assertThat(known.to().code()).isEqualTo(row.get(2)));
            }
            var common = sql.number(
                    "select count(*) from work_order_words where grams @> array['" + ManyOrders.COMMON + "']");
            assertThat(common).isBetween(ORDERS * 4L / 100, ORDERS * 6L / 100);
            assertThat(sql.number(
                            "select count(*) from work_order_words where grams @> array['" + ManyOrders.RARE + "']"))
                    .isEqualTo(1);
            assertThat(sql.number("select count(distinct state) from work_order"))
                    .isGreaterThan(6);
        }
    }
}
