package org.hemei.outside;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Somebody with a browser: keeps cookies, finds the token in a form, sends forms. For everything outside the timing. */
public final class Visitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*?value=\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("name=\"version\"[^>]*?value=\"(\\d+)\"");

    private static final Pattern ORDER = Pattern.compile("/orders/(\\d+-\\d+)");

    private final Wire wire;
    private final Map<String, String> cookies = new TreeMap<>();
    private String token = "";

    public Visitor(int port) {
        this(port, "127.0.0.1");
    }

    /** @param from the loopback address to come from: limits count by address */
    public Visitor(int port, String from) {
        wire = new Wire(port, from);
    }

    /** What a later request needs to be this person. */
    public record Session(String cookie, String token) {}

    public Wire.Reply get(String path) throws IOException {
        var reply = remember(wire.send(Requests.get(path, cookie())));
        var found = TOKEN.matcher(reply.text());
        if (found.find()) {
            token = found.group(1);
        }
        return reply;
    }

    public Wire.Reply getCompressed(String path) throws IOException {
        return remember(wire.send(Requests.getCompressed(path, cookie())));
    }

    public Wire.Reply post(String path, Map<String, String> fields) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("_csrf", token);
        form.putAll(fields);
        return remember(wire.send(Requests.post(path, cookie(), form)));
    }

    /** The version that an order's page carries in its forms. */
    public static int versionIn(Wire.Reply page, String verb) throws IOException {
        var found = VERSION.matcher(page.text());
        if (!found.find()) {
            throw unexpected("the page with the form to " + verb, page);
        }
        return Integer.parseInt(found.group(1));
    }

    /** The number of the order that an answer leads to. */
    public static String orderIn(Wire.Reply reply) throws IOException {
        var found = ORDER.matcher(reply.location());
        if (!reply.redirects() || !found.find()) {
            throw unexpected("a form that should lead to an order", reply);
        }
        return found.group(1);
    }

    /** Staff, by account and password. */
    public void signInByPassword(String username, String password) throws IOException {
        get("/sign-in");
        signedIn(post("/sign-in", Map.of("username", username, "password", password)));
    }

    /** Residents, by a code that lands in the demo mailbox. */
    public void signInByPhone(String phone) throws IOException {
        get("/sign-in/phone");
        var sent = post("/sign-in/phone", Map.of("phone", phone));
        if (!sent.redirects()) {
            throw unexpected("asking for a code for " + phone, sent);
        }
        get("/sign-in/code");
        var code = Mailbox.code(wire.send(Requests.get("/demo/mailbox", cookie())), phone);
        signedIn(post("/sign-in/code", Map.of("phone", phone, "code", code)));
    }

    private static void signedIn(Wire.Reply reply) throws IOException {
        if (!reply.redirects() || reply.location().contains("/sign-in")) {
            throw unexpected("signing in", reply);
        }
    }

    public static IOException unexpected(String what, Wire.Reply reply) {
        var text = reply.text();
        return new IOException(what + " was answered with " + reply.status() + " " + reply.location() + "\n"
                + text.substring(0, Math.min(6000, text.length())));
    }

    public Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    public Session session() {
        return new Session(cookie(), token);
    }

    private Wire.Reply remember(Wire.Reply reply) {
        for (var cookie : reply.cookies()) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return reply;
    }

    private String cookie() {
        var text = new StringBuilder();
        cookies.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
