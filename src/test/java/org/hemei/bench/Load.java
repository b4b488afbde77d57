package org.hemei.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Runs the same work in several threads for a while and counts what was finished inside the measured time. */
final class Load {

    /** One client's work; a failure ends the whole measurement, because a figure with errors in it is no figure. */
    interface Work extends AutoCloseable {
        void once() throws Exception;

        @Override
        default void close() throws IOException, SQLException {}
    }

    interface Client {
        Work number(int client) throws Exception;
    }

    record Result(double perSecond, double p50Millis, double p99Millis, long count) {}

    private Load() {}

    static Result run(int clients, double warmUpSeconds, double seconds, Client client)
            throws InterruptedException, ExecutionException {
        var stop = new AtomicBoolean();
        var from = System.nanoTime() + (long) (warmUpSeconds * 1e9);
        var until = from + (long) (seconds * 1e9);
        try (var pool = Executors.newFixedThreadPool(clients)) {
            var tasks = new ArrayList<Callable<long[]>>();
            for (var n = 0; n < clients; n++) {
                var number = n;
                tasks.add(() -> {
                    try (var work = client.number(number)) {
                        return measure(work, from, until, stop);
                    } finally {
                        stop.set(true);
                    }
                });
            }
            var all = LongStream.empty();
            for (var done : pool.invokeAll(tasks)) {
                all = LongStream.concat(all, Arrays.stream(done.get()));
            }
            var sorted = all.sorted().toArray();
            return new Result(
                    sorted.length / seconds, percentile(sorted, 0.5), percentile(sorted, 0.99), sorted.length);
        }
    }

    /** Latencies of what ended between the two times. The first client to be through, or to fail, ends it for all. */
    private static long[] measure(Work work, long from, long until, AtomicBoolean stop) throws Exception {
        var latencies = new long[1 << 12];
        var count = 0;
        while (!stop.get()) {
            var begin = System.nanoTime();
            if (begin >= until) {
                break;
            }
            work.once();
            var end = System.nanoTime();
            if (end >= from && end < until) {
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, count * 2);
                }
                latencies[count++] = end - begin;
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }
}
