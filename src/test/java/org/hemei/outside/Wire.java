package org.hemei.outside;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One keep-alive HTTP/1.1 connection, written by hand because the generator shares two cores with what it measures.
 * Not for more than one thread.
 */
public final class Wire implements AutoCloseable {

    /** @param bytes all bytes of the answer as they came over the wire, head included */
    public record Reply(int status, String location, List<String> cookies, String encoding, byte[] body, int bytes) {

        /** Leads elsewhere, as the answer to a form that was taken does. */
        public boolean redirects() {
            return status == 302 || status == 303;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final int port;
    private final String from;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private final byte[] buffer = new byte[32 * 1024];
    private int position;
    private int limit;
    private int counted;

    public Wire(int port) {
        this(port, "127.0.0.1");
    }

    /** @param from the local address to come from: 127.0.0.1, 127.0.0.2 … are as many neighbours */
    public Wire(int port, String from) {
        this.port = port;
        this.from = from;
    }

    /** Sends one whole request and reads its whole answer; the request is left to the caller to build once. */
    public Reply send(byte[] request) throws IOException {
        if (!socket.isConnected() || socket.isClosed()) {
            connect();
        }
        try {
            out.write(request);
            return read();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        if (socket.getLocalPort() == port) {
            // nobody listens, and the system happened to choose that very port for our own end
            socket.close();
            throw new EOFException("connected to itself");
        }
        in = socket.getInputStream();
        out = socket.getOutputStream();
        position = 0;
        limit = 0;
    }

    private Reply read() throws IOException {
        counted = 0;
        var status = Integer.parseInt(line().substring(9, 12));
        var location = "";
        var encoding = "";
        var cookies = new ArrayList<String>();
        var length = -1;
        var chunked = false;
        var last = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = "chunked".equals(value);
                case "location" -> location = value;
                case "set-cookie" -> cookies.add(value);
                case "content-encoding" -> encoding = value;
                case "connection" -> last = "close".equals(value);
                default -> {}
            }
        }
        var body = chunked ? chunks() : bytes(Math.max(length, 0));
        if (last) {
            close();
        }
        return new Reply(status, location, cookies, encoding, body, counted);
    }

    private byte[] chunks() throws IOException {
        var body = new byte[0];
        while (true) {
            var size = Integer.parseInt(line().strip(), 16);
            var chunk = bytes(size);
            line();
            if (size == 0) {
                return body;
            }
            var from = body.length;
            body = Arrays.copyOf(body, from + size);
            System.arraycopy(chunk, 0, body, from, size);
        }
    }

    private byte[] bytes(int length) throws IOException {
        var result = new byte[length];
        for (var done = 0; done < length; ) {
            fill();
            var part = Math.min(limit - position, length - done);
            System.arraycopy(buffer, position, result, done, part);
            position += part;
            done += part;
        }
        counted += length;
        return result;
    }

    private String line() throws IOException {
        var text = new StringBuilder(64);
        while (true) {
            fill();
            var next = (char) (buffer[position++] & 0xff);
            counted++;
            if (next == '\n') {
                return text.toString();
            }
            if (next != '\r') {
                text.append(next);
            }
        }
    }

    private void fill() throws IOException {
        if (position < limit) {
            return;
        }
        limit = in.read(buffer);
        position = 0;
        if (limit <= 0) {
            limit = 0;
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
