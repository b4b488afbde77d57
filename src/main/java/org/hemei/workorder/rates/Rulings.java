package org.hemei.workorder.rates;

import org.hemei.workorder.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What appeals come to, written anew from all appeals of an order at each decision. */
@Repository
class Rulings {

    private final JdbcClient jdbc;

    Rulings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The latest decision in somebody's favour holds, for each rate; without one, the rule of the order's state. What was decided about the
     * first contact of a holder stays with it when another holds the order.
     */
    void write(OrderId order) {
        jdbc.sql("delete from rate_ruling where district = ? and order_id = ?")
                .params(order.district(), order.id())
                .update();
        jdbc.sql(UPHELD + """
                insert into rate_ruling (district, order_id, rate, counts, appeal, at)
                select distinct on (u.rate) u.district, u.order_id, u.rate, u.counts, u.id, u.decided_at
                from upheld u where not u.before
                order by u.rate, u.decided_at desc, u.id desc
                """).params(order.district(), order.id()).update();
        jdbc.sql(UPHELD + """
                , latest as (
                    select distinct on (u.holder) u.holder, u.counts, u.id from upheld u where u.before
                    order by u.holder, u.decided_at desc, u.id desc)
                update held_before h set counts = l.counts, appeal = l.id
                from held_before b left join latest l on l.holder = b.holder
                where b.district = ? and b.order_id = ?
                  and h.district = b.district and h.order_id = b.order_id and h.holder = b.holder
                """)
                .params(order.district(), order.id(), order.district(), order.id())
                .update();
    }

    private static final String UPHELD = """
            with upheld as (
                select a.district, a.order_id, x.rate, a.kind = 'count_in' as counts, a.id, a.holder, a.decided_at,
                       x.rate = 'response' and exists (select from held_before h where h.district = a.district and h.order_id = a.order_id
                                                       and h.holder = a.holder) as before
                from rate_appeal a cross join unnest(a.rates) as x (rate)
                where a.district = ? and a.order_id = ? and a.upheld)
            """;
}
