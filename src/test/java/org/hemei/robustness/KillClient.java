package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.hemei.outside.DemoCity.Home;
import org.hemei.outside.Requests;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;
import org.hemei.testing.Pictures;

/** A resident who submits one order after the other and remembers which of them were acknowledged. */
final class KillClient {

    /** @param order what the answer named; empty while there was none */
    record Attempt(String key, String words, String order) {}

    private final int number;
    private final Home home;
    private final Visitor.Session session;
    private final int port;
    private final List<Attempt> attempts = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Map<Integer, AtomicInteger> refused = new ConcurrentHashMap<>();
    private final AtomicInteger unclear = new AtomicInteger();

    KillClient(int number, Home home, Visitor.Session session, int port) {
        this.number = number;
        this.home = home;
        this.session = session;
        this.port = port;
    }

    /** Somebody signed in at home, ready to submit. */
    static KillClient signedIn(int number, Home home, int port) throws IOException {
        try (var visitor = new Visitor(port)) {
            visitor.signInByPhone(home.phone());
            visitor.get("/orders/new");
            return new KillClient(number, home, visitor.session(), port);
        }
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** How many were acknowledged so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** One order after the other; a request without a good answer is repeated with its key, in the next round if need be. */
    Void submitUntil(BooleanSupplier over) throws InterruptedException {
        for (var next = Math.max(0, attempts.size() - 2); !over.getAsBoolean(); next++) {
            if (next == attempts.size()) {
                var words = "kill " + number + "/" + next + " 楼道灯不亮，请来修。";
                attempts.add(new Attempt(UUID.randomUUID().toString(), words, ""));
            }
            while (!acknowledged(next) && !over.getAsBoolean()) {
                Thread.sleep(100);
            }
        }
        return null;
    }

    /** Once more the last two, which must be answered now: a new one is carried out, an old one only told again. */
    void finish() {
        for (var n = Math.max(0, attempts.size() - 2); n < attempts.size(); n++) {
            assertThat(acknowledged(n)).as("answer to %s", attempts.get(n)).isTrue();
        }
    }

    private boolean acknowledged(int n) {
        var attempt = attempts.get(n);
        var order = send(attempt);
        if (order.isEmpty()) {
            return false;
        }
        if (!attempt.order().isEmpty()) {
            assertThat(order).as("second answer to %s", attempt).isEqualTo(attempt.order());
        }
        attempts.set(n, new Attempt(attempt.key(), attempt.words(), order));
        return true;
    }

    /** An answer that says no has to say in words what to do, and nothing of our insides. */
    private void turnedAway(Wire.Reply reply) {
        refused.computeIfAbsent(reply.status(), s -> new AtomicInteger()).incrementAndGet();
        var text = reply.text();
        if (reply.status() < 503 || !text.contains("请") || text.contains("Exception") || text.contains("org.")) {
            unclear.incrementAndGet();
        }
    }

    /** The whole request that sends a photo up. */
    byte[] photo() throws IOException {
        var edge = "edge" + UUID.randomUUID();
        var form = new ByteArrayOutputStream();
        var field = "--" + edge + "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        form.writeBytes(field.formatted("_csrf", session.token()).getBytes(StandardCharsets.UTF_8));
        form.writeBytes(field.formatted("district", home.district()).getBytes(StandardCharsets.UTF_8));
        form.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(Pictures.of("png", 400, 300));
        form.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var head = "POST /attachments HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: " + session.cookie()
                + "\r\nContent-Type: multipart/form-data; boundary=" + edge + "\r\nContent-Length: " + form.size()
                + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(form.toByteArray());
        return request.toByteArray();
    }

    /** Answers that said no, by status. */
    Map<Integer, Integer> refused() {
        var counts = new TreeMap<Integer, Integer>();
        refused.forEach((status, n) -> counts.put(status, n.get()));
        return counts;
    }

    /** Those of them that were our own mistake (500), or did not say what to do. */
    int unclear() {
        return unclear.get();
    }

    private String send(Attempt attempt) {
        var form = home.submission("facility.light", attempt.words());
        form.put("_csrf", session.token());
        form.put("_once", attempt.key());
        try (var wire = new Wire(port)) {
            var reply = wire.send(Requests.post("/orders", session.cookie(), form));
            if (!reply.redirects()) {
                turnedAway(reply);
                return "";
            }
            acknowledged.incrementAndGet();
            return Visitor.orderIn(reply);
        } catch (IOException unanswered) {
            return "";
        }
    }
}
