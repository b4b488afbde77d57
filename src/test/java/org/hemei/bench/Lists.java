package org.hemei.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.hemei.outside.DemoCity;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Visitor;

/**
 * S3: list pages of a desk over HTTP, as a community, a street, a company, a district and the city see them, among 100,000
 * orders and then among as many as HEMEI_BENCH_ORDERS says: newest first, filtered, a word in 5 % of the orders, a rare one, a
 * further page. The figure is the p95 of the slowest kind of page among the many.
 */
final class Lists {

    static final long FEW = 100_000;
    static final long MANY = Long.parseLong(System.getenv().getOrDefault("HEMEI_BENCH_ORDERS", "1000000"));

    private static final int WARM = 30;
    private static final int ROUNDS = 60;
    private static final Pattern NEXT = Pattern.compile("href=\"(/orders\\?[^\"]*after=[^\"]*)\"");

    /** A page as one reader sees it. */
    private record Kind(String name, Visitor reader, String path) {}

    private final RunningApplication application;

    Lists(RunningApplication application) {
        this.application = application;
    }

    String measure() throws IOException, SQLException, InterruptedException, ExecutionException {
        var demo = DemoCity.await(application);
        var names = new LinkedHashMap<String, String>();
        var home = demo.homes().getFirst();
        names.put("community", home.worker());
        names.put("company", home.manager());
        names.put("street", named("STREET"));
        names.put("district", named("DISTRICT"));
        names.put("city", named("CITY"));
        new ManyOrders(application::connect).fillTo(FEW);
        var few = times("among " + FEW, names);
        if (MANY > FEW) {
            new ManyOrders(application::connect).fillTo(MANY);
        }
        var many = MANY > FEW ? times("among " + MANY, names) : few;
        var slowest = many.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        var ratio = many.keySet().stream()
                .mapToDouble(kind -> value(many, kind) / value(few, kind))
                .max()
                .orElseThrow();
        return Bench.line(
                "S3",
                value(many, slowest),
                "ms",
                "baseline",
                Bench.rounded(value(few, slowest)),
                "ratio",
                Bench.rounded(value(many, slowest) / value(few, slowest)),
                "worst_ratio",
                Bench.rounded(ratio),
                "slowest",
                '"' + slowest + '"',
                "rows",
                String.valueOf(MANY));
    }

    private static double value(Map<String, Double> times, String kind) {
        return java.util.Objects.requireNonNull(times.get(kind));
    }

    private String named(String role) throws SQLException, IOException {
        try (var sql = application.sql()) {
            return sql.list(
                            "select a.username from account a join access_grant g on g.account = a.id"
                                    + " where g.role = ? and a.username is not null order by a.id limit 1",
                            role)
                    .getFirst();
        }
    }

    /** The p95 of each kind of page, in ms. */
    private Map<String, Double> times(String where, Map<String, String> names) throws IOException {
        // signed in here: a connection that is silent while orders are made is closed
        var readers = new LinkedHashMap<String, Visitor>();
        for (var name : names.entrySet()) {
            var visitor = new Visitor(application.port());
            visitor.signInByPassword(name.getValue(), DemoCity.PASSWORD);
            readers.put(name.getKey(), visitor);
        }
        var pages = new LinkedHashMap<String, String>();
        pages.put("newest", "/orders");
        pages.put("open", "/orders?state=open");
        pages.put("category", "/orders?category=facility");
        pages.put("late", "/orders?late=1");
        pages.put("common word", "/orders?q=" + encode(ManyOrders.COMMON));
        pages.put("rare word", "/orders?q=" + encode(ManyOrders.RARE));
        var kinds = new ArrayList<Kind>();
        for (var reader : readers.entrySet()) {
            pages.forEach((page, path) -> kinds.add(new Kind(reader.getKey() + ", " + page, reader.getValue(), path)));
            kinds.add(
                    new Kind(reader.getKey() + ", second page", reader.getValue(), next(reader.getValue(), "/orders")));
        }
        // all of them first: the first kind is not to pay for what the machine has yet to learn
        for (var kind : kinds) {
            for (var n = 0; n < WARM; n++) {
                kind.reader.get(kind.path);
            }
        }
        var times = new LinkedHashMap<String, Double>();
        for (var kind : kinds) {
            times.put(kind.name, time(kind));
        }
        for (var reader : readers.values()) {
            reader.close();
        }
        times.forEach((kind, ms) -> Bench.say("S3 " + where + ": " + kind + " p95 " + Bench.rounded(ms) + " ms"));
        return times;
    }

    private static String next(Visitor visitor, String path) throws IOException {
        var link = NEXT.matcher(visitor.get(path).text());
        return link.find() ? link.group(1).replace("&amp;", "&") : path;
    }

    private static double time(Kind kind) throws IOException {
        var times = new ArrayList<Long>();
        for (var n = 0; n < ROUNDS; n++) {
            var begin = System.nanoTime();
            var page = kind.reader.get(kind.path);
            times.add(System.nanoTime() - begin);
            if (page.status() != 200) {
                throw Visitor.unexpected(kind.name, page);
            }
        }
        var sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) (sorted.length * 0.95)] / 1e6;
    }

    private static String encode(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }
}
