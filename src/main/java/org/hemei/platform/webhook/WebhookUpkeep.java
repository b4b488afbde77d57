package org.hemei.platform.webhook;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to webhooks by the clock alone. */
@Configuration(proxyBeanMethods = false)
class WebhookUpkeep {

    private static final int BATCH = 1_000;

    @Bean
    Task<Void> webhookUpkeepTask(WebhookDesk desk) {
        return Tasks.recurring("webhook-upkeep", FixedDelay.ofHours(1)).execute((task, context) -> {
            while (desk.forget(BATCH) > 0) {
                // a batch at a time, so that no transaction is long
            }
        });
    }
}
