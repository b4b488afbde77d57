package org.hemei.workorder;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search terms of an order that exists: read again when its house was corrected, or when another place took it over. */
final class OrderTerms {

    private record Row(Grams.Told told, String community, Instant at, boolean erased) {}

    private OrderTerms() {}

    /** @param housed whether its building and dwelling still hold */
    static Grams.Told told(JdbcClient jdbc, OrderId id, boolean housed) {
        var told = row(jdbc, id).told;
        return housed
                ? told
                : new Grams.Told(told.title(), told.words(), told.place(), told.anonymous(), null, null, null);
    }

    /** An order whose words were erased stays out of the index. */
    static void renew(JdbcClient jdbc, OrderId id) {
        var row = row(jdbc, id);
        if (!row.erased) {
            jdbc.sql("update work_order_words set grams = ? where district = ? and order_id = ?")
                    .params(Grams.of(row.told, row.community, row.at), id.district(), id.id())
                    .update();
        }
    }

    private static Row row(JdbcClient jdbc, OrderId id) {
        return jdbc.sql("""
                select w.title, w.words, w.place, o.anonymous, b.name as building, u.entrance, u.name as unit, o.community, o.submitted_at,
                       cardinality(w.grams) = 0 as erased
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         left join building b on b.id = o.building
                         left join unit u on u.id = o.unit
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Row(
                        new Grams.Told(
                                r.getString("title"),
                                r.getString("words"),
                                r.getString("place"),
                                r.getBoolean("anonymous"),
                                r.getString("building"),
                                r.getObject("entrance", Integer.class),
                                r.getString("unit")),
                        r.getString("community"),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getBoolean("erased")))
                .single();
    }
}
