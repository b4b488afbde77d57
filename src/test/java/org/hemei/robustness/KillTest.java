package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hemei.outside.DemoCity;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Sql;
import org.hemei.outside.Visitor;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the application, of its database and of both at random moments while residents submit orders: what
 * was acknowledged is there once, and a retry with the same key makes no second order. A killed database comes back by
 * itself. The data folder has a space.
 */
class KillTest {

    private static final int ROUNDS = 6;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = 20261123;

    private enum Victim {
        APPLICATION,
        DATABASE,
        BOTH
    }

    @Test
    void nothingAcknowledgedIsLostOrDoubled() throws Exception {
        var plan = Plan.ofClassPath(
                Path.of("target", "kill -9 和美").toAbsolutePath(),
                FreePort.find(),
                List.of("--hemei.limits.orders-per-hour=100000"),
                Map.of("HEMEI_DEMO", "on"));
        RunningApplication.delete(plan.folder());
        var clients = clients(plan);
        var random = new Random(SEED);
        for (var round = 0; round < ROUNDS; round++) {
            disturb(plan, clients, Victim.values()[round % 3], random.nextInt(1500));
        }
        try (var application = RunningApplication.start(plan)) {
            for (var client : clients) {
                client.finish();
            }
            try (var sql = application.sql()) {
                check(sql, clients);
            }
        }
        RunningApplication.delete(plan.folder());
    }

    private static List<KillClient> clients(Plan plan) throws Exception {
        var clients = new ArrayList<KillClient>();
        try (var application = RunningApplication.start(plan)) {
            var city = DemoCity.await(application);
            for (var n = 0; n < CLIENTS; n++) {
                var home = city.homes().get(n * 40);
                try (var visitor = new Visitor(plan.port())) {
                    visitor.signInByPhone(home.phone());
                    visitor.get("/orders/new");
                    clients.add(new KillClient(n, home, visitor.session(), plan.port()));
                }
            }
        }
        return clients;
    }

    /** One round: everybody first repeats what got no answer, then submits on, until something is killed. */
    private static void disturb(Plan plan, List<KillClient> clients, Victim victim, int millis)
            throws IOException, InterruptedException, ExecutionException {
        var over = new AtomicBoolean();
        try (var application = RunningApplication.start(plan);
                var pool = Executors.newFixedThreadPool(CLIENTS)) {
            var working = new ArrayList<Future<?>>();
            for (var client : clients) {
                working.add(pool.submit(() -> client.submitUntil(over::get)));
            }
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
            over.set(true);
            for (var future : working) {
                future.get();
            }
        }
    }

    private static void awaitMore(List<KillClient> clients, int more) throws InterruptedException {
        var enough = clients.stream().mapToInt(KillClient::acknowledged).sum() + more;
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (clients.stream().mapToInt(KillClient::acknowledged).sum() < enough) {
            assertThat(System.nanoTime()).as("time for " + more + " answers").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void check(Sql sql, List<KillClient> clients) throws SQLException {
        var acknowledged = 0;
        for (var client : clients) {
            for (var attempt : client.attempts()) {
                assertThat(sql.list(
                                "select district || '-' || order_id from work_order_words where words = ?",
                                attempt.words()))
                        .as("orders of %s", attempt)
                        .containsExactly(attempt.order());
                acknowledged++;
            }
        }
        assertThat(acknowledged).as("orders in all rounds").isGreaterThan(ROUNDS * CLIENTS);
        assertThat(sql.number("select count(*) from work_order_words where words like 'kill %'"))
                .isEqualTo(acknowledged);
        for (var link : List.of(
                "work_order_step t where t.district = w.district and t.order_id = w.order_id",
                "idempotency_key t where t.result = w.district || '-' || w.order_id",
                "audit_entry t where t.subject_kind = 'work_order' and t.subject_id = w.district || '-' || w.order_id",
                "event_log t where t.subject = w.district || '-' || w.order_id")) {
            assertThat(sql.number("select count(*) from work_order_words w where words like 'kill %'"
                            + " and 1 <> (select count(*) from " + link + ")"))
                    .as("orders that have not exactly one " + link)
                    .isZero();
        }
        assertThat(sql.number("""
                select count(*) from work_order o,
                    lateral (select count(*) as steps, max(s.seq) as last from work_order_step s
                             where s.district = o.district and s.order_id = o.id) h
                where o.version <> h.steps or o.version <> h.last
                """)).as("orders with a gap in their history").isZero();
    }
}
