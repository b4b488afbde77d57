package org.hemei.platform.notice;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters and text messages are kept for a while after they were written, to answer whether somebody was told (decision 36). */
@Configuration(proxyBeanMethods = false)
class MessageUpkeep {

    static final Duration KEPT = Duration.ofDays(90);

    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    MessageUpkeep(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    Task<Void> mailUpkeepTask() {
        return Tasks.recurring("mail-upkeep", FixedDelay.ofHours(6)).execute((task, context) -> forget());
    }

    void forget() {
        forget("mail_message", "district, id");
        forget("sms_message", "id");
    }

    /** Some at a time: what is being sent waits for none of it. */
    private void forget(String table, String key) {
        var before = Timestamp.from(clock.instant().minus(KEPT));
        int gone;
        do {
            gone = jdbc.sql("""
                            delete from %1$s where (%2$s) in
                                (select %2$s from %1$s where status <> 'waiting' and created_at < ? limit ?)
                            """.formatted(table, key)).params(before, BATCH).update();
        } while (gone == BATCH);
    }
}
