package org.hemei.platform.log;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** One second of a busy hour: what is brought together costs little more than one of it. */
    private static final int BATCH = 2_000;

    /** How far a follower has come: the transaction and the number of the last event it was served. */
    private record Place(String tx, long id) {}

    private record Row(String tx, EventConsumer.Event event) {}

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final List<EventConsumer> consumers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final HikariDataSource pool;

    EventPump(
            List<EventConsumer> consumers,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            HikariDataSource pool) {
        this.consumers = consumers;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.pool = pool;
    }

    /** Serves every follower until none has anything left; a follower that fails keeps its place and is tried again later. */
    public void run() {
        var behind = new ArrayList<>(consumers);
        while (!behind.isEmpty() && !Thread.currentThread().isInterrupted()) {
            var begin = System.nanoTime();
            var batches = new Batches();
            behind.removeIf(consumer -> !hasMore(consumer, batches));
            if (!behind.isEmpty()) {
                giveWay(Duration.ofNanos(System.nanoTime() - begin));
            }
        }
    }

    /** Where people stand in line for a connection, they come first: what follows them rests for as long as it worked. */
    private void giveWay(Duration worked) {
        var line = pool.getHikariPoolMXBean();
        if (line == null || line.getThreadsAwaitingConnection() == 0) {
            return;
        }
        try {
            Thread.sleep(worked.compareTo(LONGEST_PAUSE) < 0 ? worked : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasMore(EventConsumer consumer, Batches batches) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> step(consumer, batches)));
        } catch (RuntimeException e) {
            LOG.warn("{} could not follow the event log; it keeps its place", consumer.name(), e);
            return false;
        }
    }

    private boolean step(EventConsumer consumer, Batches batches) {
        if (!jdbc.sql("select pg_try_advisory_xact_lock(hashtext(?))")
                .param("event:" + consumer.name())
                .query(Boolean.class)
                .single()) {
            return false;
        }
        var rows = batches.after(place(consumer));
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

    /** Where a follower stands; one that is new begins before the first event. */
    private Place place(EventConsumer consumer) {
        return known(consumer).orElseGet(() -> {
            jdbc.sql("insert into event_cursor (consumer, tx, id) values (?, '0', 0) on conflict do nothing")
                    .param(consumer.name())
                    .update();
            return new Place("0", 0);
        });
    }

    private Optional<Place> known(EventConsumer consumer) {
        return jdbc.sql("select tx::text as tx, id from event_cursor where consumer = ?")
                .param(consumer.name())
                .query(Place.class)
                .optional();
    }

    /** What lies behind a place, read once for all followers that stand there: most of them stand at the same one. */
    private final class Batches {

        private final Map<Place, List<Row>> read = new HashMap<>();

        List<Row> after(Place place) {
            return read.computeIfAbsent(place, this::query);
        }

        private List<Row> query(Place place) {
            return jdbc.sql("""
                    select e.district, e.id, e.tx::text as tx, e.at, e.kind, e.subject, e.body
                    from event_log e
                    where (e.tx, e.id) > (cast(? as xid8), ?) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
                    order by e.tx, e.id
                    limit ?
                    """)
                    .params(place.tx, place.id, BATCH)
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
        }
    }
}
