package org.hemei.robustness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The jar as it is given away: its parts were settled when it was packaged, with the demo on, jobs on and no database named.
 * What a person sets must still count.
 */
class PackagedIT {

    private static final Path FOLDER = Path.of("target", "packaged");
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Dstdout.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED");

    @BeforeEach
    @AfterEach
    void clear() throws IOException {
        RunningApplication.delete(FOLDER);
    }

    @Test
    void settingsCountInThePackagedSystem() throws Exception {
        try (var alone = start("alone", Map.of("HEMEI_DEMO", "off"))) {
            nobodyComesInWithoutAPassword(alone);
            assertThat(log("alone")).contains("/setup");
            assertThat(FOLDER.resolve("alone/data/postgres")).isDirectory();
            try (var sql = alone.sql()) {
                assertThat(sql.number("select count(*) from estate")).isZero();
                assertThat(sql.number("select count(*) from scheduled_tasks")).isPositive();
            }
            var database = "jdbc:postgresql://127.0.0.1:"
                    + Files.readString(FOLDER.resolve("alone/data/postgres.port"))
                            .strip() + "/postgres";
            var settings = Map.of(
                    "HEMEI_DEMO", "off",
                    "HEMEI_JOBS", "off",
                    "HEMEI_DB_URL", database,
                    "HEMEI_DB_USER", "postgres",
                    "HEMEI_DB_PASSWORD", "",
                    "HEMEI_KEYS",
                            FOLDER.resolve("alone/data/keys").toAbsolutePath().toString());
            try (var guest = start("guest", settings)) {
                nobodyComesInWithoutAPassword(guest);
                assertThat(FOLDER.resolve("guest/data/postgres")).doesNotExist();
            }
        }
        assertThat(FOLDER.resolve("alone/data/postgres/postmaster.pid")).doesNotExist();
    }

    /**
     * What the README says first: {@code ./hemei run} makes its AOT cache and starts from it. Two processes never share a data
     * folder; a command works on the data beside the running application.
     */
    @Test
    void aSecondOneIsRefusedAndACommandRunsBeside() throws Exception {
        RunningApplication.delete(Path.of("target", "fast"));
        var run = plan(List.of("./hemei", "run"), "shared", Map.of("HEMEI_DEMO", "off"));
        try (var running = RunningApplication.start(run, Duration.ofMinutes(10))) {
            assertThat(log("shared")).contains("recording its start").doesNotContain("Starting from the jar itself");
            var second = beside(List.of());
            assertThat(second.exit()).isNotZero();
            assertThat(second.words()).contains("正由另一个和美使用").doesNotContain("\tat org.");
            var check = beside(List.of("-Dhemei.command=verify-audit"));
            assertThat(check.words()).contains("没有改动");
            assertThat(check.exit()).isZero();
            try (var sql = running.sql()) {
                assertThat(sql.number("select count(*) from audit_entry")).isNotNegative();
            }
        }
        var alone = beside(List.of("-Dhemei.command=verify-audit"));
        assertThat(alone.words()).contains("没有改动");
        assertThat(alone.exit()).isZero();
        assertThat(FOLDER.resolve("shared/data/postgres/postmaster.pid")).doesNotExist();
    }

    private record Ended(int exit, String words) {}

    private static Ended beside(List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(JAVA);
        command.addAll(options);
        command.addAll(List.of("-jar", "target/hemei.jar"));
        var out = Files.createTempFile(FOLDER, "beside", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        var data = FOLDER.resolve("shared/data").toString();
        builder.environment().keySet().removeIf(name -> name.startsWith("HEMEI_"));
        builder.environment()
                .putAll(Map.of("HEMEI_DATA", data, "HEMEI_PORT", "0", "HEMEI_DEMO", "off", "HEMEI_JOBS", "off"));
        var process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("it did not end: " + Files.readString(out));
        }
        return new Ended(process.exitValue(), Files.readString(out));
    }

    /** The demo's doors are shut. */
    private static void nobodyComesInWithoutAPassword(RunningApplication application) throws IOException {
        try (var visitor = new Visitor(application.port())) {
            visitor.get("/sign-in");
            for (var account = 1; account <= 3; account++) {
                var answer = visitor.post("/sign-in/demo", Map.of("account", String.valueOf(account)));
                assertThat(answer.status()).isEqualTo(404);
            }
            assertThat(visitor.get("/demo/mailbox").status()).isEqualTo(404);
        }
        try (var wire = new Wire(application.port())) {
            var description =
                    wire.send("GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"
                            .getBytes(US_ASCII));
            assertThat(description.text()).contains("/api/v1/");
        }
    }

    private static RunningApplication start(String name, Map<String, String> environment)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(JAVA);
        command.addAll(List.of("-jar", "target/hemei.jar"));
        return RunningApplication.start(plan(command, name, environment));
    }

    private static Plan plan(List<String> command, String name, Map<String, String> environment) throws IOException {
        return new Plan(command, List.of(), environment, FOLDER.resolve(name), FreePort.find());
    }

    private static String log(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name).resolve("application.log"));
    }
}
