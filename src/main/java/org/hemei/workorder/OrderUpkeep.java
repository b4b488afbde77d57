package org.hemei.workorder;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to orders by the clock alone. */
@Configuration(proxyBeanMethods = false)
class OrderUpkeep {

    /** Warnings, steps up the line, ends of suspensions. */
    @Bean
    Task<Void> orderClocksTask(ClockDesk desk) {
        return Tasks.recurring("order-clocks", FixedDelay.ofMinutes(1)).execute((task, context) -> desk.fireAll());
    }

    /** After an upgrade: orders that ran before there were clocks get theirs. */
    @Bean
    Task<Void> adoptOrderClocksTask(ClockDesk desk) {
        return Tasks.recurring("adopt-order-clocks", FixedDelay.ofHours(6)).execute((task, context) -> {
            while (desk.adopt() > 0) {
                // a batch at a time, so that no statement is long
            }
        });
    }

    @Bean
    Task<Void> closeUnratedTask(RatingDesk ratings) {
        return Tasks.recurring("close-unrated-orders", FixedDelay.ofMinutes(5)).execute((task, context) -> {
            while (ratings.closeUnrated() > 0) {
                // a batch at a time, so that no transaction is long
            }
        });
    }
}
