package org.hemei.outside;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that nobody listens on at the moment, below those that the system gives to outgoing connections. */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int END = 30_000;

    private FreePort() {}

    public static int find() throws IOException {
        for (var tries = 0; tries < 1_000; tries++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one then
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + END);
    }
}
