package org.hemei.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.hemei.outside.Sql;
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
            town(connection);
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

    private static void town(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    insert into person (name_cipher, masked_name) values ('x', '王**'), ('y', '李**');
                    insert into account (person, created_at) values (1, now()), (2, now());
                    insert into area (code, name, level, parent) values ('3499', '试市', 'city', null), ('349901', '试区', 'district', '3499'),
                        ('349901001', '试街道', 'street', '349901'), ('349901001001', '试社区', 'community', '349901001')
                    on conflict do nothing;
                    insert into body (kind, name, short_name, area, since) values ('backstop_team', '兜底队', '兜底队', '349901001001', '2020-01-01');
                    insert into estate (name, district, street, community, kinds, households, buildings)
                    select '小区' || n, 349901, '349901001', '349901001001', array['商品房'], 10, 1 from generate_series(1, 5) n;
                    insert into category (code, parent, name, icon, position, basis)
                    values ('facility', null, '设施', 'wrench', 1, '试'), ('facility.light', 'facility', '灯', 'wrench', 1, '试');
                    insert into building (estate, name, floors, position) select id, '1幢', 6, 1 from estate;
                    insert into unit (building, estate, entrance, name, floor, area) select id, estate, 1, '101', 1, 900000 from building;
                    insert into access_grant (account, role, estate, unit, since) select 2, 'RESIDENT', estate, id, now() from unit;
                    """);
        }
    }
}
