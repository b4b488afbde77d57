package org.hemei.platform.job;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs every {@link Tick} each second, from the start of the application to its end. One that fails is tried again, slower. */
class Ticker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Tick> ticks;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch end = new CountDownLatch(0);

    Ticker(List<Tick> ticks) {
        this.ticks = ticks;
    }

    @Override
    public void start() {
        end = new CountDownLatch(1);
        for (var tick : ticks) {
            threads.add(Thread.ofVirtual().name("tick-" + tick.name()).start(() -> repeat(tick)));
        }
    }

    private void repeat(Tick tick) {
        var failures = 0;
        while (isRunning()) {
            try {
                tick.run();
                if (failures > 0) {
                    LOG.info("{} works again", tick.name());
                }
                failures = 0;
            } catch (RuntimeException e) {
                // said once; while the database is away there is nothing new to say each second
                if (failures++ == 0) {
                    LOG.warn("{} failed; it is tried again until it works", tick.name(), e);
                }
            }
            if (!pause(failures)) {
                return;
            }
        }
    }

    private boolean pause(int failures) {
        try {
            var pause = PAUSE.multipliedBy(1L + failures);
            var length = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            return !end.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void stop() {
        // not by interrupting: that would close the connection a tick is reading from
        end.countDown();
        try {
            for (var thread : threads) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return end.getCount() > 0;
    }
}
