package org.hemei.platform.log;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Announces what happened, in the transaction of the change. Whoever listens is told after commit, once. */
@Component
public class EventLog {

    private final JdbcClient jdbc;
    private final Ids ids;
    private final InstantSource clock;
    private final JsonMapper json;

    EventLog(JdbcClient jdbc, Ids ids, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /** @param kind such as {@code work_order.taken}; @param body ids and codes only */
    @Transactional(propagation = Propagation.MANDATORY)
    public void announce(int district, String kind, Object subject, Map<String, ?> body) {
        jdbc.sql("""
                insert into event_log (district, id, at, kind, subject, body)
                values (:district, :id, :at, :kind, :subject, cast(:body as jsonb))
                """)
                .param("district", district)
                .param("id", ids.next("event_seq"))
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .param("kind", kind)
                .param("subject", subject.toString())
                .param("body", json.writeValueAsString(body))
                .update();
    }
}
