package org.hemei.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hemei.platform.DemoMode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Recurring jobs. A room declares one as a bean of type {@link Task}, made with db-scheduler's {@code Tasks}; the table
 * {@code scheduled_tasks} sees to it that one copy does it. {@code hemei.jobs=off} keeps a copy from doing any.
 */
@Configuration(proxyBeanMethods = false)
class JobConfig {

    private static final int THREADS = 4;

    /** A job asked for inside a transaction is there when the transaction commits, and not otherwise. */
    @Bean(destroyMethod = "")
    Scheduler scheduler(DataSource database, List<Task<?>> tasks, InstantSource clock) {
        List<Task<?>> once = new ArrayList<>();
        List<RecurringTask<?>> recurring = new ArrayList<>();
        for (var task : tasks) {
            if (task instanceof RecurringTask<?> again) {
                recurring.add(again);
            } else {
                once.add(task);
            }
        }
        return Scheduler.create(new TransactionAwareDataSourceProxy(database), once)
                .startTasks(recurring)
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(1))
                // work of a killed copy is taken up by another after a minute
                .heartbeatInterval(Duration.ofSeconds(15))
                .missedHeartbeatsLimit(4)
                .schedulerName(new SchedulerName.Fixed("hemei-" + UUID.randomUUID()))
                .clock(clock::instant)
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
    }

    @Bean
    SmartLifecycle scheduling(@Value("${hemei.jobs:on}") String jobs, Scheduler scheduler) {
        return new Scheduling(scheduler, DemoMode.onOrOff("HEMEI_JOBS", jobs));
    }

    @Bean
    Ticker ticker(@Value("${hemei.jobs:on}") String jobs, List<Tick> ticks) {
        return new Ticker(DemoMode.onOrOff("HEMEI_JOBS", jobs) ? ticks : List.of());
    }

    /** Begins when everything else is there, the tables too, and ends before the database goes. */
    private static final class Scheduling implements SmartLifecycle {

        private final Scheduler scheduler;
        private final boolean wanted;
        private volatile boolean running;

        Scheduling(Scheduler scheduler, boolean wanted) {
            this.scheduler = scheduler;
            this.wanted = wanted;
        }

        @Override
        public boolean isAutoStartup() {
            return wanted;
        }

        @Override
        public void start() {
            scheduler.start();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            scheduler.stop();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
