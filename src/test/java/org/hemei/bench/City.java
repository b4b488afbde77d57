package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.hemei.outside.DemoCity;
import org.hemei.outside.DemoCity.Home;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Visitor;

/** Who takes part in the measurements: people of the demo city, signed in over HTTP, outside the timing. */
final class City {

    static final String PLAIN_CATEGORY = "facility.light";

    /** The bar asks for 2,000 different residents at least; a multiple of the clients, so that each has its share. */
    private static final int RESIDENTS =
            Integer.parseInt(System.getenv().getOrDefault("HEMEI_BENCH_RESIDENTS", "4096"));

    private static final int HANDS = 4;
    private static final int PER_ADDRESS = 16;
    /** Looks in a row, half a second apart, that find nothing running. */
    private static final int CALM_LOOKS = 6;

    /** A resident who is signed in. */
    record Resident(Home home, Visitor.Session session) {}

    private final RunningApplication application;
    private final DemoCity demo;
    private final List<String> categories;
    private final Map<String, Visitor.Session> staff = new HashMap<>();
    private final List<Resident> residents = new ArrayList<>();

    private City(RunningApplication application, DemoCity demo, List<String> categories) {
        this.application = application;
        this.demo = demo;
        this.categories = categories;
    }

    static City load(RunningApplication application) throws IOException, SQLException, InterruptedException {
        var demo = DemoCity.await(application);
        try (var sql = application.sql()) {
            var categories = sql.list("select code from category where parent is not null and active order by code");
            return new City(application, demo, categories);
        }
    }

    Home oneHome() {
        return demo.homes().getFirst();
    }

    Visitor signInOneResident() throws IOException {
        var visitor = new Visitor(application.port());
        visitor.signInByPhone(oneHome().phone());
        return visitor;
    }

    /** Everyone is signed in at the first call. */
    List<Resident> residents() throws InterruptedException, ExecutionException, SQLException, IOException {
        if (residents.isEmpty()) {
            var complete = demo.homes();
            var step = complete.size() / RESIDENTS;
            if (step == 0) {
                throw new IllegalStateException(
                        "only " + complete.size() + " residents have a community and a manager");
            }
            Bench.say("Signing in " + RESIDENTS + " residents, each by a code from the demo mailbox");
            var network = ThreadLocalRandom.current().nextInt(1, 250);
            try (var hands = Executors.newFixedThreadPool(HANDS)) {
                var tasks = new ArrayList<Callable<Resident>>();
                for (var n = 0; n < RESIDENTS; n++) {
                    var home = complete.get(n * step);
                    // as many households share an address as the limit on codes allows
                    var from = "127." + network + "." + (1 + n / PER_ADDRESS / 250) + "." + (1 + n / PER_ADDRESS % 250);
                    tasks.add(() -> signIn(home, from));
                }
                for (var done : hands.invokeAll(tasks)) {
                    residents.add(done.get());
                }
            }
            quiet();
        }
        return residents;
    }

    /**
     * Waits until the text messages of the sign-ins are sent, and the months of checks behind a new city are computed: that
     * work is no part of what is measured. What recurs while the measurement runs, recurs in it. Messages that wait for the
     * morning are not waited for.
     */
    void quiet() throws InterruptedException, SQLException, IOException {
        Bench.say("Waiting until the work that loading the city left behind is done");
        try (var sql = application.sql()) {
            for (var calm = 0; calm < CALM_LOOKS; ) {
                var busy = sql.number("""
                        select (select count(*) from sms_message where status = 'waiting' and urgent)
                             + (select count(*) from scheduled_tasks where picked)
                             + (select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid())
                        """);
                calm = busy == 0 ? calm + 1 : 0;
                Thread.sleep(500);
            }
        }
    }

    private Resident signIn(Home home, String from) throws IOException {
        try (var visitor = new Visitor(application.port(), from)) {
            visitor.signInByPhone(home.phone());
            visitor.get("/orders/new");
            return new Resident(home, visitor.session());
        }
    }

    /** Signs in the communities' workers and the managers of everybody's estate. */
    void signInStaff() throws InterruptedException, ExecutionException, SQLException, IOException {
        for (var resident : residents()) {
            for (var name : List.of(resident.home().worker(), resident.home().manager())) {
                if (!staff.containsKey(name)) {
                    try (var visitor = new Visitor(application.port())) {
                        visitor.signInByPassword(name, DemoCity.PASSWORD);
                        visitor.get("/me");
                        staff.put(name, visitor.session());
                    }
                }
            }
        }
        Bench.say(staff.size() + " workers and managers are signed in");
    }

    Visitor.Session staff(String username) {
        var session = staff.get(username);
        if (session == null) {
            throw new IllegalStateException(username + " is not signed in");
        }
        return session;
    }

    String category(int n) {
        return categories.get(n % categories.size());
    }

    long orders() throws SQLException, IOException {
        try (var sql = application.sql()) {
            return sql.number("select count(*) from work_order");
        }
    }
}
