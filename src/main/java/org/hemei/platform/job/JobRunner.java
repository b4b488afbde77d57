package org.hemei.platform.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Does the background work: finds the one that can, tells how it ended. At most two at a time in one copy. */
@Configuration(proxyBeanMethods = false)
public class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int AT_ONCE = 2;
    private static final int MOST_ATTEMPTS = 5;
    private static final TypeReference<Map<String, String>> INPUT = new TypeReference<>() {};

    private record Claim(String kind, long account, Map<String, String> input, int attempts) {}

    private final ObjectProvider<BackgroundWork> works;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final JsonMapper json;
    private final Semaphore places = new Semaphore(AT_ONCE);

    JobRunner(
            ObjectProvider<BackgroundWork> works,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock,
            JsonMapper json) {
        this.works = works;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.json = json;
    }

    /** Long work must not keep the recurring jobs waiting: it takes two of the scheduler's threads, never all. */
    @Bean
    Task<Void> backgroundWorkTask() {
        return Tasks.custom(Jobs.TASK, Void.class)
                .onFailureReschedule(FixedDelay.of(Duration.ofSeconds(10)))
                .onDeadExecutionRevive()
                .execute((task, context) -> {
                    if (!places.tryAcquire()) {
                        return this::later;
                    }
                    try {
                        run(Long.parseLong(task.getId()));
                    } finally {
                        places.release();
                    }
                    return (complete, operations) -> operations.stop();
                });
    }

    private void later(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, clock.instant().plusSeconds(2));
    }

    /**
     * Runs it now, on this thread; nothing happens when it was cancelled or has ended.
     *
     * @throws RuntimeException when the database is away: the scheduler tries again
     */
    public void run(long id) {
        var claim = claim(id).orElse(null);
        if (claim == null) {
            return;
        }
        var job = new Job(id, claim.account, claim.input, jdbc, transaction);
        var work = works.stream()
                .filter(one -> one.kind().equals(claim.kind))
                .findFirst()
                .orElse(null);
        if (work == null || claim.attempts > MOST_ATTEMPTS || claim.attempts > 1 && !work.again()) {
            end(job, "broken_off", "中途断了，什么也没有改。请再办一次。", null);
            return;
        }
        try {
            var outcome = work.run(job);
            end(job, "done", outcome.message(), outcome.link());
        } catch (Job.Cancelled e) {
            end(job, "cancelled", "取消了，什么也没有改。", null);
        } catch (Refusal e) {
            end(job, "failed", e.getMessage(), null);
        } catch (TransientDataAccessException
                | NonTransientDataAccessResourceException
                | CannotCreateTransactionException e) {
            // the database is away or busy: that passes
            throw e;
        } catch (RuntimeException e) {
            LOG.error("background work {} ({}) failed", id, claim.kind, e);
            end(job, "failed", "没有办成，什么也没有改。请把任务号 " + id + " 告诉系统管理员。", null);
        }
    }

    private void end(Job job, String state, String message, @Nullable String link) {
        job.end(state, message, link, clock.instant());
    }

    private Optional<Claim> claim(long id) {
        return jdbc.sql("""
                        update job_run set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, :now)
                        where id = :id and state in ('waiting', 'running')
                        returning kind, account, input, attempts
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .query((r, n) ->
                        new Claim(r.getString(1), r.getLong(2), json.readValue(r.getString(3), INPUT), r.getInt(4)))
                .optional();
    }
}
