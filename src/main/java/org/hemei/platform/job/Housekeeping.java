package org.hemei.platform.job;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Idempotency keys are for retries, and nobody retries after two days. */
@Configuration(proxyBeanMethods = false)
class Housekeeping {

    static final Duration KEYS_KEPT = Duration.ofHours(48);

    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Housekeeping(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    Task<Void> idempotencyKeyUpkeepTask() {
        return Tasks.recurring("idempotency-key-upkeep", FixedDelay.ofHours(1))
                .execute((task, context) -> forgetKeys());
    }

    /** In batches, so that no transaction is long. */
    void forgetKeys() {
        var before = Timestamp.from(clock.instant().minus(KEYS_KEPT));
        int deleted;
        do {
            deleted = jdbc.sql("""
                    delete from idempotency_key
                    where (account, key) in (select account, key from idempotency_key where created_at < ? limit ?)
                    """).params(before, BATCH).update();
        } while (deleted == BATCH);
    }
}
