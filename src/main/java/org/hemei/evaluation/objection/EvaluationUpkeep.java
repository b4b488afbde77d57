package org.hemei.evaluation.objection;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.InstantSource;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What evaluation holds on people goes when its time is over. */
@Configuration(proxyBeanMethods = false)
class EvaluationUpkeep {

    private static final LocalTime NIGHT = LocalTime.of(3, 40);

    @Bean
    Task<Void> evaluationUpkeepTask(EvaluationData data, InstantSource clock) {
        return Tasks.recurring("evaluation-upkeep", Schedules.daily(CivilTime.ZONE, NIGHT))
                .execute((task, context) -> data.forget(CivilTime.date(clock.instant())));
    }
}
