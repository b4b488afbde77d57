package org.hemei.robustness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** A provider of text messages that can be out of order, and remembers what it took: by its id, how often. */
final class Provider implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private volatile boolean down;
    private volatile int refused;

    Provider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/send", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (down) {
                refused++;
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            bodies.add(body);
            taken.merge(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")), 1, Integer::sum);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/send";
    }

    void down(boolean now) {
        down = now;
    }

    int refused() {
        return refused;
    }

    /** How often a message for the phone came in. */
    long messagesFor(String phone) {
        return bodies.stream().filter(body -> body.contains(phone)).count();
    }

    /** Messages that came in more than once. */
    long doubled() {
        return taken.values().stream().filter(times -> times > 1).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
