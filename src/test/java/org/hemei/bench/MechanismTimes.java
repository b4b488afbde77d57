package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.outside.DemoCity;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Visitor;

/**
 * M1: the pages of the mechanism and of the organisation over HTTP, for the whole demo city, one reader, warm. The figure is
 * the p95 of the slowest page; the baseline is the median of an empty list with the same frame and menu, in the same run.
 */
final class MechanismTimes {

    private static final int WARM = 8;
    private static final int ROUNDS = 40;
    private static final String EMPTY = "/policies?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%BB%BD";

    /** A day that lies behind, on which the demo city stood already. */
    private static final LocalDate PAST =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).minusMonths(6);

    private static final List<String> PAGES = List.of(
            "/mechanism",
            "/mechanism/basis",
            "/mechanism/map?rule=estate-branch",
            "/mechanism/figures",
            "/mechanism/figures?on=" + PAST,
            "/mechanism/estate-branch?on=" + PAST,
            "/mechanism/estate-branch",
            "/mechanism/estate-holder",
            "/mechanism/staffing",
            "/mechanism/red-committee",
            "/mechanism/staffing/thresholds",
            "/cross-appointments",
            "/cross-appointments?pair=any",
            "/party-members",
            "/staffing",
            "/staffing?day=" + PAST,
            "/people",
            "/appointments/conflicts",
            "/bodies",
            "/bodies?on=" + PAST,
            "/bodies/tree",
            "/bodies/chart",
            "/companies",
            "/estates/manage",
            "/policies",
            "/routing");

    private record Times(double median, double p95) {}

    private final RunningApplication application;

    MechanismTimes(RunningApplication application) {
        this.application = application;
    }

    String measure() throws IOException, SQLException, InterruptedException {
        DemoCity.await(application);
        var times = new TreeMap<String, Times>();
        Times empty;
        try (var visitor = new Visitor(application.port())) {
            visitor.signInByPassword(city(), DemoCity.PASSWORD);
            empty = time(visitor, EMPTY);
            for (var page : PAGES) {
                var taken = time(visitor, page);
                times.put(page, taken);
                Bench.say("M1: " + page + " median " + Bench.rounded(taken.median) + " ms, p95 "
                        + Bench.rounded(taken.p95) + " ms");
            }
        }
        var slowest = times.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparingDouble(Times::p95)))
                .orElseThrow();
        return Bench.line(
                "M1",
                slowest.getValue().p95,
                "ms",
                "slowest",
                '"' + slowest.getKey() + '"',
                "median",
                Bench.rounded(slowest.getValue().median),
                "baseline",
                Bench.rounded(empty.median),
                "ratio",
                Bench.rounded(slowest.getValue().median / empty.median),
                "pages",
                pages(times));
    }

    private static String pages(Map<String, Times> times) {
        var parts = new ArrayList<String>();
        times.forEach((page, taken) ->
                parts.add("\"" + page + "\":[" + Bench.rounded(taken.median) + "," + Bench.rounded(taken.p95) + "]"));
        return "{" + String.join(",", parts) + "}";
    }

    private String city() throws SQLException, IOException {
        try (var sql = application.sql()) {
            return sql.list("""
                    select a.username from account a join access_grant g on g.account = a.id
                    where g.role = 'CITY' and a.username is not null order by a.id limit 1
                    """).getFirst();
        }
    }

    private static Times time(Visitor visitor, String path) throws IOException {
        for (var n = 0; n < WARM; n++) {
            visitor.get(path);
        }
        var taken = new long[ROUNDS];
        for (var n = 0; n < ROUNDS; n++) {
            var begin = System.nanoTime();
            var page = visitor.get(path);
            taken[n] = System.nanoTime() - begin;
            if (page.status() != 200) {
                throw Visitor.unexpected(path, page);
            }
        }
        java.util.Arrays.sort(taken);
        return new Times(taken[ROUNDS / 2] / 1e6, taken[(int) (ROUNDS * 0.95)] / 1e6);
    }
}
