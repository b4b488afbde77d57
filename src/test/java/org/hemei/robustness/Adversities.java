package org.hemei.robustness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hemei.outside.DemoCity;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Sql;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;

/**
 * R4, what an application has to live through: the provider of text messages is out of order, the database stands still for
 * half a minute, the disk is full for attachments and database alike. Whoever is turned away is told what to do; afterwards
 * it goes on by itself, with every acknowledged order there once and every message sent once. The moved clock is the matter
 * of {@link ClockMovedTest}, which moves the application's own.
 *
 * <p>The folder of the data is a small file system of its own, which takes the right to mount; {@code ./hemei robustness}
 * sees to that.
 */
final class Adversities {

    private static final int CLIENTS = 6;
    private static final int SIZE_MB = 1100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder = Path.of("target", "robustness", "R4").toAbsolutePath();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private List<KillClient> clients = List.of();

    void run() throws Exception {
        Files.createDirectories(folder);
        command("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MB + "m", "tmpfs", folder.toString());
        try (var provider = new Provider()) {
            through(provider);
        } catch (Exception | AssertionError e) {
            // the log goes with the file system
            Files.readAllLines(folder.resolve("application.log")).reversed().stream()
                    .limit(60)
                    .toList()
                    .reversed()
                    .forEach(System.err::println);
            throw e;
        } finally {
            // what still holds a file there lets go when it ends
            command("umount", "--lazy", folder.toString());
        }
        Bar.write("R4", wrong.size(), figures());
    }

    private Map<String, Object> figures() {
        figures.put("wrong", wrong);
        return figures;
    }

    List<String> wrong() {
        return wrong;
    }

    private static void command(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " did not work");
        }
    }

    private Plan plan(String demo, String sms, int port) {
        return Plan.ofClassPath(
                folder,
                port,
                List.of("--hemei.limits.orders-per-hour=100000"),
                sms.isEmpty() ? Map.of("HEMEI_DEMO", demo) : Map.of("HEMEI_DEMO", demo, "HEMEI_SMS_URL", sms));
    }

    private void through(Provider provider) throws Exception {
        var port = FreePort.find();
        List<String> phones;
        try (var application = RunningApplication.start(plan("on", "", port))) {
            var city = DemoCity.await(application);
            var signedIn = new ArrayList<KillClient>();
            for (var n = 0; n < CLIENTS; n++) {
                signedIn.add(KillClient.signedIn(n, city.homes().get(n * 40), port));
            }
            clients = List.copyOf(signedIn);
            phones = city.homes().stream()
                    .map(DemoCity.Home::phone)
                    .distinct()
                    .skip(300)
                    .limit(12)
                    .toList();
        }
        // with demo data nothing leaves the house, so the same city goes on as an installation of its own
        try (var application = RunningApplication.start(plan("off", provider.url(), port))) {
            silentProvider(application, provider, phones);
            frozenDatabase(application);
            fullDisk(application);
            afterwards(application);
        }
        say("provider refused", provider.refused());
    }

    private void say(String what, Object figure) {
        figures.put(what.replace(' ', '_'), figure);
        System.err.println("R4: " + what + ": " + figure);
    }

    private void silentProvider(RunningApplication application, Provider provider, List<String> phones)
            throws Exception {
        provider.down(true);
        for (var n = 0; n < phones.size(); n++) {
            try (var visitor = new Visitor(application.port(), "127.0.1." + (n + 1))) {
                visitor.get("/sign-in/phone");
                if (!visitor.post("/sign-in/phone", Map.of("phone", phones.get(n)))
                        .redirects()) {
                    wrong.add("no code could be asked for while the provider was down");
                }
            }
        }
        Thread.sleep(8000);
        provider.down(false);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (phones.stream().anyMatch(phone -> provider.messagesFor(phone) == 0) && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        var lost = phones.stream().filter(p -> provider.messagesFor(p) == 0).count();
        var twice = phones.stream().filter(p -> provider.messagesFor(p) > 1).count();
        say("messages", phones.size());
        note("messages lost", lost);
        note("messages sent twice", twice + provider.doubled());
    }

    private void note(String what, long times) {
        if (times > 0) {
            wrong.add(what + ": " + times);
        }
    }

    private void frozenDatabase(RunningApplication application) throws Exception {
        during("database gone", application, () -> {
            application.freezeDatabase();
            Thread.sleep(30_000);
            application.thawDatabase();
        });
    }

    private void fullDisk(RunningApplication application) throws Exception {
        var filler = folder.resolve("filler");
        during("disk full", application, () -> {
            fill(filler);
            upload(application, true);
            Thread.sleep(40_000);
            Files.delete(filler);
        });
        upload(application, false);
    }

    private static void fill(Path filler) throws IOException {
        try (var file = new RandomAccessFile(filler.toFile(), "rw")) {
            var block = new byte[64 * 1024];
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** A photo sent while there is no room must be turned away in words; afterwards it is taken. */
    private void upload(RunningApplication application, boolean full) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var status = 0;
        var text = "";
        do {
            try (var wire = new Wire(application.port())) {
                var reply = wire.send(clients.getFirst().photo());
                status = reply.status();
                text = reply.text();
            } catch (IOException unanswered) {
                status = -1;
            }
            if (taken(status) || full && status >= 500) {
                break;
            }
            Thread.sleep(1000);
        } while (System.nanoTime() < end);
        say(full ? "photo while full" : "photo afterwards", status);
        if (full && (status != 507 && status != 503 || !text.contains("请") || text.contains("Exception"))) {
            wrong.add("a photo on a full disk was answered with " + status);
        } else if (!full && !taken(status)) {
            wrong.add("a photo on a disk with room again was answered with " + status);
        }
    }

    private static boolean taken(int status) {
        return status >= 200 && status < 400;
    }

    private interface Harm {
        void done() throws Exception;
    }

    /** Clients submit before, during and after; then each must get an answer again without anybody's doing. */
    private void during(String what, RunningApplication application, Harm harm) throws Exception {
        var over = new AtomicBoolean();
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            var working = new ArrayList<Future<?>>();
            for (var client : clients) {
                working.add(pool.submit(() -> client.submitUntil(over::get)));
            }
            KillRounds.awaitMore(clients, CLIENTS);
            var before = refused();
            harm.done();
            var begin = System.nanoTime();
            KillRounds.awaitMore(clients, 5 * CLIENTS);
            say(what + ": seconds until all works again", (System.nanoTime() - begin) / 1_000_000_000);
            over.set(true);
            for (var future : working) {
                future.get();
            }
            say(what + ": turned away", subtract(refused(), before));
        }
        note(
                what + ": answers that did not say what to do",
                clients.stream().mapToInt(KillClient::unclear).sum());
    }

    private Map<Integer, Integer> refused() {
        var all = new TreeMap<Integer, Integer>();
        clients.forEach(client -> client.refused().forEach((status, n) -> all.merge(status, n, Integer::sum)));
        return all;
    }

    private static Map<Integer, Integer> subtract(Map<Integer, Integer> all, Map<Integer, Integer> before) {
        var rest = new TreeMap<Integer, Integer>();
        all.forEach((status, n) -> rest.put(status, n - before.getOrDefault(status, 0)));
        rest.values().removeIf(n -> n == 0);
        return rest;
    }

    private void afterwards(RunningApplication application) throws Exception {
        for (var client : clients) {
            client.finish();
        }
        var acknowledged = 0L;
        try (Sql sql = application.sql()) {
            for (var client : clients) {
                for (var attempt : client.attempts()) {
                    acknowledged++;
                    var there = sql.list(
                            "select district || '-' || order_id from work_order_words where words = ?",
                            attempt.words());
                    note("acknowledged orders that are not there once", there.equals(List.of(attempt.order())) ? 0 : 1);
                }
            }
            note(
                    "orders nobody acknowledged",
                    Math.abs(acknowledged
                            - sql.number("select count(*) from work_order_words where words like 'kill %'")));
            notices(sql);
            note("notices written twice about one order to one person", sql.number("""
                    select count(*) from (
                        select 1 from notice n
                        where n.link in (select '/orders/' || district || '-' || order_id from work_order_words where words like 'kill %')
                        group by account, link, title having count(*) > 1) twice
                    """));
        }
        say("acknowledged orders", acknowledged);
    }

    /** Each order tells its community's workers, once; the followers of the event log may take a moment. */
    private void notices(Sql sql) throws Exception {
        var silent = """
                select count(*) from work_order_words w
                where w.words like 'kill %'
                  and not exists (select from notice n where n.link = '/orders/' || w.district || '-' || w.order_id)
                """;
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (sql.number(silent) > 0 && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        note("orders nobody was told of", sql.number(silent));
    }
}
