package org.hemei.workorder.rollup;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts all orders anew, district by district, each in one transaction, two at a time. Pages go on reading what was counted
 * before; while a district is counted the follower of the event log waits, and then goes on where it stood.
 */
@Component
class Rebuild {

    /** The lock the event pump takes for the follower: alone there, shared here. */
    static final String LOCK = "event:" + OrderCounter.NAME;

    private static final int HANDS = 2;

    /** Told after each district. */
    interface Progress {
        Progress NONE = (district, done, of, orders) -> {};

        void counted(String district, int done, int of, long orders);
    }

    /** @param orders counted @param districts looked through */
    record Result(long orders, int districts) {}

    private record District(String code, String name) {}

    private final FactRows facts;
    private final Tally tally;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Rebuild(FactRows facts, Tally tally, JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
        this.facts = facts;
        this.tally = tally;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether there are orders, and they were never counted as a whole. */
    boolean due() {
        return jdbc.sql("select not exists (select from order_count_state) and exists (select from work_order)")
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> builtAt() {
        return jdbc.sql("select built_at from order_count_state")
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .optional();
    }

    Result run(Progress progress) {
        skipThePast();
        var districts = districts();
        var next = new AtomicInteger();
        var done = new AtomicInteger();
        var orders = new AtomicLong();
        try (var hands = Executors.newFixedThreadPool(HANDS)) {
            var work = new ArrayList<Callable<Void>>();
            for (int hand = 0; hand < HANDS; hand++) {
                work.add(() -> {
                    for (int i = next.getAndIncrement(); i < districts.size(); i = next.getAndIncrement()) {
                        var district = districts.get(i);
                        orders.addAndGet(one(Integer.parseInt(district.code)));
                        synchronized (progress) {
                            progress.counted(district.name, done.incrementAndGet(), districts.size(), orders.get());
                        }
                    }
                    return null;
                });
            }
            for (var one : hands.invokeAll(work)) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
        jdbc.sql("""
                insert into order_count_state (built_at) values (:now) on conflict (one) do update set built_at = excluded.built_at
                """).param("now", Timestamp.from(clock.instant())).update();
        return new Result(orders.get(), districts.size());
    }

    /** The largest first, so that both hands end at about the same time. */
    private List<District> districts() {
        return jdbc.sql("""
                select a.code, a.name from area a
                left join (select district, sum(filed) as filed from order_count
                           where scope = cast(district as text) and topic = '' group by district) c
                    on c.district = cast(a.code as int)
                where a.level = 'district' order by coalesce(c.filed, 0) desc, a.code
                """).query(District.class).list();
    }

    /** The follower need not walk through events whose orders are about to be counted. It never goes back. */
    private void skipThePast() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext(?))")
                    .param(LOCK)
                    .query((r, n) -> 0)
                    .list();
            jdbc.sql("""
                    insert into event_cursor as c (consumer, tx, id) values (:name, pg_snapshot_xmin(pg_current_snapshot()), 0)
                    on conflict (consumer) do update set tx = excluded.tx, id = excluded.id
                    where (excluded.tx, excluded.id) > (c.tx, c.id)
                    """).param("name", OrderCounter.NAME).update();
        });
    }

    private long one(int district) {
        var counted = transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock_shared(hashtext(?))")
                    .param(LOCK)
                    .query((r, n) -> 0)
                    .list();
            jdbc.sql("select pg_advisory_xact_lock(hashtext('recount'), ?)")
                    .param(district)
                    .query((r, n) -> 0)
                    .list();
            jdbc.sql("set local work_mem = '96MB'").update();
            var now = clock.instant();
            var orders = facts.rebuild(district, now);
            tally.rebuild(district, CivilTime.date(now));
            return orders;
        });
        return counted == null ? 0 : counted;
    }
}
