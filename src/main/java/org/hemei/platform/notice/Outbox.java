package org.hemei.platform.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hemei.platform.job.Tick;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what waits in a table of messages. Some are claimed at once, for longer than a try can take, so no other copy takes them
 * meanwhile and no transaction stays open while a carrier thinks; they go out side by side where the carrier bears that, those to
 * one address always one after the other, in the order in which they were written. While a carrier is away messages wait, longer each time, until they are too
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

    /**
     * @param id names the row; the parts of its key, divided by hyphens
     * @param turn when it was its turn, which it keeps when it is given back untried
     */
    record Claimed(
            String id,
            int attempts,
            Instant createdAt,
            @Nullable Instant expiresAt,
            Instant turn) {}

    /** Hands a message over; returns once the carrier has taken it. */
    @FunctionalInterface
    interface Delivery {
        void run() throws Undelivered;
    }

    /** @param to what goes to the same place keeps its order */
    record Ready(Claimed message, String to, Delivery delivery) {}

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration CLAIM = Duration.ofSeconds(60);

    /** After so long no other try begins, and whoever stops the process need not wait for more. Of the claim enough is left for any try. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private static final int BATCH = 200;

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

    /** What it takes to hand these over, in the same order. */
    abstract List<Ready> ready(List<Claimed> messages);

    /** How many are handed over side by side. */
    int lanes() {
        return 1;
    }

    @Override
    public String name() {
        return channel.code();
    }

    /** Stops for now when the carrier seems to be away: the next message would only wait for nothing as well. One is tried alone first. */
    @Override
    public void run() {
        var onlyUrgent = quiet.now(channel);
        var begun = System.nanoTime();
        var most = 1;
        while (System.nanoTime() - begun < TURN.toNanos()) {
            var some = claim(onlyUrgent, most);
            if (some.isEmpty() || !sendAll(some, begun + TURN.toNanos())) {
                return;
            }
            most = BATCH;
        }
    }

    private List<Claimed> claim(boolean onlyUrgent, int most) {
        var now = clock.instant();
        return jdbc
                .sql("""
                with next as (
                    select %2$s, next_try_at as turn from %1$s
                    where status = 'waiting' and (urgent or not :quiet)
                      and (next_try_at <= :now or attempts > 0 and next_try_at > :beyond or created_at > :beyond)
                    order by next_try_at, %2$s limit :most for update skip locked)
                update %1$s m set attempts = m.attempts + 1, next_try_at = :until
                from next where (%3$s) = (%4$s)
                returning %5$s as name, m.attempts, m.created_at, m.expires_at, next.turn
                """.formatted(
                        table, key, named("m", ", "), named("next", ", "), named("m", " || '-' || ") + " || ''"))
                .param("until", Timestamp.from(now.plus(CLAIM)))
                .param("now", Timestamp.from(now))
                .param("quiet", onlyUrgent)
                .param("most", most)
                // no try waits that long, nothing is written tomorrow: the clock was ahead then, and has been put right
                .param("beyond", Timestamp.from(now.plus(Duration.ofHours(2))))
                .query((r, n) -> new Claimed(
                        r.getString("name"),
                        r.getInt("attempts"),
                        r.getTimestamp("created_at").toInstant(),
                        instant(r, "expires_at"),
                        r.getTimestamp("turn").toInstant()))
                .list()
                .stream()
                .sorted(Comparator.comparing(Claimed::turn)
                        .thenComparing(one -> parts(one.id)[parts(one.id).length - 1]))
                .toList();
    }

    /** What was not tried by the end of the turn is given back, also when something goes wrong. @return whether to go on with the next ones */
    private boolean sendAll(List<Claimed> messages, long end) {
        var untried = ConcurrentHashMap.<Claimed>newKeySet();
        untried.addAll(messages);
        try {
            return sendAll(messages, untried, end) && untried.isEmpty();
        } finally {
            untried.forEach(this::giveBack);
        }
    }

    private boolean sendAll(List<Claimed> messages, Set<Claimed> untried, long end) {
        var lanes = new ConcurrentLinkedQueue<List<Ready>>(ready(messages).stream()
                .collect(Collectors.groupingBy(Ready::to, LinkedHashMap::new, Collectors.toList()))
                .values());
        var away = new AtomicBoolean();
        Runnable lane = () -> {
            for (var some = lanes.poll(); some != null; some = lanes.poll()) {
                for (var one : some) {
                    if (away.get() || System.nanoTime() - end > 0) {
                        return;
                    }
                    untried.remove(one.message);
                    if (!tried(one)) {
                        away.set(true);
                    }
                }
            }
        };
        sideBySide(lane, Math.min(lanes(), lanes.size()));
        return !away.get();
    }

    /** Whatever goes wrong with one is tried again when its claim ends; the others wait for the next turn, for it may be the carrier. */
    private boolean tried(Ready ready) {
        try {
            return send(ready);
        } catch (RuntimeException e) {
            LOG.warn("{} {} could not be handed over", table, ready.message.id, e);
            return false;
        }
    }

    private static void sideBySide(Runnable lane, int many) {
        if (many <= 1) {
            lane.run();
            return;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, many).mapToObj(n -> threads.submit(lane)).toList();
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As if it had not been claimed. */
    private void giveBack(Claimed message) {
        jdbc.sql("update %s set attempts = attempts - 1, next_try_at = :turn where status = 'waiting' and %s"
                        .formatted(table, where()))
                .param("turn", Timestamp.from(message.turn))
                .param("id", parts(message.id))
                .update();
    }

    private String named(String row, String between) {
        return Arrays.stream(key.split(", ")).map(column -> row + "." + column).collect(Collectors.joining(between));
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** @return whether to go on with the next one */
    private boolean send(Ready ready) {
        var message = ready.message;
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
            ready.delivery.run();
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
        return Arrays.stream(id.split("-")).map(Long::valueOf).toArray(Long[]::new);
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
