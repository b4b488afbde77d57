package org.hemei.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HemeiTest
@Import(BackgroundWorkTest.Works.class)
class BackgroundWorkTest {

    /** What the run of the test at hand does. */
    private static volatile Function<Job, BackgroundWork.Outcome> work;

    @TestConfiguration
    static class Works {
        private record Any(String kind, boolean again) implements BackgroundWork {
            @Override
            public Outcome run(Job job) {
                return work.apply(job);
            }
        }

        @Bean
        BackgroundWork workDoneAgain() {
            return new Any("again", true);
        }

        @Bean
        BackgroundWork workDoneOnce() {
            return new Any("once", false);
        }
    }

    @Autowired
    Jobs jobs;

    @Autowired
    JobRunner runner;

    @Autowired
    JobQueries queries;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    DataSource database;

    @Autowired
    @Qualifier("backgroundWorkTask")
    Task<?> task;

    Town town;
    Reader me;

    @Autowired
    List<Task<?>> scheduled;

    @Test
    void every_job_has_a_name_that_people_read() {
        assertThat(scheduled.stream().map(Task::getName))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(JobQueries.WORDS).containsKey(name));
    }

    @BeforeEach
    void build() {
        // what other tests asked for and nobody did
        jdbc.sql("delete from scheduled_tasks where task_name = 'background-work'")
                .update();
        town = towns.make();
        me = town.near().housingDesk();
    }

    @Test
    void the_scheduler_does_it_and_tells_how_far_it_is() {
        var seen = new CountDownLatch(1);
        work = job -> {
            job.begin(4, "数第一批");
            job.advance(1);
            job.step("数第二批");
            try {
                seen.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new BackgroundWork.Outcome("数完了，共 4 个。", "/found/" + job.input("what"));
        };
        var id = start("again");
        var scheduler = new JobConfig().scheduler(database, List.of(task), clock);
        scheduler.start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> queries.one(me, id).percent() == 25);
            assertThat(queries.one(me, id).step()).isEqualTo("数第二批");
            seen.countDown();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !queries.one(me, id).open());
        } finally {
            seen.countDown();
            scheduler.stop();
        }
        var run = queries.one(me, id);
        assertThat(run.state()).isEqualTo("done");
        assertThat(run.percent()).isEqualTo(100);
        assertThat(run.link()).isEqualTo("/found/leaves");
    }

    @Test
    void cancelling_stops_it_at_its_next_step() {
        work = job -> {
            job.begin(2, "数");
            jobs.cancel(me, job.id());
            job.step("再数");
            throw new AssertionError("goes on after it was cancelled");
        };
        var id = start("again");
        runner.run(id);
        assertThat(queries.one(me, id).state()).isEqualTo("cancelled");
    }

    @Test
    void one_cancelled_while_it_waits_never_begins() {
        work = job -> {
            throw new AssertionError("began");
        };
        var id = start("again");
        jobs.cancel(me, id);
        runner.run(id);
        assertThat(queries.one(me, id).state()).isEqualTo("cancelled");
    }

    @Test
    void a_refusal_says_why_and_a_failure_gives_its_number() {
        work = job -> {
            throw Refusal.of("有 3 行不对。");
        };
        var refused = start("again");
        runner.run(refused);
        assertThat(queries.one(me, refused).message()).isEqualTo("有 3 行不对。");
        work = job -> {
            throw new IllegalStateException("inside words");
        };
        var failed = start("again");
        runner.run(failed);
        assertThat(queries.one(me, failed).state()).isEqualTo("failed");
        assertThat(queries.one(me, failed).message())
                .contains(String.valueOf(failed))
                .doesNotContain("inside");
    }

    @Test
    void after_a_kill_it_begins_anew_or_is_marked_as_broken_off() {
        work = job -> new BackgroundWork.Outcome("好了");
        var again = start("again");
        var once = start("once");
        // as a killed process leaves them
        jdbc.sql("update job_run set state = 'running', attempts = 1, started_at = now() where id in (?, ?)")
                .params(again, once)
                .update();
        runner.run(again);
        runner.run(once);
        assertThat(queries.one(me, again).state()).isEqualTo("done");
        assertThat(queries.one(me, once).state()).isEqualTo("broken_off");
    }

    @Test
    void while_the_database_is_away_it_waits_to_be_tried_again() {
        work = job -> {
            throw new QueryTimeoutException("away");
        };
        var id = start("again");
        assertThatThrownBy(() -> runner.run(id)).isInstanceOf(QueryTimeoutException.class);
        assertThat(queries.one(me, id).open()).isTrue();
    }

    @Test
    void only_its_owner_and_the_keepers_of_the_area_see_it() {
        work = job -> new BackgroundWork.Outcome("好了");
        var id = start("again");
        assertThat(queries.one(me, id).own()).isTrue();
        assertThat(queries.list(town.near().organisationDesk(), Long.MAX_VALUE)).isEmpty();
        assertThatThrownBy(() -> queries.one(town.far().housingDesk(), id)).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> jobs.cancel(town.far().housingDesk(), id)).isInstanceOf(Missing.class);
        assertThat(queries.scheduled(me)).isEmpty();
    }

    private long start(String kind) {
        return transaction.execute(status -> jobs.start(me, kind, "数一数", Map.of("what", "leaves"), null));
    }
}
