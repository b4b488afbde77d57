package org.hemei.platform.log;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries events to those who follow them. It reads below the oldest running transaction only, because a smaller id may
 * still commit later; and it holds a lock per follower, so that several copies of the process never serve one twice.
 */
@Component
public class EventPump {

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final int BATCH = 500;

    private record Row(String tx, EventConsumer.Event event) {}

    private final List<EventConsumer> consumers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    EventPump(List<EventConsumer> consumers, JdbcClient jdbc, TransactionTemplate transaction, JsonMapper json) {
        this.consumers = consumers;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    /** Serves every follower until none has anything left; a follower that fails keeps its place and is tried again later. */
    public void run() {
        for (var consumer : consumers) {
            try {
                while (Boolean.TRUE.equals(transaction.execute(status -> step(consumer)))) {
                    LOG.debug("{} has more", consumer.name());
                }
            } catch (RuntimeException e) {
                LOG.warn("{} could not follow the event log; it keeps its place", consumer.name(), e);
            }
        }
    }

    private boolean step(EventConsumer consumer) {
        if (!jdbc.sql("select pg_try_advisory_xact_lock(hashtext(?))")
                .param("event:" + consumer.name())
                .query(Boolean.class)
                .single()) {
            return false;
        }
        jdbc.sql("insert into event_cursor (consumer, tx, id) values (?, '0', 0) on conflict do nothing")
                .param(consumer.name())
                .update();
        var rows = jdbc.sql("""
                select e.district, e.id, e.tx::text as tx, e.at, e.kind, e.subject, e.body
                from event_log e, event_cursor c
                where c.consumer = ? and (e.tx, e.id) > (c.tx, c.id) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
                order by e.tx, e.id
                limit ?
                """)
                .params(consumer.name(), BATCH)
                .query((r, n) -> new Row(
                        r.getString("tx"),
                        new EventConsumer.Event(
                                r.getInt("district"),
                                r.getLong("id"),
                                r.getTimestamp("at").toInstant(),
                                r.getString("kind"),
                                r.getString("subject"),
                                json.readTree(r.getString("body")))))
                .list();
        if (rows.isEmpty()) {
            return false;
        }
        consumer.handle(rows.stream().map(Row::event).toList());
        var last = rows.getLast();
        jdbc.sql("update event_cursor set tx = cast(:tx as xid8), id = :id where consumer = :name")
                .params(Map.of("tx", last.tx, "id", last.event.id(), "name", consumer.name()))
                .update();
        return rows.size() == BATCH;
    }
}
