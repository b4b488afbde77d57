package org.hemei.workorder;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to orders by the clock alone. */
@Configuration(proxyBeanMethods = false)
class OrderUpkeep {

    @Bean
    Task<Void> closeUnratedTask(RatingDesk ratings) {
        return Tasks.recurring("close-unrated-orders", FixedDelay.ofMinutes(5)).execute((task, context) -> {
            while (ratings.closeUnrated() > 0) {
                // a batch at a time, so that no transaction is long
            }
        });
    }
}
