package org.hemei.robustness;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hemei.outside.DemoCity;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Sql;

/**
 * R1: {@code kill -9} of the application, of its database and of both at random moments while residents submit orders.
 * Counted are the acknowledged orders that are missing or there twice, what lacks its history, audit entry or event, and
 * kept counts that a recount does not find. An application runs until it is killed; the first one has loaded the demo city.
 */
final class KillRounds {

    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private enum Victim {
        APPLICATION,
        DATABASE,
        BOTH
    }

    /**
     * @param acknowledged orders that were acknowledged in all rounds
     * @param wrong what was found and how often; empty when all is well
     */
    record Found(int rounds, long acknowledged, Map<String, Long> wrong) {

        long breaches() {
            return wrong.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Plan plan;
    private final int rounds;
    private final Random random;
    private final Map<String, Long> wrong = new LinkedHashMap<>();

    /** @param folder for the data; one with a space in its name is the harder test */
    KillRounds(Path folder, int rounds, long seed) throws IOException {
        this.plan = Plan.ofClassPath(
                folder.toAbsolutePath(),
                FreePort.find(),
                List.of("--hemei.limits.orders-per-hour=100000"),
                Map.of("HEMEI_DEMO", "on"));
        this.rounds = rounds;
        this.random = new Random(seed);
    }

    Found run() throws Exception {
        RunningApplication.delete(plan.folder());
        var acknowledged = 0L;
        var application = RunningApplication.start(plan);
        try {
            var clients = clients(application);
            for (var round = 0; round < rounds; round++) {
                var victim = Victim.values()[round % 3];
                disturb(application, clients, victim, random.nextInt(1500));
                if (victim != Victim.DATABASE) {
                    application.close();
                    application = RunningApplication.start(plan);
                }
            }
            for (var client : clients) {
                client.finish();
            }
            try (var sql = application.sql()) {
                acknowledged = acknowledged(sql, clients);
                links(sql);
                recount(sql);
            }
        } finally {
            application.close();
        }
        RunningApplication.delete(plan.folder());
        return new Found(rounds, acknowledged, wrong);
    }

    private void count(String what, long times) {
        if (times > 0) {
            wrong.merge(what, times, Long::sum);
        }
    }

    private List<KillClient> clients(RunningApplication application) throws Exception {
        var clients = new ArrayList<KillClient>();
        var city = DemoCity.await(application);
        for (var n = 0; n < CLIENTS; n++) {
            clients.add(KillClient.signedIn(n, city.homes().get(n * 40), plan.port()));
        }
        return clients;
    }

    /** One round: everybody first repeats what got no answer, then submits on, until something is killed. */
    private void disturb(RunningApplication application, List<KillClient> clients, Victim victim, int millis)
            throws IOException, InterruptedException, ExecutionException {
        var over = new AtomicBoolean();
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            var working = new ArrayList<Future<?>>();
            for (var client : clients) {
                working.add(pool.submit(() -> client.submitUntil(over::get)));
            }
            try {
                awaitMore(clients, CLIENTS);
                Thread.sleep(millis);
                if (victim != Victim.APPLICATION) {
                    application.killDatabase();
                }
                if (victim == Victim.DATABASE) {
                    // the application starts its database again by itself, and goes on acknowledging
                    awaitMore(clients, 10 * CLIENTS);
                } else {
                    application.kill();
                }
            } finally {
                over.set(true);
            }
            for (var future : working) {
                future.get();
            }
        }
    }

    /** Waits until that many more were acknowledged. */
    static void awaitMore(List<KillClient> clients, int more) throws InterruptedException {
        var enough = clients.stream().mapToInt(KillClient::acknowledged).sum() + more;
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (clients.stream().mapToInt(KillClient::acknowledged).sum() < enough) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + more + " answers within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    /** How many were acknowledged; each must be there once. */
    private long acknowledged(Sql sql, List<KillClient> clients) throws SQLException {
        var acknowledged = 0L;
        for (var client : clients) {
            for (var attempt : client.attempts()) {
                var there = sql.list(
                        "select district || '-' || order_id from work_order_words where words = ?", attempt.words());
                count("acknowledged orders that are not there once", there.equals(List.of(attempt.order())) ? 0 : 1);
                acknowledged++;
            }
        }
        count(
                "orders nobody acknowledged",
                Math.abs(acknowledged - sql.number("select count(*) from work_order_words where words like 'kill %'")));
        return acknowledged;
    }

    private void links(Sql sql) throws SQLException {
        for (var link : List.of(
                "work_order_step t where t.district = w.district and t.order_id = w.order_id",
                "idempotency_key t where t.result = w.district || '-' || w.order_id",
                "audit_entry t where t.subject_kind = 'work_order' and t.subject_id = w.district || '-' || w.order_id",
                "event_log t where t.subject = w.district || '-' || w.order_id")) {
            count(
                    "orders without exactly one row in " + link.split(" ", 2)[0],
                    sql.number("select count(*) from work_order_words w where words like 'kill %'"
                            + " and 1 <> (select count(*) from " + link + ")"));
        }
        count("orders with a gap in their history", sql.number("""
                select count(*) from work_order o,
                    lateral (select count(*) as steps, max(s.seq) as last from work_order_step s
                             where s.district = o.district and s.order_id = o.id) h
                where o.version <> h.steps or o.version <> h.last
                """));
    }

    /** A row whose counts are all nought says nothing: an order was counted there and has moved on. */
    private static final String KEPT = """
            select concat_ws('|', district, scope, above, topic, month, filed, open, reopened, done, resolution_solved,
                             resolution_unsolved, resolution_unrated, resolution_rejected, resolution_withdrawn,
                             satisfaction_satisfied, satisfaction_not_satisfied)
            from order_count
            where (filed, open, reopened, done, resolution_solved, resolution_unsolved, resolution_unrated,
                   resolution_rejected, resolution_withdrawn, satisfaction_satisfied, satisfaction_not_satisfied)
                  <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            """;

    /**
     * What follows the event log has caught up with it; then a rebuild from the orders must change nothing. The application
     * goes on working, so that a deadline may move an order meanwhile: then it is done again.
     */
    private void recount(Sql sql) throws SQLException, IOException, InterruptedException {
        var last = -1L;
        Set<String> kept = Set.of();
        Set<String> counted = Set.of();
        for (var attempt = 0; attempt < 5 && last != lastEvent(sql); attempt++) {
            if (!caughtUp(sql)) {
                count("followers of the event log that did not catch up", 1);
                return;
            }
            last = lastEvent(sql);
            kept = new TreeSet<>(sql.list(KEPT));
            rebuild();
            counted = new TreeSet<>(sql.list(KEPT));
        }
        compare("kept counts that a recount does not find", kept, counted);
        compare("counts that only a recount finds", counted, kept);
    }

    private static boolean caughtUp(Sql sql) throws SQLException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (sql.number("""
                select count(*) from event_cursor c
                where exists (select from event_log e where (e.tx, e.id) > (c.tx, c.id))
                   or not exists (select from order_count_state)
                """) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(200);
        }
        return true;
    }

    private static long lastEvent(Sql sql) throws SQLException {
        return sql.number("select coalesce(max(id), 0) from event_log");
    }

    private void compare(String what, Set<String> some, Set<String> others) {
        var lost = new TreeSet<>(some);
        lost.removeAll(others);
        if (!lost.isEmpty()) {
            count(what + ", first " + lost.first(), lost.size());
        }
    }

    private void rebuild() throws IOException, InterruptedException {
        var command = new ArrayList<>(plan.command());
        command.add(command.size() - 1, "-Dhemei.command=rebuild-rollups");
        command.add("--server.address=127.0.0.1");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(plan.folder().resolve("rebuild.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HEMEI_PORT", "0",
                        "HEMEI_JOBS", "off",
                        "HEMEI_DATA", plan.data().toString(),
                        "HEMEI_DEMO", "on"));
        count("rebuilds that failed", builder.start().waitFor() == 0 ? 0 : 1);
    }
}
