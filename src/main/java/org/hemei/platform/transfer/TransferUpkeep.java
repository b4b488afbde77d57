package org.hemei.platform.transfer;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes exports a day after they were made, and the rows of imports that nobody went on with for a week. */
@Configuration(proxyBeanMethods = false)
class TransferUpkeep {

    static final Duration ROWS_KEPT = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    TransferUpkeep(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Bean
    Task<Void> transferUpkeepTask() {
        return Tasks.recurring("transfer-upkeep", FixedDelay.ofHours(1)).execute((task, context) -> run());
    }

    void run() {
        var now = clock.instant();
        jdbc.sql("delete from export_run where expires_at < ?")
                .param(Timestamp.from(now))
                .update();
        transaction.executeWithoutResult(status -> {
            var left = jdbc.sql("""
                            update import_run set state = 'dropped' where state in ('ready', 'wrong') and created_at < ? returning id
                            """)
                    .param(Timestamp.from(now.minus(ROWS_KEPT)))
                    .query(Long.class)
                    .list();
            jdbc.sql("delete from import_row where run = any(?)")
                    .param(left.toArray(Long[]::new))
                    .update();
        });
    }
}
