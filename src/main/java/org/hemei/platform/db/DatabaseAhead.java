package org.hemei.platform.db;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;

/**
 * Starts our own PostgreSQL as soon as the settings are known, beside everything else that a start has to do; whoever
 * needs it first waits for it.
 */
public final class DatabaseAhead implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** A server on its way. It belongs to the application as soon as that has asked for it. */
    static final class Begun {

        private final CompletableFuture<EmbeddedDatabase> server = new CompletableFuture<>();
        private final AtomicBoolean handedOver = new AtomicBoolean();

        private void start(Path folder, boolean beside) {
            try {
                server.complete(EmbeddedDatabase.start(folder, beside));
            } catch (RuntimeException | Error e) {
                server.completeExceptionally(e);
            }
        }

        EmbeddedDatabase handOver() {
            handedOver.set(true);
            try {
                return server.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException reason ? reason : e;
            }
        }

        /** A start that failed, or was stopped, before anybody asked: the server must not stay behind. */
        private void closeIfNobodyAsked() {
            if (!handedOver.get()) {
                server.thenAccept(EmbeddedDatabase::close);
            }
        }
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var settings = event.getEnvironment();
        // whoever packages the system runs it up to here, without needing a database
        var packaging = settings.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false);
        if (packaging || !settings.getProperty("hemei.db.url", "").isBlank()) {
            return;
        }
        var begun = new Begun();
        event.getBootstrapContext()
                .addCloseListener(closed ->
                        closed.getApplicationContext().getBeanFactory().registerSingleton("begun", begun));
        SpringApplication.getShutdownHandlers().add(begun::closeIfNobodyAsked);
        var folder = DatabaseConfig.folder(Path.of(settings.getRequiredProperty("hemei.data")));
        // a command may run while the application does, on its database
        var beside = !settings.getProperty("hemei.command", "").isBlank();
        Thread.ofPlatform().name("database-ahead").daemon().start(() -> begun.start(folder, beside));
    }
}
