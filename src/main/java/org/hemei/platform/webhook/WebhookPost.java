package org.hemei.platform.webhook;

import java.io.IOException;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.job.Tick;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what waits, each try signed anew, over three days with growing pauses. What fails for five days without a success in
 * between is stopped and its keeper told; what is told 410 Gone is stopped at once.
 */
@Component
class WebhookPost implements Tick, AutoCloseable, NoticeKinds {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookPost.class);

    /** Pauses after each failed try, as the specification recommends them. */
    static final List<Duration> BACK_OFF = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    static final int TRIES = BACK_OFF.size() + 1;

    /** Failing for so long stops it. */
    static final Duration PATIENCE = Duration.ofDays(5);

    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** Receivers that are sent to at the same time; no silence of one is longer than {@link Wire#TIMEOUT}. */
    private static final int AT_ONCE = 64;

    private static final int GONE = 410;

    private record Claimed(
            int district,
            long event,
            long webhook,
            long account,
            String kind,
            String body,
            int attempt,
            int triesLeft,
            String url,
            List<byte[]> secrets,
            @Nullable Instant failingSince) {

        /** The same at each try and each replay: by it a receiver tells that it had this already. */
        String id() {
            return "msg_" + district + "_" + event;
        }
    }

    /** @param status null when nobody answered @param retryAfter what the other side asked for */
    private record Answer(
            @Nullable Integer status,
            int millis,
            String words,
            @Nullable Duration retryAfter) {

        boolean taken() {
            return status != null && status / 100 == 2;
        }
    }

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Destination destination;
    private final Webhooks webhooks;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Wire wire;
    /** Receivers that are being sent to by this copy of the process. */
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    private final ExecutorService side = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());

    WebhookPost(
            JdbcClient jdbc,
            FieldCipher cipher,
            Destination destination,
            Webhooks webhooks,
            Notices notices,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.destination = destination;
        this.wire = new Wire(destination);
        this.webhooks = webhooks;
        this.notices = notices;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void run() {
        begin();
    }

    /**
     * Each receiver has a queue of its own, and nobody waits for the slowest: the next round comes while it is still being sent to.
     *
     * @return those that are sent to since now
     */
    List<Future<?>> begin() {
        stopWithdrawn();
        return jdbc.sql("""
                        select d.webhook from webhook_delivery d join webhook w on w.id = d.webhook and w.state = 'on'
                        where d.state = 'waiting' and d.next_try_at <= ?
                        group by d.webhook order by min(d.next_try_at)
                        """).param(Timestamp.from(clock.instant())).query(Long.class).list().stream()
                .filter(webhook -> busy.size() < AT_ONCE && busy.add(webhook))
                .<Future<?>>map(webhook -> side.submit(() -> post(webhook)))
                .toList();
    }

    /** Lets what is on its way arrive; what does not in time is tried again by whoever comes next. */
    @Override
    public void close() {
        side.shutdown();
        try {
            if (!side.awaitTermination(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
                side.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wire.close();
    }

    /** What waits for one receiver, in order; then it is another one's turn. */
    private void post(long webhook) {
        var until = System.nanoTime() + Wire.TIMEOUT.toNanos();
        try {
            while (!side.isShutdown() && System.nanoTime() < until) {
                var next = claim(webhook);
                if (next.isEmpty()) {
                    return;
                }
                var answer = send(next.get());
                transaction.executeWithoutResult(status -> note(next.get(), answer));
                if (answer.status == null) {
                    return;
                }
            }
        } catch (RuntimeException fault) {
            LOG.warn("what waits for webhook {} is tried again", webhook, fault);
        } finally {
            busy.remove(webhook);
        }
    }

    /** What a program set up ends with its tokens, also what was already waiting. */
    private void stopWithdrawn() {
        webhooks.all(Webhook.State.ON)
                .forEach(webhook -> webhooks.withdrawn(webhook)
                        .ifPresent(why -> transaction.executeWithoutResult(
                                status -> stop(webhook.id(), webhook.account(), why + "有了新令牌，先恢复，再补发。"))));
    }

    private Optional<Claimed> claim(long webhook) {
        var now = clock.instant();
        return jdbc.sql("""
                        update webhook_delivery d
                        set attempts = d.attempts + 1, tries_left = d.tries_left - 1, next_try_at = :until
                        from webhook w
                        where w.id = d.webhook and w.state = 'on' and (d.district, d.event, d.webhook) = (
                            select district, event, webhook from webhook_delivery
                            where state = 'waiting' and webhook = :webhook and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning d.district, d.event, d.webhook, d.kind, d.body, d.attempts, d.tries_left, w.account, w.url, w.failing_since,
                                  w.secret_cipher, case when w.old_until > :now then w.old_secret_cipher end as old_secret
                        """)
                .param("until", Timestamp.from(now.plus(CLAIM)))
                .param("webhook", webhook)
                .param("now", Timestamp.from(now))
                .query((r, n) -> {
                    var secrets = new ArrayList<byte[]>();
                    secrets.add(r.getBytes("secret_cipher"));
                    if (r.getBytes("old_secret") != null) {
                        secrets.add(r.getBytes("old_secret"));
                    }
                    return new Claimed(
                            r.getInt("district"),
                            r.getLong("event"),
                            r.getLong("webhook"),
                            r.getLong("account"),
                            r.getString("kind"),
                            r.getString("body"),
                            r.getInt("attempts"),
                            r.getInt("tries_left"),
                            r.getString("url"),
                            secrets,
                            Webhook.instant(r, "failing_since"));
                })
                .optional();
    }

    private Answer send(Claimed delivery) {
        var refused = destination.refuse(delivery.url);
        if (refused.isPresent()) {
            return new Answer(null, 0, refused.get(), null);
        }
        var began = System.nanoTime();
        try {
            var reply = wire.post(URI.create(delivery.url), headers(delivery), delivery.body);
            return new Answer(reply.status(), since(began), "", retryAfter(reply));
        } catch (Wire.Inward inward) {
            return new Answer(null, since(began), Objects.requireNonNullElse(inward.getMessage(), ""), null);
        } catch (IOException e) {
            return new Answer(null, since(began), e.getClass().getSimpleName(), null);
        }
    }

    private static int since(long began) {
        return (int) Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private Map<String, String> headers(Claimed delivery) {
        var seconds = clock.instant().getEpochSecond();
        var secrets = delivery.secrets.stream().map(cipher::decrypt).toList();
        return Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "Hemei-Webhooks/1",
                "webhook-id",
                delivery.id(),
                "webhook-timestamp",
                String.valueOf(seconds),
                "webhook-signature",
                Signature.of(delivery.id(), seconds, delivery.body, secrets));
    }

    private static @Nullable Duration retryAfter(Wire.Reply reply) {
        return reply.retryAfter()
                .filter(value -> value.matches("\\d{1,7}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked)
                .orElse(null);
    }

    private void note(Claimed delivery, Answer answer) {
        var now = clock.instant();
        // whoever pauses, stops or removes it takes the same lock first: what they decide while a try is out holds for
        // it too
        var webhook = jdbc.sql("select state from webhook where id = ? for update")
                .param(delivery.webhook)
                .query(String.class)
                .optional();
        if (webhook.isEmpty()) {
            return; // removed with its log
        }
        jdbc.sql("""
                        insert into webhook_attempt (district, event, webhook, n, at, status, millis, words)
                        values (:district, :event, :webhook, :n, :at, :status, :millis, :words) on conflict do nothing
                        """)
                .param("district", delivery.district)
                .param("event", delivery.event)
                .param("webhook", delivery.webhook)
                .param("n", delivery.attempt)
                .param("at", Timestamp.from(now))
                .param("status", answer.status)
                .param("millis", answer.millis)
                .param("words", answer.words)
                .update();
        if (answer.taken()) {
            state(delivery, "sent", now);
            jdbc.sql("update webhook set failing_since = null where id = ? and failing_since is not null")
                    .param(delivery.webhook)
                    .update();
            return;
        }
        var goesOn = webhook.get().equals("on") ? "waiting" : "held";
        state(delivery, delivery.triesLeft > 0 ? goesOn : "failed", now.plus(pause(delivery, answer)));
        jdbc.sql("update webhook set failing_since = ? where id = ? and failing_since is null")
                .params(Timestamp.from(now), delivery.webhook)
                .update();
        var since = delivery.failingSince;
        if (answer.status != null && answer.status == GONE) {
            stop(delivery.webhook, delivery.account, "对方说不再接收（410）。修好后可以补发。");
        } else if (since != null && since.isBefore(now.minus(PATIENCE))) {
            stop(delivery.webhook, delivery.account, "连着 " + PATIENCE.toDays() + " 天没有一次发成。修好后可以补发。");
        }
    }

    /** A tenth more or less, so that what failed together does not come back together. */
    private static Duration pause(Claimed delivery, Answer answer) {
        var step = BACK_OFF.get(Math.clamp(TRIES - 1L - delivery.triesLeft, 0, BACK_OFF.size() - 1));
        var jitter = 0.9 + ThreadLocalRandom.current().nextDouble() * 0.2;
        var pause = Duration.ofMillis((long) (step.toMillis() * jitter));
        return answer.retryAfter != null && answer.retryAfter.compareTo(pause) > 0 ? answer.retryAfter : pause;
    }

    private void state(Claimed delivery, String state, Instant at) {
        jdbc.sql("""
                        update webhook_delivery set state = :state, next_try_at = :at, sent_at = case when :state = 'sent' then cast(:at as timestamptz) end
                        where district = :district and event = :event and webhook = :webhook
                        """)
                .params(Map.of(
                        "state", state,
                        "at", Timestamp.from(at),
                        "district", delivery.district,
                        "event", delivery.event,
                        "webhook", delivery.webhook))
                .update();
    }

    private void stop(long webhook, long account, String why) {
        var stopped = jdbc.sql(
                        "update webhook set state = 'stopped', stopped_why = ?, version = version + 1 where id = ? and state = 'on'")
                .params(why, webhook)
                .update();
        if (stopped == 1) {
            jdbc.sql("update webhook_delivery set state = 'held' where webhook = ? and state = 'waiting'")
                    .param(webhook)
                    .update();
            var keeper = webhooks.toTell(account);
            notices.send(
                    PROGRAMS,
                    keeper,
                    0,
                    "有一个推送自动停了",
                    why,
                    keeper == account ? "/webhooks/" + webhook : "/me/integrations");
        }
    }

    @Override
    public List<Topic> more() {
        return List.of(PROGRAMS);
    }
}
