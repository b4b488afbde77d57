package org.hemei.outside;

import java.io.IOException;
import java.net.ServerSocket;

/** A port that nobody listens on at the moment. */
public final class FreePort {

    private FreePort() {}

    public static int find() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
