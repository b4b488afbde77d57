package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hemei.outside.DemoCity;
import org.hemei.outside.FreePort;
import org.hemei.outside.Life;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;
import org.junit.jupiter.api.Test;

/**
 * A PostgreSQL that is not its own: the one of the machine's distribution, older than the embedded one, with a user who is
 * no superuser. The demo city is loaded, an order lives through, and a dump restored elsewhere is the same system. From a base
 * backup and the archived log the system comes back as it was at a point in time (R5).
 */
class ExternalDatabaseTest {

    private static final Path FOLDER = Path.of("target", "external database").toAbsolutePath();

    /** How many orders lived through, and which was the last. */
    private static final String CLOSED =
            "select count(*) || ' ' || max(closed_at) from work_order where state = 'closed'";

    private int lives;

    @Test
    void anOrderLivesThroughAndADumpRestores() throws Exception {
        RunningApplication.delete(FOLDER);
        try (var server = DebianPostgres.start()) {
            var closed = "";
            var before = "";
            var moment = "";
            try (var application = RunningApplication.start(plan(server.database("hemei")));
                    var sql = application.sql()) {
                assertThat(sql.number("select current_setting('server_version_num')::int / 10000"))
                        .isBetween(15L, 18L);
                live(application);
                server.baseBackup();
                live(application);
                before = sql.list(CLOSED).getFirst();
                moment = server.text("select clock_timestamp()");
                live(application);
                closed = sql.list(CLOSED).getFirst();
                server.handOverLog();
            }
            try (var then = server.restoredTo(moment);
                    var application = RunningApplication.start(plan(then.url("hemei")));
                    var sql = application.sql()) {
                assertThat(sql.list(CLOSED)).as("what was there at " + moment).containsExactly(before);
                live(application);
            }
            var dump = server.folder().resolve("hemei.dump").toString();
            server.run("pg_dump", "--format=custom", "--file=" + dump, "--dbname=" + server.connection("hemei"));
            var restored = server.database("restored");
            server.run(
                    "pg_restore", "--no-owner", "--exit-on-error", "--dbname=" + server.connection("restored"), dump);
            try (var application = RunningApplication.start(plan(restored));
                    var sql = application.sql()) {
                assertThat(sql.list(CLOSED)).containsExactly(closed);
                // the keys are the same, so people are found by their phone, and orders go on
                live(application);
            }
        }
        RunningApplication.delete(FOLDER);
    }

    private static Plan plan(String url) throws Exception {
        var environment = Map.of(
                "HEMEI_DEMO",
                "on",
                "HEMEI_DB_URL",
                url,
                "HEMEI_DB_USER",
                DebianPostgres.USER,
                "HEMEI_DB_PASSWORD",
                DebianPostgres.PASSWORD);
        return Plan.ofClassPath(FOLDER, FreePort.find(), List.of(), environment);
    }

    /** Each life in another home: nobody gets two codes to sign in within a minute. */
    private void live(RunningApplication application) throws Exception {
        var home = DemoCity.await(application).homes().stream()
                .skip(application.port() % 500 + lives++)
                .findFirst()
                .orElseThrow();
        try (var resident = new Visitor(application.port());
                var community = new Visitor(application.port());
                var manager = new Visitor(application.port());
                var wire = new Wire(application.port())) {
            resident.signInByPhone(home.phone());
            resident.get("/orders/new");
            community.signInByPassword(home.worker(), DemoCity.PASSWORD);
            assertThat(community.get("/todo").status()).isEqualTo(200);
            assertThat(community.get("/orders?q=%E7%81%AF").status()).isEqualTo(200);
            community.get("/me");
            manager.signInByPassword(home.manager(), DemoCity.PASSWORD);
            manager.get("/me");
            Life.byThePages(wire, new Life.Cast(home, resident.session(), community.session(), manager.session()));
        }
    }
}
