package org.hemei.robustness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;

/** The machine's own PostgreSQL, as a package of Debian brings it, with a cluster of its own in a temporary folder. */
final class DebianPostgres implements AutoCloseable {

    static final String USER = "hemei";
    static final String PASSWORD = "an external password";
    private static final String ADMIN = "admin";

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Path data;

    private DebianPostgres(Path programs, Path folder, int port, Path data) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.data = data;
    }

    /** Starts it, and makes the user as docs/operations.md says: an ordinary one. */
    static DebianPostgres start() throws IOException, InterruptedException, SQLException {
        // not under the checkout: the user that PostgreSQL runs as may not be able to enter there
        var folder = Files.createTempDirectory("hemei-external");
        var server = new DebianPostgres(programs(), folder, FreePort.find(), folder.resolve("data"));
        Files.writeString(folder.resolve("password"), PASSWORD);
        Files.createDirectory(server.archive());
        if (isRoot()) {
            server.call(List.of("chown", "-R", "nobody", folder.toString()));
        }
        server.run(
                "initdb",
                "--pgdata=" + server.data,
                "--username=" + ADMIN,
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8");
        server.launch("-c archive_mode=on -c archive_command='cp %p " + server.archive() + "/%f'");
        server.execute("create role " + USER + " login password '" + PASSWORD + "'");
        return server;
    }

    private void launch(String more) throws IOException, InterruptedException {
        run(
                "pg_ctl",
                "--pgdata=" + data,
                "--log=" + folder.resolve("log"),
                "--wait",
                "--timeout=120",
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder + " "
                        + more,
                "start");
    }

    /** While everything runs, as docs/operations.md says. */
    void baseBackup() throws IOException, InterruptedException {
        run(
                "pg_basebackup",
                "--pgdata=" + folder.resolve("base"),
                "--wal-method=stream",
                "--checkpoint=fast",
                "--dbname=postgresql://" + ADMIN + "@127.0.0.1:" + port + "/");
    }

    /**
     * Another server on the base backup, brought by the archived log to a point in time, as docs/operations.md says. This one
     * must have handed over its log.
     */
    DebianPostgres restoredTo(String time) throws IOException, InterruptedException, SQLException {
        var restored = new DebianPostgres(programs, folder, FreePort.find(), folder.resolve("base"));
        Files.writeString(
                restored.data.resolve("postgresql.auto.conf"),
                "restore_command = 'cp " + archive() + "/%f %p'\nrecovery_target_time = '" + time
                        + "'\nrecovery_target_action = 'promote'\n",
                StandardOpenOption.APPEND);
        Files.createFile(restored.data.resolve("recovery.signal"));
        if (isRoot()) {
            call(List.of(
                    "chown", "nobody", restored.data.resolve("recovery.signal").toString()));
        }
        restored.launch("");
        return restored;
    }

    /** The log so far is in the archive when this returns. */
    void handOverLog() throws SQLException, IOException, InterruptedException {
        var file = text("select pg_walfile_name(pg_switch_wal())");
        while (!Files.exists(archive().resolve(file))) {
            Thread.sleep(100);
        }
    }

    /** The first column of the first row, asked of the database "postgres". */
    String text(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", ADMIN, PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Path archive() {
        return folder.resolve("archive");
    }

    private static Path programs() throws IOException {
        var root = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(root)) {
                var newest = StreamSupport.stream(versions.spliterator(), false)
                        .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                        .max(Comparator.comparingInt(version ->
                                Integer.parseInt(version.getFileName().toString())));
                if (newest.isPresent()) {
                    return newest.get().resolve("bin");
                }
            }
        }
        throw new IOException("This test needs the machine's own PostgreSQL: apt-get install postgresql");
    }

    /** Makes an empty database that the ordinary user owns, and tells its address. */
    String database(String name) throws SQLException {
        execute("create database " + name + " owner " + USER + " encoding 'UTF8' locale 'C.UTF-8' template template0");
        return url(name);
    }

    /** Runs one of PostgreSQL's programs, its client programs as the ordinary user. */
    void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        call(command);
    }

    private void call(List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        builder.environment().put("PGPASSWORD", PASSWORD);
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (builder.start().waitFor() != 0) {
            throw new IOException(command + " failed:\n" + Files.readString(output));
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", ADMIN, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String connection(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    Path folder() {
        return folder;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public void close() throws IOException {
        try {
            run("pg_ctl", "--pgdata=" + data, "--mode=immediate", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (data.equals(folder.resolve("data"))) {
            RunningApplication.delete(folder);
        }
    }
}
