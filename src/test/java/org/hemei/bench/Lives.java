package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.hemei.outside.Life;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Wire;

/** S2: whole lives of orders, each step by the person whose step it is: six requests a life. */
final class Lives {

    private final RunningApplication application;
    private final Settings settings;
    private final City city;

    Lives(RunningApplication application, Settings settings, City city) {
        this.application = application;
        this.settings = settings;
        this.city = city;
    }

    String measure() throws IOException, InterruptedException, ExecutionException, SQLException {
        city.signInStaff();
        var casts = new ArrayList<Life.Cast>();
        for (var resident : city.residents()) {
            var home = resident.home();
            casts.add(new Life.Cast(home, resident.session(), city.staff(home.worker()), city.staff(home.manager())));
        }
        List<Integer> versions;
        try (var wire = new Wire(application.port())) {
            versions = Life.byThePages(wire, casts.getFirst());
        }
        // what was filed before is told and counted first: it is no part of these lives
        city.quiet();
        Bench.say("S2: one life by the pages is through, its forms carried the versions " + versions + "; warming up");
        var result = Load.run(
                Submissions.CLIENTS,
                Math.max(10, 2 * settings.seconds()),
                settings.seconds(),
                number -> new Client(casts, number, versions));
        Bench.say("S2: " + result.count() + " lives, median " + Bench.rounded(result.p50Millis()) + " ms");
        return Bench.line(
                "S2",
                result.perSecond(),
                "lives/s",
                "p99_ms",
                Bench.rounded(result.p99Millis()),
                "rows",
                String.valueOf(city.orders()),
                "clients",
                String.valueOf(Submissions.CLIENTS));
    }

    /** One of the 32: its own share of the residents, one after the other. */
    private final class Client implements Load.Work {

        private final Wire wire = new Wire(application.port());
        private final List<Life.Cast> casts;
        private final List<Integer> versions;
        private int next;

        Client(List<Life.Cast> all, int number, List<Integer> versions) {
            var size = all.size() / Submissions.CLIENTS;
            this.casts = all.subList(number * size, (number + 1) * size);
            this.versions = versions;
        }

        @Override
        public void once() throws IOException {
            Life.byTheForms(wire, casts.get(next++ % casts.size()), versions);
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
