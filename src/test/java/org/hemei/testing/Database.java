package org.hemei.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hemei.platform.db.EmbeddedDatabase;

/** One PostgreSQL for all tests of this JVM, under target/. It forgets everything when the JVM ends. */
public final class Database {

    private static final Path FOLDER = Path.of(
            "target", "test-database", String.valueOf(ProcessHandle.current().pid()));

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    private Database() {}

    public static String url() {
        return "jdbc:postgresql://127.0.0.1:" + Holder.SERVER.getPort() + "/postgres";
    }

    /** Another database on the same server, with nothing in it yet. */
    public static String empty(String name) {
        try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return "jdbc:postgresql://127.0.0.1:" + Holder.SERVER.getPort() + "/" + name;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A folder of this JVM for files that tests write. */
    public static Path folder() {
        return FOLDER.toAbsolutePath();
    }

    private static EmbeddedPostgres start() {
        try {
            Files.createDirectories(FOLDER);
            var log = folder().resolve("postgres.log").toFile();
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder().resolve("postgres"))
                    .setOverrideWorkingDirectory(
                            Path.of("target", "postgres-bin").toAbsolutePath().toFile())
                    .setCleanDataDirectory(true)
                    .setPort(EmbeddedDatabase.freePort())
                    .setPGStartupWait(Duration.ofSeconds(90))
                    .setOutputRedirector(Redirect.appendTo(log))
                    .setErrorRedirector(Redirect.appendTo(log))
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("jit", "off")
                    .setServerConfig("timezone", "UTC");
            // only here: nothing in a test survives the test, so nothing needs to reach the disk
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                builder.setServerConfig(setting, "off");
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for the tests did not start; see " + folder(), e);
        }
    }
}
