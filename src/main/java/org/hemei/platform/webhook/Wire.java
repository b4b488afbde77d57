package org.hemei.platform.webhook;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One POST to a receiver. Whom it reached is looked at on the open connection, before anything is said:
 * between the look-up of {@link Destination#refuse} and that of the connection a name can come to point inward (DNS rebinding).
 * Behind a proxy the proxy is reached, which looks names up itself and has to guard its own network.
 */
class Wire implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** @param retryAfter as the other side said it */
    record Reply(int status, Optional<String> retryAfter) {}

    private final Destination destination;
    private final ScheduledExecutorService limit = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-limit").factory());

    Wire(Destination destination) {
        this.destination = destination;
    }

    /** Redirects are not followed. @throws IOException when nobody answered in time, or somebody who may not be asked */
    Reply post(URI address, Map<String, String> headers, String body) throws IOException {
        var proxy = proxy(address);
        var connection = (HttpURLConnection) address.toURL().openConnection(proxy);
        if (connection instanceof HttpsURLConnection secure && proxy == Proxy.NO_PROXY) {
            secure.setSSLSocketFactory(new Looking(secure.getSSLSocketFactory(), destination));
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) CONNECTING.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        // also keeps the connection from sending by itself a second time what got no answer
        connection.setFixedLengthStreamingMode(bytes.length);
        headers.forEach(connection::setRequestProperty);
        // one that answers letter by letter is done with in the same time
        var end = limit.schedule(connection::disconnect, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        try (var out = connection.getOutputStream()) {
            out.write(bytes);
            out.flush();
            var status = connection.getResponseCode();
            if (status < 0) {
                throw new ProtocolException("what came back is not HTTP");
            }
            return new Reply(status, Optional.ofNullable(connection.getHeaderField("Retry-After")));
        } finally {
            end.cancel(false);
            connection.disconnect();
        }
    }

    private static Proxy proxy(URI address) {
        var selector = ProxySelector.getDefault();
        var proxy = selector == null ? Proxy.NO_PROXY : selector.select(address).getFirst();
        return proxy.type() == Proxy.Type.DIRECT ? Proxy.NO_PROXY : proxy;
    }

    @Override
    public void close() {
        limit.shutdownNow();
    }

    /** Looks at whom a connection reached before the first word of TLS is said to them. */
    private static final class Looking extends SSLSocketFactory {

        private final SSLSocketFactory real;
        private final Destination destination;

        Looking(SSLSocketFactory real, Destination destination) {
            this.real = real;
            this.destination = destination;
        }

        @Override
        public Socket createSocket(Socket connected, @Nullable String host, int port, boolean autoClose)
                throws IOException {
            if (!destination.allows(connected.getInetAddress())) {
                connected.close();
                throw new Inward();
            }
            return real.createSocket(connected, host, port, autoClose);
        }

        /** Said so, the client connects first, and gives what is connected to the method above. */
        @Override
        public Socket createSocket() throws IOException {
            throw new SocketException("only over what is connected", new UnsupportedOperationException());
        }

        /** The client's last resort when the method above has refused: refused as well. */
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new SocketException("only over what is connected");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new SocketException("only over what is connected");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return createSocket(host, port);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return real.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return real.getSupportedCipherSuites();
        }
    }

    /** The name pointed into the network when it came to connecting. */
    static final class Inward extends IOException {
        Inward() {
            super("连上的是内部网络里的地址，没有发。");
        }
    }
}
