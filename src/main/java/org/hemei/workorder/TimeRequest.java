package org.hemei.workorder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Time that the holder asked for.
 *
 * @param seq the step that asked; its remark holds the reason
 * @param days how many working days more; @param obstacle why the clock should stand still, and {@code until} which day
 */
public record TimeRequest(
        int seq,
        boolean extension,
        @Nullable Integer days,
        @Nullable String obstacle,
        @Nullable LocalDate until,
        long askedBy,
        Instant askedAt,
        Instant decideDue) {

    /** What became of a request. */
    enum Outcome {
        GRANTED,
        REFUSED,
        LAPSED
    }

    /** Requests of orders; all within the transaction of their step. */
    @Repository
    static class Rows {

        private final JdbcClient jdbc;

        Rows(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        void add(OrderId id, TimeRequest request) {
            jdbc.sql("""
                    insert into order_time_request (district, order_id, seq, kind, days, obstacle, until_day, asked_by,
                                                    asked_at, decide_due)
                    values (:district, :id, :seq, :kind, :days, :obstacle, :until, :by, :at, :due)
                    """)
                    .param("district", id.district())
                    .param("id", id.id())
                    .param("seq", request.seq)
                    .param("kind", request.extension ? "extension" : "suspension")
                    .param("days", request.days)
                    .param("obstacle", request.obstacle)
                    .param("until", request.until)
                    .param("by", request.askedBy)
                    .param("at", WorkOrders.stamp(request.askedAt))
                    .param("due", WorkOrders.stamp(request.decideDue))
                    .update();
        }

        Optional<TimeRequest> open(OrderId id) {
            return jdbc.sql("""
                    select seq, kind, days, obstacle, until_day, asked_by, asked_at, decide_due from order_time_request
                    where district = ? and order_id = ? and state = 'asked'
                    """)
                    .params(id.district(), id.id())
                    .query((r, n) -> new TimeRequest(
                            r.getInt("seq"),
                            r.getString("kind").equals("extension"),
                            r.getObject("days", Integer.class),
                            r.getString("obstacle"),
                            r.getObject("until_day", LocalDate.class),
                            r.getLong("asked_by"),
                            r.getTimestamp("asked_at").toInstant(),
                            r.getTimestamp("decide_due").toInstant()))
                    .optional();
        }

        boolean extended(OrderId id) {
            return jdbc.sql("""
                    select exists (select from order_time_request
                                   where district = ? and order_id = ? and kind = 'extension' and state = 'granted')
                    """)
                    .params(id.district(), id.id())
                    .query(Boolean.class)
                    .single();
        }

        /** @param by null when it lapsed because the order went on without it */
        void end(OrderId id, Outcome outcome, @Nullable Long by, Instant at) {
            jdbc.sql("""
                    update order_time_request set state = :state, decided_by = :by, decided_at = :at
                    where district = :district and order_id = :id and state = 'asked'
                    """)
                    .param("state", outcome.name().toLowerCase(java.util.Locale.ROOT))
                    .param("by", by)
                    .param("at", WorkOrders.stamp(at))
                    .param("district", id.district())
                    .param("id", id.id())
                    .update();
        }
    }
}
