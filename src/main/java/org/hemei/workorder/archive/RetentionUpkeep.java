package org.hemei.workorder.archive;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every night, when hardly anybody works. */
@Configuration(proxyBeanMethods = false)
class RetentionUpkeep {

    private static final LocalTime NIGHT = LocalTime.of(3, 10);

    @Bean
    Task<Void> retentionTask(Retention retention) {
        return Tasks.recurring("retention", Schedules.daily(CivilTime.ZONE, NIGHT))
                .execute((task, context) -> retention.run());
    }
}
