package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.job.Tick;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends what waits. A message is claimed for longer than a try can take, so no other copy takes it meanwhile and no
 * transaction stays open while a provider thinks. After a crash between sending and noting it down the message is tried
 * again under the same id, by which the provider drops it.
 */
@Component
class SmsSender implements Tick {

    /** Waiting times after each failed try; after the last one it is given up. */
    static final List<Duration> BACK_OFF = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));

    /** Nobody is helped by yesterday's code. */
    static final Duration TOO_OLD = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(SmsSender.class);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final int BATCH = 50;

    private record Claimed(long id, byte[] to, byte[] body, int attempts, Instant createdAt) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final SmsGateway gateway;
    private final InstantSource clock;

    /** Taken by the provider, not noted down yet because the database was away just then. */
    private final Set<Long> unnoted = ConcurrentHashMap.newKeySet();

    SmsSender(JdbcClient jdbc, FieldCipher cipher, SmsGateway gateway, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.gateway = gateway;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public void run() {
        for (var left = BATCH; left > 0; left--) {
            var next = claim();
            if (next.isEmpty()) {
                return;
            }
            send(next.get());
        }
    }

    private Optional<Claimed> claim() {
        var now = clock.instant();
        return jdbc.sql("""
                update sms_message set attempts = attempts + 1, next_try_at = :until
                where id = (select id from sms_message
                            where status = 'waiting' and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                returning id, to_cipher, body_cipher, attempts, created_at
                """)
                .param("until", Timestamp.from(now.plus(CLAIM)))
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Claimed(
                        r.getLong("id"),
                        r.getBytes("to_cipher"),
                        r.getBytes("body_cipher"),
                        r.getInt("attempts"),
                        r.getTimestamp("created_at").toInstant()))
                .optional();
    }

    private void send(Claimed message) {
        if (unnoted.contains(message.id)) {
            sent(message.id);
            return;
        }
        if (message.createdAt.isBefore(clock.instant().minus(TOO_OLD))) {
            failed(message.id, "older than " + TOO_OLD.toHours() + " hours", null);
            return;
        }
        try {
            gateway.deliver(new SmsGateway.Message(
                    "hemei-" + message.id + "-" + message.createdAt.getEpochSecond(),
                    cipher.decrypt(message.to),
                    cipher.decrypt(message.body)));
        } catch (SmsGateway.Undelivered e) {
            retry(message, e);
            return;
        }
        unnoted.add(message.id);
        sent(message.id);
    }

    private void sent(long id) {
        jdbc.sql("update sms_message set status = 'sent', sent_at = ?, last_error = null where id = ?")
                .params(Timestamp.from(clock.instant()), id)
                .update();
        unnoted.remove(id);
    }

    private void retry(Claimed message, SmsGateway.Undelivered why) {
        var more = why.worthRetrying() && message.attempts <= BACK_OFF.size();
        LOG.info("Text message {} not taken ({}), try {}", message.id, why.getMessage(), message.attempts);
        failed(
                message.id,
                String.valueOf(why.getMessage()),
                more ? clock.instant().plus(BACK_OFF.get(message.attempts - 1)) : null);
    }

    /** @param again when to try again; null to give up */
    private void failed(long id, String why, @Nullable Instant again) {
        jdbc.sql("""
                update sms_message
                set status = :status, last_error = :why, next_try_at = :again
                where id = :id
                """)
                .param("status", again == null ? "failed" : "waiting")
                .param("why", why)
                .param("again", Timestamp.from(again == null ? clock.instant() : again))
                .param("id", id)
                .update();
    }
}
