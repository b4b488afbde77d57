package org.hemei.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills an empty installation with the demo city, once, in the background after start. All of it is one transaction:
 * whoever pulls the plug meanwhile finds the installation empty again, and the next start loads it afresh. A system that
 * already holds accounts or estates is never touched. With the demo off there is nothing to wait for, and so nothing to load.
 */
@Component
class DemoCity implements SmartInitializingSingleton {

    static final String MARK = "demo";

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(DemoCity.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DemoLoad load;
    private final NetworkStories network;
    private final DemoProgress progress;
    private final DemoGreeting greeting;

    DemoCity(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DemoLoad load,
            NetworkStories network,
            DemoProgress progress,
            DemoGreeting greeting) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.load = load;
        this.network = network;
        this.progress = progress;
        this.greeting = greeting;
    }

    /** Before the first request: whether people have to wait at all. */
    @Override
    public void afterSingletonsInstantiated() {
        if (progress.loading() && !missing()) {
            progress.finished("");
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (!progress.loading()) {
            greeting.say();
            return;
        }
        Thread.ofPlatform().name("demo-city").daemon().start(this::loadInBackground);
    }

    private void loadInBackground() {
        for (int attempt = 1; ; attempt++) {
            try {
                if (loadIfMissing()) {
                    System.gc(); // what built the city is garbage now; a small machine gets its memory back
                }
                greeting.say();
                return;
            } catch (RuntimeException | Error e) {
                // what is broken in the program itself is no better the next time, and nobody waits for ever
                if (attempt == ATTEMPTS || e instanceof Error) {
                    LOG.error(
                            "The demo city could not be loaded; nothing of it was kept. Start again to try once more",
                            e);
                    progress.failed(e);
                    return;
                }
                LOG.warn("The demo city could not be loaded; trying again", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** @return whether it was loaded now */
    boolean loadIfMissing() {
        boolean loaded = Boolean.TRUE.equals(transaction.execute(status -> {
            // several copies may start at once on one database: the first loads, the others find it done
            jdbc.sql("select pg_advisory_xact_lock(hashtext('demo-city'))")
                    .query((r, n) -> 0)
                    .list();
            if (!missing()) {
                return false;
            }
            load.run();
            return true;
        }));
        if (loaded) {
            network.imported();
        }
        progress.finished(loaded ? "示例城市已装好" : "");
        return loaded;
    }

    private boolean missing() {
        if (jdbc.sql("select exists (select from installation where name = ?)")
                .param(MARK)
                .query(Boolean.class)
                .single()) {
            return false;
        }
        var used = jdbc.sql("""
                select exists (select from account) or exists (select from estate) or exists (select from person)
                       or exists (select from body) or exists (select from work_order)
                """).query(Boolean.class).single();
        if (used) {
            LOG.info(
                    "This system already holds data of its own, so the demo city is not loaded (HEMEI_DEMO=off says so for good)");
        }
        return !used;
    }
}
