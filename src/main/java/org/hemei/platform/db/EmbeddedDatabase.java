package org.hemei.platform.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that this process starts for itself, with durable settings and its data in one folder. After a
 * {@code kill -9} of this process its PostgreSQL may still run: the next start ends it first, then opens the data itself.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final EmbeddedPostgres server;
    private final int port;

    private EmbeddedDatabase(EmbeddedPostgres server, int port) {
        this.server = server;
        this.port = port;
    }

    /** @param folder holds the data, the unpacked server and its log; made when absent */
    static EmbeddedDatabase start(Path folder) {
        try {
            var data = folder.resolve("postgres");
            Files.createDirectories(folder);
            endOrphan(data);
            var port = port(folder);
            var log = folder.resolve("postgres.log").toFile();
            var server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(folder.resolve("postgres-bin").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(90))
                    .setOutputRedirector(Redirect.appendTo(log))
                    .setErrorRedirector(Redirect.appendTo(log))
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("shared_buffers", "128MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("random_page_cost", "1.1")
                    .setServerConfig("jit", "off")
                    .setServerConfig("timezone", "UTC")
                    .start();
            return new EmbeddedDatabase(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start; its own words are in " + folder, e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop in time; the next start will see to it", e);
        }
    }

    /** The port stays the same from start to start, unless somebody else took it meanwhile. */
    private static int port(Path folder) throws IOException {
        var file = folder.resolve("postgres.port");
        if (Files.exists(file)) {
            var known = Integer.parseInt(Files.readString(file).strip());
            if (isFree(known)) {
                return known;
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, String.valueOf(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Ends a server that an earlier process left behind on this data; fast shutdown, then the hard way. */
    private static void endOrphan(Path data) throws IOException {
        var left = orphan(data);
        if (left.isEmpty()) {
            return;
        }
        var process = left.get();
        LOG.info("A PostgreSQL of an earlier run (process {}) still holds the data; ending it", process.pid());
        signal(process, "INT");
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException slow) {
            signal(process, "QUIT");
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ProcessHandle> orphan(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(file);
        if (lines.size() < 2 || !Path.of(lines.get(1)).toAbsolutePath().equals(data.toAbsolutePath())) {
            return Optional.empty();
        }
        // the number may belong to somebody else by now: only a process that is a postgres on this folder counts
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> isPostgres(process.pid(), data));
    }

    private static boolean isPostgres(long pid, Path data) {
        try {
            var command = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
            return command.contains("postgres") && command.contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    }
}
