package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.hemei.bench.City.Resident;
import org.hemei.outside.Requests;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;

/** S1: residents submit orders over HTTP; compared with plain JDBC that commits the same rows. */
final class Submissions {

    static final int CLIENTS = 32;
    private static final List<String> WORDS = List.of(
            "三楼楼道的灯坏了好几天，晚上老人上下楼看不清，请派人来换一下。",
            "单元门关不上，外面的人随便进，夜里不放心，请尽快修好。",
            "地下车库入口积水，电动车骑进去打滑，希望能清理一下排水沟。",
            "楼下垃圾桶满了没人清运，天热味道很大，苍蝇也多。",
            "电梯运行时有异响，停层也不准，担心有危险，请维保单位检查。");

    private final RunningApplication application;
    private final Settings settings;
    private final City city;

    Submissions(RunningApplication application, Settings settings, City city) {
        this.application = application;
        this.settings = settings;
        this.city = city;
    }

    String measure() throws IOException, InterruptedException, ExecutionException, SQLException {
        var residents = city.residents();
        Bench.say("S1: " + residents.size() + " residents are signed in; " + CLIENTS + " clients, warming up");
        var probe = residents.getFirst();
        String order;
        CommittedRows rows;
        try (var sql = application.sql()) {
            var before = CommittedRows.counts(sql);
            order = submitOne(probe);
            var after = CommittedRows.counts(sql);
            after.replaceAll((table, count) -> count - before.getOrDefault(table, 0L));
            after.values().removeIf(grown -> grown == 0);
            rows = CommittedRows.ofOrder(sql, order);
            Bench.say("S1: one submission grows the tables by " + after);
            Bench.say("S1: its transaction commits " + rows.summary());
        }
        var http = Load.run(CLIENTS, warmUp(), settings.seconds(), number -> new Client(residents, number));
        Bench.say("S1: over HTTP " + Bench.rounded(http.perSecond()) + " orders/s, median "
                + Bench.rounded(http.p50Millis()) + " ms, p99 " + Bench.rounded(http.p99Millis()) + " ms");
        var commits = new RawCommits(application, rows, probe, order, residents);
        var length = Math.min(settings.seconds(), 20);
        var singly = commits.measure(Settings.POOL, length, false);
        var raw = commits.measure(Settings.POOL, length, true);
        Bench.say("S1: plain JDBC, " + Settings.POOL + " connections: " + Bench.rounded(raw.perSecond())
                + " orders/s with the inserts in one round trip, " + Bench.rounded(singly.perSecond())
                + " with one round trip each");
        return Bench.line(
                "S1",
                http.perSecond(),
                "orders/s",
                "baseline",
                Bench.rounded(raw.perSecond()),
                "ratio",
                Bench.rounded(http.perSecond() / raw.perSecond()),
                "baseline_one_by_one",
                Bench.rounded(singly.perSecond()),
                "p99_ms",
                Bench.rounded(http.p99Millis()),
                "rows",
                String.valueOf(city.orders()),
                "clients",
                String.valueOf(CLIENTS),
                "residents",
                String.valueOf(residents.size()));
    }

    /** Orders filed by so many clients for so long. */
    Load.Result load(int clients, double seconds)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        var residents = city.residents();
        return Load.run(clients, 2, seconds, number -> new Client(residents, number));
    }

    private double warmUp() {
        return Math.max(10, 2 * settings.seconds());
    }

    private String submitOne(Resident resident) throws IOException {
        try (var wire = new Wire(application.port())) {
            return Visitor.orderIn(wire.send(request(resident, form(resident, city.category(0), WORDS.getFirst()))));
        }
    }

    /** Everything but the key that makes the request one of its kind. */
    static String form(Resident resident, String category, String words) {
        var fields = resident.home().submission(category, words);
        fields.put("_csrf", resident.session().token());
        return Bench.form(fields);
    }

    static byte[] request(Resident resident, String form) {
        return Requests.post("/orders", resident.session().cookie(), form + "&_once=" + UUID.randomUUID());
    }

    /** One of the 32: its own share of the residents, one after the other. */
    private final class Client implements Load.Work {

        private final Wire wire = new Wire(application.port());
        private final List<Resident> residents;
        private final String[][] forms;
        private int next;

        Client(List<Resident> all, int number) {
            var size = all.size() / CLIENTS;
            residents = all.subList(number * size, (number + 1) * size);
            forms = new String[size][WORDS.size()];
            for (var r = 0; r < size; r++) {
                for (var w = 0; w < WORDS.size(); w++) {
                    forms[r][w] = form(residents.get(r), city.category(r + w), WORDS.get(w));
                }
            }
        }

        @Override
        public void once() throws IOException {
            var resident = next % residents.size();
            var words = next / residents.size() % WORDS.size();
            next++;
            Visitor.orderIn(wire.send(request(residents.get(resident), forms[resident][words])));
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
