package org.hemei.platform.job;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One run, in the hands of its work: says how far it is, and stops the work when somebody cancelled it. Progress is
 * written on a connection of its own, so others see it while the work's transaction is open; a few times a second at most.
 */
public final class Job {

    private static final Duration PAUSE = Duration.ofMillis(400);

    /** The work was cancelled: thrown through the work, whose transaction rolls back. */
    static final class Cancelled extends RuntimeException {
        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    private final long id;
    private final long account;
    private final Map<String, String> input;
    private final JdbcClient jdbc;
    private final TransactionTemplate apart;
    private long done;
    private long total;
    private String step = "";
    private Instant written = Instant.EPOCH;

    Job(long id, long account, Map<String, String> input, JdbcClient jdbc, TransactionTemplate transaction) {
        this.id = id;
        this.account = account;
        this.input = Map.copyOf(input);
        this.jdbc = jdbc;
        this.apart = new TransactionTemplate(java.util.Objects.requireNonNull(transaction.getTransactionManager()));
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    public long id() {
        return id;
    }

    /** Who asked for it. */
    public long account() {
        return account;
    }

    /** What was given at the start. */
    public String input(String name) {
        var value = input.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the run " + id + " has no " + name);
        }
        return value;
    }

    /** How much there is to do, in any unit; and what comes first. */
    public void begin(long total, String step) {
        this.total = total;
        this.done = 0;
        step(step);
    }

    /** What is being done now, a few words. */
    public void step(String words) {
        step = words;
        write();
    }

    /** Some more is done. */
    public void advance(long by) {
        done += by;
        if (Duration.between(written, Instant.now()).compareTo(PAUSE) > 0) {
            write();
        }
    }

    private void write() {
        written = Instant.now();
        var cancelled = apart.execute(status -> jdbc.sql(
                        "update job_run set done = ?, total = ?, step = ? where id = ? and state = 'running' returning cancel_asked")
                .params(done, total, step, id)
                .query(Boolean.class)
                .optional()
                .orElse(true));
        if (Boolean.TRUE.equals(cancelled)) {
            throw new Cancelled();
        }
    }

    /** The last word about it. */
    void end(String state, String message, @org.jspecify.annotations.Nullable String link, Instant at) {
        apart.executeWithoutResult(status -> jdbc.sql("""
                        update job_run set state = :state, message = :message, link = coalesce(:link, link), ended_at = :at,
                                           step = '', done = case when :state = 'done' then total else done end
                        where id = :id and state = 'running'
                        """)
                .param("state", state)
                .param("message", message)
                .param("link", link)
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update());
    }
}
