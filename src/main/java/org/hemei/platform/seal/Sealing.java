package org.hemei.platform.seal;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.ByteArrayOutputStream;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hemei.platform.crypto.Keys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals what is new in the audit log once a minute. A seal names its entries by id, so a transaction that commits late
 * falls into a later batch and nobody waits. Entries that come later than {@link #LATEST} after younger ones were sealed
 * are not sealed any more: the check shows them as put in afterwards.
 */
@Configuration(proxyBeanMethods = false)
public class Sealing {

    /** How long a transaction may take to commit what it entered. */
    static final Duration LATEST = Duration.ofHours(1);

    private static final int BATCH = 20_000;
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('audit_seal'))";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SealHead head;
    private final KeyParameter key;

    Sealing(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock, SealHead head, Keys keys) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.head = head;
        this.key = new KeyParameter(keys.key("audit-seal", 32));
    }

    @Bean
    Task<Void> auditSealTask() {
        return Tasks.recurring("audit-seal", FixedDelay.ofMinutes(1)).execute((task, context) -> seal());
    }

    /**
     * Seals batch after batch while they are full. What others enter meanwhile waits for the next minute: going on until
     * nothing is left would never end in a busy city, and make a seal of every few entries.
     *
     * @return how many batches were made
     */
    public int seal() {
        var batches = 0;
        Optional<Seal> made;
        do {
            made = next();
            batches += made.isPresent() ? 1 : 0;
        } while (made.isPresent() && made.get().entries() == BATCH);
        return batches;
    }

    private Optional<Seal> next() {
        Optional<Seal> made = transaction.execute(status -> {
            jdbc.sql(LOCK).query((r, n) -> 0).single();
            var entries = unsealed();
            return entries.isEmpty() ? Optional.empty() : Optional.of(insert(batch(entries)));
        });
        // outside the database, so that cutting off the newest seals shows as well
        made.ifPresent(head::keep);
        return made;
    }

    /** The oldest entries that no seal names; only as far back as a transaction may still have come in. */
    private List<Entry> unsealed() {
        return jdbc.sql("""
                with floor as (
                    select coalesce(max(top_id), -1) as id from audit_seal where sealed_at < :before),
                rest as (
                    -- what no recent seal names: some numbers that were never used, and all behind the last
                    select unnest(int8multirange(int8range(f.id, null, '()'))
                        - coalesce((select range_agg(s.ids) from audit_seal s where s.top_id > f.id), '{}')) as ids
                    from floor f)
                select %s from rest o
                         join audit_entry e on e.id >= lower(o.ids) and e.id < coalesce(upper(o.ids), 9223372036854775807)
                order by e.id, e.district limit :batch
                """.formatted(Entry.COLUMNS.replace("district, id", "e.district, e.id")))
                .param("before", Timestamp.from(clock.instant().minus(LATEST)))
                .param("batch", BATCH)
                .query(Entry::read)
                .list();
    }

    private Seal batch(List<Entry> entries) {
        var last = last();
        var content = new SM3Digest();
        var digests = new ByteArrayOutputStream(entries.size() * Entry.SHORT);
        for (var entry : entries) {
            content.update(entry.hash(), 0, entry.hash().length);
            digests.writeBytes(entry.shortHash());
        }
        return new Seal(
                        last.map(Seal::number).orElse(0L) + 1,
                        last.map(Seal::mac).orElse(Seal.NONE_BEFORE),
                        ranges(entries),
                        entries.size(),
                        Entry.finish(content),
                        digests.toByteArray(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        Seal.NONE_BEFORE)
                .sealed(key);
    }

    private Optional<Seal> last() {
        return jdbc.sql("select * from audit_seal order by number desc limit 1")
                .query(Seal::read)
                .optional();
    }

    /** The ids as PostgreSQL prints a multirange: {[1,5),[7,8)} */
    private static String ranges(List<Entry> entries) {
        List<String> ranges = new ArrayList<>();
        var from = entries.getFirst().id();
        var to = from;
        for (var entry : entries) {
            if (entry.id() > to) {
                ranges.add("[" + from + "," + to + ")");
                from = entry.id();
            }
            to = entry.id() + 1;
        }
        ranges.add("[" + from + "," + to + ")");
        return "{" + String.join(",", ranges) + "}";
    }

    private Seal insert(Seal seal) {
        var top = Long.parseLong(seal.ids().replaceAll(".*,(\\d+)\\)}$", "$1")) - 1;
        jdbc.sql("""
                insert into audit_seal (number, previous, ids, top_id, entries, content, digests, sealed_at, mac)
                values (:number, :previous, cast(:ids as int8multirange), :top, :entries, :content, :digests, :at, :mac)
                """)
                .param("number", seal.number())
                .param("previous", seal.previous())
                .param("ids", seal.ids())
                .param("top", top)
                .param("entries", seal.entries())
                .param("content", seal.content())
                .param("digests", seal.digests())
                .param("at", Timestamp.from(seal.sealedAt()))
                .param("mac", seal.mac())
                .update();
        return seal;
    }
}
