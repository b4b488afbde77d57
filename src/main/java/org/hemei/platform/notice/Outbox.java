package org.hemei.platform.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hemei.platform.job.Tick;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what waits in a table of messages. One is claimed for longer than a try can take, so no other copy takes it meanwhile and
 * no transaction stays open while a carrier thinks. While a carrier is away messages wait, longer each time, until they are too
 * old to be of use. After a crash between sending and noting it down a message is tried again under the same id, by which the
 * carrier drops it (decision 36).
 */
abstract class Outbox implements Tick {

    /** A carrier did not take a message. Words without address or text of it: they are kept in the clear. */
    static final class Undelivered extends Exception {

        private final boolean worthRetrying;

        Undelivered(String words, boolean worthRetrying) {
            super(words);
            this.worthRetrying = worthRetrying;
        }

        boolean worthRetrying() {
            return worthRetrying;
        }
    }

    /** Waiting times after each failed try; the last one again and again. */
    static final List<Duration> BACK_OFF = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1));

    /** @param id names the row; the parts of its key, divided by hyphens */
    record Claimed(
            String id,
            int attempts,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final int BATCH = 50;

    final JdbcClient jdbc;
    final InstantSource clock;
    private final QuietHours quiet;
    private final Channel channel;
    private final String table;
    private final String key;
    private final Duration tooOld;

    /** Taken by the carrier, not noted down yet because the database was away just then. */
    private final Set<String> unnoted = ConcurrentHashMap.newKeySet();

    /** @param key SQL that makes the row's name of its key */
    Outbox(
            JdbcClient jdbc,
            InstantSource clock,
            QuietHours quiet,
            Channel channel,
            String table,
            String key,
            Duration tooOld) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.quiet = quiet;
        this.channel = channel;
        this.table = table;
        this.key = key;
        this.tooOld = tooOld;
    }

    /** Hands the message over; returns once the carrier has taken it. */
    abstract void deliver(Claimed message) throws Undelivered;

    @Override
    public String name() {
        return channel.code();
    }

    /** Stops for now when the carrier seems to be away: the next message would only wait for nothing as well. */
    @Override
    public void run() {
        var onlyUrgent = quiet.now(channel);
        for (var left = BATCH; left > 0; left--) {
            var next = claim(onlyUrgent);
            if (next.isEmpty() || !send(next.get())) {
                return;
            }
        }
    }

    private Optional<Claimed> claim(boolean onlyUrgent) {
        var now = clock.instant();
        return jdbc.sql("""
                update %1$s set attempts = attempts + 1, next_try_at = :until
                where (%2$s) = (select %2$s from %1$s
                                where status = 'waiting' and (urgent or not :quiet)
                                  and (next_try_at <= :now or attempts > 0 and next_try_at > :beyond or created_at > :beyond)
                                order by next_try_at limit 1 for update skip locked)
                returning %3$s as name, attempts, created_at, expires_at
                """.formatted(table, key, named()))
                .param("until", Timestamp.from(now.plus(CLAIM)))
                .param("now", Timestamp.from(now))
                .param("quiet", onlyUrgent)
                // no try waits that long, nothing is written tomorrow: the clock was ahead then, and has been put right
                .param("beyond", Timestamp.from(now.plus(Duration.ofHours(2))))
                .query((r, n) -> new Claimed(
                        r.getString("name"),
                        r.getInt("attempts"),
                        r.getTimestamp("created_at").toInstant(),
                        instant(r, "expires_at")))
                .optional();
    }

    private String named() {
        return String.join(" || '-' || ", key.split(", ")) + " || ''";
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** @return whether to go on with the next one */
    private boolean send(Claimed message) {
        if (unnoted.contains(message.id)) {
            sent(message.id);
            return true;
        }
        var now = clock.instant();
        if (message.expiresAt != null && message.expiresAt.isBefore(now)) {
            failed(message.id, "no longer of use", null);
            return true;
        }
        if (message.createdAt.isBefore(now.minus(tooOld))) {
            failed(message.id, "older than " + tooOld.toHours() + " hours", null);
            return true;
        }
        try {
            deliver(message);
        } catch (Undelivered e) {
            return retry(message, e);
        }
        unnoted.add(message.id);
        sent(message.id);
        return true;
    }

    private void sent(String id) {
        jdbc.sql("update %s set status = 'sent', sent_at = :at, last_error = null where %s".formatted(table, where()))
                .param("at", Timestamp.from(clock.instant()))
                .param("id", parts(id))
                .update();
        unnoted.remove(id);
    }

    /** The row with the name; {@code :id} are the parts of its key. */
    String where() {
        var columns = key.split(", ");
        var where = new StringBuilder();
        for (var n = 0; n < columns.length; n++) {
            where.append(n == 0 ? "" : " and ")
                    .append(columns[n])
                    .append(" = (cast(:id as bigint[]))[")
                    .append(n + 1)
                    .append(']');
        }
        return where.toString();
    }

    static Long[] parts(String id) {
        return java.util.Arrays.stream(id.split("-")).map(Long::valueOf).toArray(Long[]::new);
    }

    private boolean retry(Claimed message, Undelivered why) {
        LOG.info("{} {} not taken ({}), try {}", table, message.id, why.getMessage(), message.attempts);
        var wait = BACK_OFF.get(Math.min(message.attempts, BACK_OFF.size()) - 1);
        failed(
                message.id,
                String.valueOf(why.getMessage()),
                why.worthRetrying() ? clock.instant().plus(wait) : null);
        return !why.worthRetrying();
    }

    /** @param again when to try again; null to give up */
    private void failed(String id, String why, @Nullable Instant again) {
        jdbc.sql("update %s set status = :status, last_error = :why, next_try_at = :again where %s"
                        .formatted(table, where()))
                .param("status", again == null ? "failed" : "waiting")
                .param("why", why)
                .param("again", Timestamp.from(again == null ? clock.instant() : again))
                .param("id", parts(id))
                .update();
    }
}
