package org.hemei.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier PostgreSQL left running on a data folder after its owner, or its own head process, was killed. */
final class Leftover {

    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);

    private static final Path PROC = Path.of("/proc");
    private static final Duration PARTS_PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Leftover() {}

    /** Ends a server that runs on; fast shutdown, then the hard way. */
    static void end(Path data) throws IOException {
        var left = head(data);
        if (left.isEmpty()) {
            return;
        }
        var process = left.get();
        LOG.info("A PostgreSQL of an earlier run (process {}) still holds the data; ending it", process.pid());
        signal(process, "INT");
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            signal(process, "QUIT");
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes way for the next server. When only the head of one was killed, its parts end by themselves, but not at once, and as long as one of them holds
     * the shared memory no other server opens the data. Those that do not go in time are killed: without a head they serve nobody.
     */
    static void clear(Path data) throws IOException {
        var end = System.nanoTime() + PARTS_PATIENCE.toNanos();
        var parts = parts(data);
        while (!parts.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            parts = parts(data);
        }
        for (var part : parts) {
            LOG.warn("process {} of a killed PostgreSQL does not end; killing it", part.pid());
            signal(part, "KILL");
        }
        if (Files.exists(PROC)) {
            // nobody works here any more; yet the number in the note may still be taken, by the dead process that
            // nobody has
            // asked about or by another one, and the next server would refuse to start because of it
            Files.deleteIfExists(note(data));
        }
    }

    /** Every process of a PostgreSQL works in its data folder. Where there is no /proc, none is found. */
    private static List<ProcessHandle> parts(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(process.pid(), data))
                .toList();
    }

    private static boolean worksIn(long pid, Path data) {
        var process = PROC.resolve(String.valueOf(pid));
        try {
            return Files.isSameFile(process.resolve("cwd"), data)
                    && Files.readString(process.resolve("cmdline")).contains("postgres");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static Optional<ProcessHandle> head(Path data) throws IOException {
        var file = note(data);
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
            var command = Files.readString(PROC.resolve(String.valueOf(pid)).resolve("cmdline"));
            return command.contains("postgres") && command.contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Where a server writes its process number, and takes the note away when it ends in order. */
    static Path note(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    }
}
