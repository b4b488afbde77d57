package org.hemei.platform.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that this process starts for itself, with durable settings and its data in one folder. After a
 * {@code kill -9} of this process its PostgreSQL may still run: the next start ends it first, then opens the data itself. When
 * the server alone is killed, it is started again on the same port.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String PORT = "postgres.port";
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_END = 32_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(45);
    private static final Duration LAST_WAIT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Path folder;
    private final int port;
    private final @Nullable FileChannel hold; // null: the server belongs to another process
    private volatile @Nullable EmbeddedPostgres server;
    private volatile boolean closing;

    private EmbeddedDatabase(Path folder, int port, @Nullable FileChannel hold, @Nullable EmbeddedPostgres server) {
        this.folder = folder;
        this.port = port;
        this.hold = hold;
        this.server = server;
    }

    /**
     * @param folder holds the data, the unpacked server and its log; made when absent
     * @param beside whether to use the server of a process that already runs on this folder, instead of refusing to start
     * @throws DataInUse when another process runs on this folder
     */
    static EmbeddedDatabase start(Path folder, boolean beside) {
        try {
            Files.createDirectories(folder);
            var hold = hold(folder);
            if (hold == null) {
                if (beside) {
                    return new EmbeddedDatabase(folder, knownPort(folder), null, null);
                }
                throw new DataInUse(folder);
            }
            Leftover.end(folder.resolve("postgres"));
            var database = first(folder, hold);
            database.watch();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start; its own words are in " + folder, e);
        }
    }

    /**
     * The server with its port. Between looking for a port and taking it somebody else may have been quicker: then, once, another
     * port is tried.
     */
    private static EmbeddedDatabase first(Path folder, FileChannel hold) throws IOException {
        var port = port(folder);
        try {
            return new EmbeddedDatabase(folder, port, hold, launch(folder, port, FIRST_WAIT));
        } catch (IOException e) {
            LOG.warn("PostgreSQL does not answer on port {}; trying another: {}", port, tail(folder), e);
            Leftover.end(folder.resolve("postgres"));
            var other = newPort(folder);
            return new EmbeddedDatabase(folder, other, hold, launch(folder, other, LAST_WAIT));
        }
    }

    private static String tail(Path folder) throws IOException {
        var lines = Files.readAllLines(log(folder));
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static Path log(Path folder) {
        return folder.resolve("postgres.log");
    }

    /** One process at a time: the operating system gives the hold back when the process ends, however it ends. */
    private static @Nullable FileChannel hold(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            LOG.debug("held by this process already", sameProcess);
        }
        channel.close();
        return null;
    }

    private static EmbeddedPostgres launch(Path folder, int port, Duration patience) throws IOException {
        var data = folder.resolve("postgres");
        Leftover.clear(data);
        // after a start that failed, the library still holds its own lock; ours is the one that counts
        Files.deleteIfExists(data.resolve("epg-lock"));
        var log = log(folder).toFile();
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(folder.resolve("postgres-bin").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(patience)
                .setOutputRedirector(Redirect.appendTo(log))
                .setErrorRedirector(Redirect.appendTo(log))
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .start();
    }

    /** A server that is killed is started again. One that ends in order takes its note of the process with it. */
    private void watch() throws IOException {
        var note = Leftover.note(folder.resolve("postgres"));
        var pid = Long.parseLong(Files.readAllLines(note).getFirst().strip());
        ProcessHandle.of(pid)
                .ifPresent(process -> process.onExit().thenRun(() -> {
                    if (!closing && Files.exists(note)) {
                        LOG.warn("PostgreSQL (process {}) was killed; starting it again", pid);
                        Thread.ofPlatform().name("postgres-revival").daemon().start(this::revive);
                    }
                }));
    }

    /** Tries until it works: a full disk may stay full for hours, and nobody should have to start us again afterwards. */
    private void revive() {
        for (var pause = PAUSE; !closing; pause = longer(pause)) {
            try {
                if (server != null) {
                    server.close();
                }
                server = launch(folder, port, LAST_WAIT);
                watch();
                LOG.info("PostgreSQL is back");
                return;
            } catch (IOException | RuntimeException e) {
                // what the killed one left behind may take a moment to go
                LOG.warn("PostgreSQL does not start yet: {}", e.getMessage());
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private static Duration longer(Duration pause) {
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        closing = true;
        try (var held = hold) {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop in time; the next start will see to it", e);
        }
    }

    /** The port stays the same from start to start, unless somebody else took it meanwhile. */
    private static int port(Path folder) throws IOException {
        var file = folder.resolve(PORT);
        if (Files.exists(file)) {
            var known = knownPort(folder);
            if (isFree(known)) {
                return known;
            }
        }
        return newPort(folder);
    }

    private static int newPort(Path folder) throws IOException {
        var port = freePort();
        Files.writeString(folder.resolve(PORT), String.valueOf(port));
        return port;
    }

    /** Below those that the system gives to connections, which could take it before the server does. */
    public static int freePort() throws IOException {
        for (var tries = 0; tries < 100; tries++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, PORTS_END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free between " + FIRST_PORT + " and " + PORTS_END);
    }

    private static int knownPort(Path folder) throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve(PORT)).strip());
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
