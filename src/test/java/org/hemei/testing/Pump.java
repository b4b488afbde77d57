package org.hemei.testing;

import java.time.Duration;
import java.util.List;
import org.hemei.platform.log.EventPump;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Serves all that has been written down to those who follow it, as the running application does within a second. */
public class Pump {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventPump pump;
    private final JdbcClient jdbc;

    Pump(EventPump pump, JdbcClient jdbc) {
        this.pump = pump;
        this.jdbc = jdbc;
    }

    /**
     * The pump reads below the oldest running transaction; one that has nothing to do with the test, such as the database's own
     * gathering of statistics, may run just then. Its end is waited for.
     */
    public void run() {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (someStandAbove()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("a transaction has been running for " + PATIENCE);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        pump.run();
    }

    /** Until none of these is behind: another may be serving one just now. One that fails for good ends the test, not the patience of all. */
    public void through(String... followers) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (System.nanoTime() > until) {
                throw new AssertionError("behind for " + PATIENCE + ", or failing: " + List.of(followers));
            }
            run();
        } while (behind(followers));
    }

    private boolean behind(String... followers) {
        return jdbc.sql("""
                        select exists (select from event_log e, event_cursor c
                                       where c.consumer = any(?) and (e.tx, e.id) > (c.tx, c.id))
                        """).param(followers).query(Boolean.class).single();
    }

    private boolean someStandAbove() {
        return jdbc.sql("select exists (select from event_log where tx >= pg_snapshot_xmin(pg_current_snapshot()))")
                .query(Boolean.class)
                .single();
    }
}
