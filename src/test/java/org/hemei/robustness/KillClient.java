package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.hemei.outside.DemoCity.Home;
import org.hemei.outside.Requests;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;

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

    KillClient(int number, Home home, Visitor.Session session, int port) {
        this.number = number;
        this.home = home;
        this.session = session;
        this.port = port;
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

    private String send(Attempt attempt) {
        var form = home.submission("facility.light", attempt.words());
        form.put("_csrf", session.token());
        form.put("_once", attempt.key());
        try (var wire = new Wire(port)) {
            var reply = wire.send(Requests.post("/orders", session.cookie(), form));
            if (!reply.redirects()) {
                return "";
            }
            acknowledged.incrementAndGet();
            return Visitor.orderIn(reply);
        } catch (IOException unanswered) {
            return "";
        }
    }
}
