package org.hemei.access.delegation;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells people that a delegation is over. That it is over needs nobody: a grant ends by its date. */
@Configuration(proxyBeanMethods = false)
class DelegationUpkeep {

    private static final int MINUTES = 10;

    @Bean
    Task<Void> delegationEndTask(DelegationDesk desk) {
        return Tasks.recurring("delegation-end", FixedDelay.ofMinutes(MINUTES))
                .execute((task, context) -> desk.tellOfThoseThatAreOver());
    }
}
