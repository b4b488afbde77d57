package org.hemei.outside;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application as a process of its own, with its embedded PostgreSQL on a data folder. */
public final class RunningApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /**
     * How to start it.
     *
     * @param command the Java machine, its options, and what it runs
     * @param arguments settings for the application, after the command
     * @param folder holds {@code data} and the log; made when absent
     */
    public record Plan(
            List<String> command, List<String> arguments, Map<String, String> environment, Path folder, int port) {

        public Path data() {
            return folder.resolve("data");
        }

        /** Runs the classes of this very process, as a test does, but for those of the tests: their beans are none of its own. */
        public static Plan ofClassPath(Path folder, int port, List<String> arguments, Map<String, String> environment) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command = List.of(
                    java,
                    "-XX:+UseSerialGC",
                    // a test starts it often and asks little of it
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx288m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    withoutTests(System.getProperty("java.class.path")),
                    "org.hemei.Hemei");
            return new Plan(command, arguments, environment, folder, port);
        }

        private static String withoutTests(String classPath) {
            return Stream.of(classPath.split(File.pathSeparator))
                    .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private final Plan plan;
    private final Process process;
    private final double secondsToFirstPage;

    private RunningApplication(Plan plan, Process process, double secondsToFirstPage) {
        this.plan = plan;
        this.process = process;
        this.secondsToFirstPage = secondsToFirstPage;
    }

    /** Starts it and returns when the landing page answers with 200. */
    public static RunningApplication start(Plan plan) throws IOException, InterruptedException {
        return start(plan, PATIENCE);
    }

    /** The same with a patience of one's own, for what is made ready before it starts. */
    public static RunningApplication start(Plan plan, Duration patience) throws IOException, InterruptedException {
        Files.createDirectories(plan.folder());
        var command = new ArrayList<>(plan.command());
        command.addAll(plan.arguments());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log(plan).toFile()));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HEMEI_"));
        environment.put("HEMEI_PORT", String.valueOf(plan.port()));
        environment.put("HEMEI_DATA", plan.data().toString());
        environment.putAll(plan.environment());
        var begin = System.nanoTime();
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitPage(plan, process, patience);
        return new RunningApplication(plan, process, (System.nanoTime() - begin) / 1e9);
    }

    private static Path log(Plan plan) {
        return plan.folder().resolve("application.log");
    }

    private static void awaitPage(Plan plan, Process process, Duration patience)
            throws IOException, InterruptedException {
        var request = Requests.get("/", "");
        var end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException("the application ended:\n" + tail(log(plan)));
            }
            try (var wire = new Wire(plan.port())) {
                if (wire.send(request).status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // nobody listens yet
            }
            Thread.sleep(20);
        }
        process.destroyForcibly();
        throw new IOException("no page within " + patience + ":\n" + tail(log(plan)));
    }

    private static String tail(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    public double secondsToFirstPage() {
        return secondsToFirstPage;
    }

    public int port() {
        return plan.port();
    }

    public Sql sql() throws SQLException, IOException {
        return new Sql(connect());
    }

    /** A connection to its database, past the application. */
    public Connection connect() throws SQLException, IOException {
        var external = plan.environment().get("HEMEI_DB_URL");
        if (external != null) {
            return DriverManager.getConnection(
                    external,
                    plan.environment().get("HEMEI_DB_USER"),
                    plan.environment().get("HEMEI_DB_PASSWORD"));
        }
        var port = Files.readString(plan.data().resolve("postgres.port")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
    }

    /** Lets only the database run, so that nothing else takes its processors. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP", process.pid());
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT", process.pid());
    }

    /** {@code kill -9} of the application; its database runs on. */
    public void kill() throws IOException, InterruptedException {
        signal("KILL", process.pid());
        process.waitFor();
    }

    /** {@code kill -9} of the head of the database. */
    public void killDatabase() throws IOException, InterruptedException {
        signal("KILL", postmaster());
    }

    /** Nothing of the database runs any more, and nobody is told: as when its machine hangs or the cable is out. */
    public void freezeDatabase() throws IOException, InterruptedException {
        signalDatabase("STOP");
    }

    public void thawDatabase() throws IOException, InterruptedException {
        signalDatabase("CONT");
    }

    private void signalDatabase(String name) throws IOException, InterruptedException {
        var top = ProcessHandle.of(postmaster()).orElseThrow();
        signal(name, top.pid());
        for (var process : top.descendants().toList()) {
            signal(name, process.pid());
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    }

    private long postmaster() throws IOException {
        var file = plan.data().resolve("postgres").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    /** Proportional set size in bytes of the application. */
    public long applicationMemory() throws IOException {
        return memory(process.toHandle());
    }

    /** Proportional set size in bytes of all processes of the database. */
    public long databaseMemory() throws IOException {
        return memory(ProcessHandle.of(postmaster()).orElseThrow());
    }

    private static long memory(ProcessHandle top) throws IOException {
        var sum = 0L;
        for (var handle : Stream.concat(Stream.of(top), top.descendants()).toList()) {
            sum += memory(Path.of("/proc", String.valueOf(handle.pid()), "smaps_rollup"));
        }
        return sum;
    }

    private static long memory(Path rollup) throws IOException {
        try (var lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** Stops it as Ctrl-C does, the database with it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
