package org.hemei.workorder;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Help that has no point any more, because what it was for has ended or gone to another. Whoever was asked is told. */
@Component
class CancelledHelp {

    private final JdbcClient jdbc;

    CancelledHelp(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of an order that ends, or is reported done. @return whose help it was */
    List<Long> all(WorkOrder order) {
        return cancel(order, "true");
    }

    /** What the last holder asked others for ends with it; the parts of a joint handling are the community's and stay. @return whose */
    List<Long> asked(WorkOrder order) {
        return cancel(order, "not joint");
    }

    private List<Long> cancel(WorkOrder order, String which) {
        if (!order.assisted) {
            return List.of();
        }
        return jdbc.sql("""
                update assist_task set state = 'cancelled'
                where district = ? and order_id = ? and %s and state in ('asked', 'accepted') returning body
                """.formatted(which))
                .params(order.id.district(), order.id.id())
                .query(Long.class)
                .list();
    }
}
