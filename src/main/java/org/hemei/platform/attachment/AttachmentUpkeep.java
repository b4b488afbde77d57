package org.hemei.platform.attachment;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** Deletes uploads that no form took over within a day, then bytes that no row needs any more. */
@Configuration(proxyBeanMethods = false)
class AttachmentUpkeep {

    static final Duration GRACE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentUpkeep.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final Path incoming;

    AttachmentUpkeep(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            BlobStore blobs,
            InstantSource clock,
            @Value("${hemei.data}") Path data) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.blobs = blobs;
        this.clock = clock;
        this.incoming = data.toAbsolutePath().normalize().resolve(Intake.FOLDER);
    }

    @Bean
    Task<Void> attachmentUpkeepTask() {
        return Tasks.recurring("attachment-upkeep", FixedDelay.ofHours(1)).execute((task, context) -> run());
    }

    void run() {
        var before = clock.instant().minus(GRACE);
        var rows = jdbc.sql("delete from attachment where owner_id is null and uploaded_at < ?")
                .param(Timestamp.from(before))
                .update();
        try {
            var bytes = sweep(before);
            sweepIncoming(before);
            if (rows + bytes > 0) {
                LOG.info("Deleted {} unused uploads and {} files that nothing needs", rows, bytes);
            }
        } catch (IOException e) {
            LOG.warn("The attachment store could not be swept; tried again in an hour", e);
        }
    }

    private int sweep(Instant before) throws IOException {
        List<String> old;
        try (var keys = blobs.keys()) {
            old = keys.filter(key -> isOlder(key, before)).toList();
        }
        var deleted = 0;
        for (var key : old) {
            if (Boolean.TRUE.equals(transaction.execute(status -> giveUp(key, before)))) {
                deleted++;
            }
        }
        return deleted;
    }

    /** Looks again under the lock: the same bytes may have been uploaded a moment ago. */
    private boolean giveUp(String key, Instant before) {
        var sha256 = Blobs.sha256(key);
        if (needed(sha256)) {
            return false;
        }
        Blobs.lock(jdbc, sha256);
        if (needed(sha256) || !isOlder(key, before)) {
            return false;
        }
        try {
            blobs.delete(key);
            return true;
        } catch (IOException e) {
            LOG.warn("Could not delete {}", key, e);
            return false;
        }
    }

    private boolean needed(String sha256) {
        return jdbc.sql("select exists (select from attachment where sha256 = ?)")
                .param(sha256)
                .query(Boolean.class)
                .single();
    }

    private boolean isOlder(String key, Instant before) {
        try {
            return blobs.keptAt(key).isBefore(before);
        } catch (IOException gone) {
            return false;
        }
    }

    /** What a process left behind when it was killed in the middle of an upload. */
    private void sweepIncoming(Instant before) throws IOException {
        if (!Files.isDirectory(incoming)) {
            return;
        }
        try (var left = Files.list(incoming)) {
            for (var folder : left.toList()) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        }
    }
}
