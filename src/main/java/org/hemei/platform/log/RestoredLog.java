package org.hemei.platform.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A dump restored into another PostgreSQL brings transaction numbers which that server has not reached: every new event
 * would sort before the restored ones, and no follower would ever see it. Then the restored events are numbered anew, so
 * that each follower stands exactly where it stood.
 */
@Component
public class RestoredLog {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredLog.class);

    /** The first number of an ordinary transaction in any PostgreSQL. */
    private static final int FIRST = 3;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RestoredLog(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** To be called before the first run of the pump. Cheap when there is nothing to do. */
    public void adopt() {
        if (fromElsewhere()) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("select pg_advisory_xact_lock(hashtext('event:restored'))")
                        .query((r, n) -> 0)
                        .single();
                if (fromElsewhere()) {
                    renumber();
                }
            });
        }
    }

    private boolean fromElsewhere() {
        return jdbc.sql("""
                select exists (select from event_log where tx >= pg_snapshot_xmax(pg_current_snapshot()))
                    or exists (select from event_cursor where tx >= pg_snapshot_xmax(pg_current_snapshot()))
                """).query(Boolean.class).single();
    }

    /** An event's number tells how many of the followers' places lie before it; a follower has seen all up to its own. */
    private void renumber() {
        var events = jdbc.sql("""
                with place as (select distinct tx, id from event_cursor),
                     numbered as (
                         select e.district, e.id,
                                (select count(*) from place p where (p.tx, p.id) < (e.tx, e.id)) as places
                         from event_log e)
                update event_log e set tx = cast(cast(:first + n.places as text) as xid8)
                from numbered n where n.district = e.district and n.id = e.id
                """).param("first", FIRST).update();
        jdbc.sql("""
                with place as (
                    select consumer, dense_rank() over (order by tx, id) as rank from event_cursor)
                update event_cursor c
                set tx = cast(cast(:first + p.rank - 1 as text) as xid8), id = 9223372036854775807
                from place p where p.consumer = c.consumer
                """).param("first", FIRST).update();
        LOG.info("The event log comes from another PostgreSQL; {} events were numbered anew", events);
    }
}
