package org.hemei.workorder;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the first contact of a holder had come to when the order went on to another: made, or missed. It stays that holder's, in the
 * response rate as well, and is taken up again where the same holder is named again (decision 81).
 */
record HeldBefore(long holder, Instant due, @Nullable Instant contactedAt, boolean denied) {

    /** Of the holder as the order stands; null where there is none, or where its time was not over and nobody was contacted. */
    static @Nullable HeldBefore of(WorkOrder order, Instant now) {
        var holder = order.holder;
        var due = order.contactDue;
        return holder == null || due == null || order.contactOpen() && due.isAfter(now)
                ? null
                : new HeldBefore(holder, due, order.contactedAt, order.contactDenied);
    }

    static Map<Long, HeldBefore> all(JdbcClient jdbc, OrderId id) {
        var found = new HashMap<Long, HeldBefore>();
        jdbc.sql("""
                select holder, contact_due, contacted_at, contact_denied from held_before where district = ? and order_id = ?
                """).params(id.district(), id.id()).query(r -> {
            var made = r.getTimestamp("contacted_at");
            found.put(
                    r.getLong("holder"),
                    new HeldBefore(
                            r.getLong("holder"),
                            r.getTimestamp("contact_due").toInstant(),
                            made == null ? null : made.toInstant(),
                            r.getBoolean("contact_denied")));
        });
        return Map.copyOf(found);
    }

    /** Goes with the order's own statements; what an appeal of its holder came to goes along. */
    private static final String LEAVE = """
            ;
            insert into held_before (district, order_id, holder, contact_due, contacted_at, contact_denied, counts, appeal)
            select :district, :id, :left, cast(:left_due as timestamptz), cast(:left_contacted as timestamptz), :left_denied, g.counts, g.appeal
            from (values (1)) x (one)
                     left join (rate_ruling g join rate_appeal a on a.district = g.district and a.id = g.appeal and a.holder = :left)
                         on g.district = :district and g.order_id = :id and g.rate = 'response';
            delete from rate_ruling g using rate_appeal a
            where g.district = :district and g.order_id = :id and g.rate = 'response'
              and a.district = g.district and a.id = g.appeal and a.holder = :left
            """;

    private static final String AGAIN = """
            ;
            insert into rate_ruling (district, order_id, rate, counts, appeal, at)
            select h.district, h.order_id, 'response', h.counts, h.appeal, a.decided_at
            from held_before h join rate_appeal a on a.district = h.district and a.id = h.appeal
            where h.district = :district and h.order_id = :id and h.holder = :again
            on conflict do nothing;
            delete from held_before where district = :district and order_id = :id and holder = :again
            """;

    /** What is to be written with the step that takes the order from one holder or gives it to another. */
    static void put(Map<String, Object> params, WorkOrder order, StringBuilder sql) {
        var left = order.left;
        if (left != null) {
            var made = left.contactedAt;
            params.put("left", left.holder);
            params.put("left_due", WorkOrders.stamp(left.due));
            params.put("left_contacted", made == null ? null : WorkOrders.stamp(made));
            params.put("left_denied", left.denied);
            sql.append(LEAVE);
        }
        if (order.again != null) {
            params.put("again", order.again);
            sql.append(AGAIN);
        }
        order.left = null;
        order.again = null;
    }
}
