package org.hemei.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** For tests of what is locked before what. */
public final class Waiting {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Waiting() {}

    /** Until somebody waits for what the transaction at hand has locked. */
    public static void forThis(JdbcClient jdbc) {
        var late = Instant.now().plus(LONGEST);
        while (!jdbc.sql(
                        "select exists (select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid)))")
                .query(Boolean.class)
                .single()) {
            assertThat(Instant.now()).as("nobody waits").isBefore(late);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
