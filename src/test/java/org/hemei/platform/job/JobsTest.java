package org.hemei.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.hemei.platform.Reader;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.EventPump;
import org.hemei.platform.log.RestoredLog;
import org.hemei.platform.web.Once;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HemeiTest
class JobsTest {

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RestoredLog restored;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationContext context;

    @AfterEach
    void putBack() {
        clock.reset();
    }

    @Test
    void twoCopiesDoARecurringJobOnceEachTime() {
        var runs = new AtomicInteger();
        var together = new AtomicInteger();
        var most = new AtomicInteger();
        var schedulers = List.of(copy(runs, together, most), copy(runs, together, most));
        schedulers.forEach(com.github.kagkarlsson.scheduler.Scheduler::start);
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 3);
        } finally {
            schedulers.forEach(com.github.kagkarlsson.scheduler.Scheduler::stop);
            jdbc.sql("delete from scheduled_tasks where task_name = 'test-job'").update();
        }
        assertThat(most.get()).as("never two at once").isOne();
    }

    private com.github.kagkarlsson.scheduler.Scheduler copy(
            AtomicInteger runs, AtomicInteger together, AtomicInteger most) {
        Task<Void> job = Tasks.recurring("test-job", FixedDelay.ofMillis(50)).execute((task, c) -> {
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            runs.incrementAndGet();
            together.decrementAndGet();
        });
        return new JobConfig().scheduler(database, List.of(job), clock);
    }

    @Test
    void aTickThatFailsIsTriedAgain() {
        var runs = new AtomicInteger();
        var ticker = new Ticker(List.of(new Tick() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void run() {
                if (runs.incrementAndGet() == 1) {
                    throw new IllegalStateException("the first time");
                }
            }
        }));
        ticker.start();
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> runs.get() >= 2);
        } finally {
            ticker.stop();
        }
        assertThat(ticker.isRunning()).isFalse();
    }

    private static final class Follower implements EventConsumer {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "jobs-test";
        }

        @Override
        public void handle(List<Event> events) {
            events.stream().filter(e -> e.kind().equals("jobs.test")).forEach(e -> seen.add(e.subject()));
        }
    }

    @Autowired
    EventLog log;

    @Autowired
    tools.jackson.databind.json.JsonMapper json;

    @Test
    void whatIsAnnouncedReachesAFollowerOnceAndAnIdleTickDoesNothing() throws Exception {
        var follower = new Follower();
        List<EventConsumer> followers = List.of(follower);
        var pump = pump(followers);
        var tick = new EventTick(pump, restored, followers, jdbc);
        transaction.executeWithoutResult(s -> log.announce(340111, "jobs.test", "one", Map.of()));
        tick.run();
        tick.run();
        assertThat(follower.seen).containsExactly("one");

        transaction.executeWithoutResult(s -> log.announce(340111, "jobs.test", "two", Map.of()));
        tick.run();
        assertThat(follower.seen).containsExactly("one", "two");
    }

    private EventPump pump(List<EventConsumer> followers) throws Exception {
        var make = EventPump.class.getDeclaredConstructors()[0];
        make.setAccessible(true);
        return (EventPump) make.newInstance(
                followers, jdbc, transaction, json, context.getBean(com.zaxxer.hikari.HikariDataSource.class));
    }

    @Autowired
    Once once;

    @Autowired
    Housekeeping housekeeping;

    @Test
    void idempotencyKeysAreForgottenAfterTwoDays() {
        var reader = new Reader(987_654, 1, "王**", List.of(), false);
        once.run(reader, "old-key-1", "body", () -> "/old");
        clock.advance(Duration.ofHours(49));
        once.run(reader, "new-key-1", "body", () -> "/new");

        housekeeping.forgetKeys();

        assertThat(jdbc.sql("select key from idempotency_key where account = 987654")
                        .query(String.class)
                        .list())
                .containsExactly("new-key-1");
    }

    @Test
    void everyRecurringJobHasANameOfItsOwn() {
        assertThat(context.getBeansOfType(Task.class).values())
                .extracting(Task::getName)
                .contains("attachment-upkeep", "idempotency-key-upkeep")
                .doesNotHaveDuplicates();
    }
}
