package org.hemei.testing;

import java.time.Duration;
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

    private boolean someStandAbove() {
        return jdbc.sql("select exists (select from event_log where tx >= pg_snapshot_xmin(pg_current_snapshot()))")
                .query(Boolean.class)
                .single();
    }
}
