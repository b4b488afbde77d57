package org.hemei.access;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets codes and failed sign-ins after thirty days: they name addresses of people, and count for an hour at the most. */
@Configuration(proxyBeanMethods = false)
class SignInUpkeep {

    static final Duration KEPT = Duration.ofDays(30);

    private static final LocalTime AT_NIGHT = LocalTime.of(3, 20);
    private static final Logger LOG = LoggerFactory.getLogger(SignInUpkeep.class);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    SignInUpkeep(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    Task<Void> signInUpkeepTask() {
        return Tasks.recurring("sign-in-upkeep", Schedules.daily(CivilTime.ZONE, AT_NIGHT))
                .execute((task, context) -> run());
    }

    void run() {
        var before = Timestamp.from(clock.instant().minus(KEPT));
        var codes = jdbc.sql("delete from sign_in_code where created_at < ?")
                .param(before)
                .update();
        var failures = jdbc.sql("delete from sign_in_failure where at < ?")
                .param(before)
                .update();
        if (codes + failures > 0) {
            LOG.info("Forgot {} codes and {} failed sign-ins of more than {} days ago", codes, failures, KEPT.toDays());
        }
    }
}
