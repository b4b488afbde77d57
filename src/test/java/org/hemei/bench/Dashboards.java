package org.hemei.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hemei.outside.DemoCity;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Sql;
import org.hemei.outside.Visitor;

/**
 * S4: the city's cockpit over as many orders as HEMEI_BENCH_ORDERS says, and over 100,000; how long counting all of them anew
 * takes; and how far the figures are behind while residents file orders.
 */
final class Dashboards {

    private static final int WARM = 100;
    private static final int ROUNDS = 300;

    private final RunningApplication application;
    private final Settings settings;
    private final City city;

    Dashboards(RunningApplication application, Settings settings, City city) {
        this.application = application;
        this.settings = settings;
        this.city = city;
    }

    private record Pages(double cockpit, double district, double board, double rebuild) {}

    private Pages few = new Pages(0, 0, 0, 0);

    /** Before any other bar fills the city further. */
    void measureFew() throws IOException, SQLException, InterruptedException, ExecutionException {
        few = pages(Lists.FEW);
    }

    String measure() throws IOException, SQLException, InterruptedException, ExecutionException {
        var many = Lists.MANY > Lists.FEW ? pages(Lists.MANY) : few;
        var behind = behindUnderLoad();
        return Bench.line(
                "S4",
                many.cockpit,
                "ms",
                "baseline",
                Bench.rounded(few.cockpit),
                "ratio",
                Bench.rounded(many.cockpit / few.cockpit),
                "district_ms",
                Bench.rounded(many.district),
                "board_ms",
                Bench.rounded(many.board),
                "rebuild_s",
                Bench.rounded(many.rebuild),
                "behind_s",
                Bench.rounded(behind),
                "rows",
                String.valueOf(Lists.MANY));
    }

    private Pages pages(long orders) throws IOException, SQLException, InterruptedException, ExecutionException {
        new ManyOrders(application::connect).fillTo(orders);
        var rebuild = rebuild();
        Bench.say("S4: " + orders + " orders were counted anew in " + Bench.rounded(rebuild) + " s");
        return new Pages(
                time("CITY", "/cockpit", orders),
                time("DISTRICT", "/cockpit", orders),
                time("STREET", "/board", orders),
                rebuild);
    }

    /** As the command line does it, beside the running application; the start of that process is part of it. */
    private double rebuild() throws IOException, InterruptedException {
        var command = new ArrayList<>(settings.plan().command());
        command.add(command.indexOf("-jar"), "-Dhemei.command=rebuild-rollups");
        command.add(command.indexOf("-jar"), "-Dserver.address=127.0.0.1");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of(settings.plan().folder().toString(), "rebuild.log")
                                .toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("HEMEI_"));
        builder.environment().put("HEMEI_PORT", "0");
        builder.environment().put("HEMEI_JOBS", "off");
        builder.environment().put("HEMEI_DATA", settings.plan().data().toString());
        var begin = System.nanoTime();
        var code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException("rebuild-rollups ended with " + code + "; see rebuild.log");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private double time(String role, String path, long orders) throws IOException, SQLException {
        String name;
        try (var sql = application.sql()) {
            name = sql.list(
                            "select a.username from account a join access_grant g on g.account = a.id"
                                    + " where g.role = ? and a.username is not null order by a.id limit 1",
                            role)
                    .getFirst();
        }
        try (var visitor = new Visitor(application.port())) {
            visitor.signInByPassword(name, DemoCity.PASSWORD);
            var times = new long[ROUNDS];
            for (var n = -WARM; n < ROUNDS; n++) {
                var begin = System.nanoTime();
                var page = visitor.get(path);
                if (page.status() != 200) {
                    throw Visitor.unexpected(path, page);
                }
                if (n >= 0) {
                    times[n] = System.nanoTime() - begin;
                }
            }
            Arrays.sort(times);
            var p95 = times[(int) (ROUNDS * 0.95)] / 1e6;
            Bench.say("S4 among " + orders + ": " + path + " of a " + role + ", median "
                    + Bench.rounded(times[ROUNDS / 2] / 1e6) + " ms, p95 " + Bench.rounded(p95) + " ms");
            return p95;
        }
    }

    /** The longest that the counts were behind, in seconds, while 8 residents file orders as fast as they can. */
    private double behindUnderLoad() throws IOException, SQLException, InterruptedException, ExecutionException {
        var going = new AtomicBoolean(true);
        var worst = new AtomicLong();
        try (var pool = Executors.newSingleThreadExecutor()) {
            var watch = pool.submit(() -> {
                try (var sql = application.sql()) {
                    while (going.get()) {
                        worst.accumulateAndGet(behind(sql), Math::max);
                        Thread.sleep(200);
                    }
                }
                return null;
            });
            var load = new Submissions(application, settings, city).load(8, settings.seconds());
            going.set(false);
            watch.get();
            pool.shutdown();
            pool.awaitTermination(10, TimeUnit.SECONDS);
            Bench.say("S4: while " + Bench.rounded(load.perSecond()) + " orders/s were filed, the counts were at most "
                    + worst.get() / 1000.0 + " s behind");
        }
        return worst.get() / 1000.0;
    }

    private static long behind(Sql sql) throws SQLException {
        return Long.parseLong(sql.list("""
                select cast(coalesce(extract(epoch from clock_timestamp() - (
                    select e.at from event_log e, event_cursor c
                    where c.consumer = 'order-counts' and (e.tx, e.id) > (c.tx, c.id) order by e.tx, e.id limit 1)), 0) * 1000 as bigint)
                """).getFirst());
    }
}
