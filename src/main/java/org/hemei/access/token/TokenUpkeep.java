package org.hemei.access.token;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets the counts of calls after a week. */
@Configuration(proxyBeanMethods = false)
class TokenUpkeep {

    static final Duration KEPT = Duration.ofDays(8);

    private static final LocalTime AT_NIGHT = LocalTime.of(3, 40);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    TokenUpkeep(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    Task<Void> tokenUpkeepTask() {
        return Tasks.recurring("token-upkeep", Schedules.daily(CivilTime.ZONE, AT_NIGHT))
                .execute((task, context) -> run());
    }

    void run() {
        jdbc.sql("delete from api_call where minute < ?")
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }
}
