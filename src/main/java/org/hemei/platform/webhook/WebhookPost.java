package org.hemei.platform.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.job.Tick;
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
class WebhookPost implements Tick {

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

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final int BATCH = 20;
    /** Receivers that are sent to at the same time. */
    private static final int AT_ONCE = 8;

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
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

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
        stopWithdrawn();
        var waiting = jdbc.sql("""
                        select webhook from webhook_delivery where state = 'waiting' and next_try_at <= ?
                        group by webhook order by min(next_try_at)
                        """)
                .param(Timestamp.from(clock.instant()))
                .query(Long.class)
                .list();
        // each receiver has a queue of its own: one that is slow or silent keeps no other waiting
        try (var side = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            waiting.forEach(webhook -> side.execute(() -> post(webhook)));
        }
    }

    /** What waits for one receiver, in order; no longer than it takes another one to time out. */
    private void post(long webhook) {
        var until = System.nanoTime() + TIMEOUT.toNanos();
        try {
            for (var left = BATCH; left > 0 && System.nanoTime() < until; left--) {
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
                        where w.id = d.webhook and (d.district, d.event, d.webhook) = (
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
            var answer = http.send(request(delivery), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return new Answer(answer.statusCode(), since(began), "", retryAfter(answer));
        } catch (IOException e) {
            return new Answer(null, since(began), e.getClass().getSimpleName(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(null, since(began), "stopped", null);
        }
    }

    private static int since(long began) {
        return (int) Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private HttpRequest request(Claimed delivery) {
        var seconds = clock.instant().getEpochSecond();
        var secrets = delivery.secrets.stream().map(cipher::decrypt).toList();
        return HttpRequest.newBuilder(URI.create(delivery.url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Hemei-Webhooks/1")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", Signature.of(delivery.id(), seconds, delivery.body, secrets))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body))
                .build();
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,7}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked)
                .orElse(null);
    }

    private void note(Claimed delivery, Answer answer) {
        var now = clock.instant();
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
        state(delivery, delivery.triesLeft > 0 ? "waiting" : "failed", now.plus(pause(delivery, answer)));
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
            notices.send(keeper, 0, "有一个推送自动停了", why, keeper == account ? "/webhooks/" + webhook : "/me/integrations");
        }
    }
}
