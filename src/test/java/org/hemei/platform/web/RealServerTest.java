package org.hemei.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.hemei.Hemei;
import org.hemei.testing.FewThresholds;
import org.hemei.testing.Orders;
import org.hemei.testing.TestSettings;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** What the container itself refuses, seen from outside over a real connection. */
@SpringBootTest(classes = Hemei.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestSettings.class)
@Import({Towns.class, Orders.class, FewThresholds.class})
class RealServerTest {

    @LocalServerPort
    int port;

    /** Sends bytes as they are, which a well-behaved client would not. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    }

    private static String form(String body) {
        return "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @ParameterizedTest
    @CsvSource({
        "/estates?q=%ff%fe, 400",
        "/estates?q=a%00b, 400",
        "/estates?q=%, 400",
        "/estates?q=%e5%b0, 400",
        "/estates/%ff, 400",
        "/estates/a%00b, 400",
        "/estates/..%2f..%2fetc, 400",
        "/estates?q=<script>, 400",
        "/error, 404",
        "/assets/nothing-here.js, 404",
    })
    void malformedAddressesAreTheRequestsFault(String target, int status) throws IOException {
        assertHarmless(raw(get(target)), status);
    }

    private static void assertHarmless(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).doesNotContain("Exception", "org.hemei", "\tat ", "Tomcat/");
    }

    @Test
    void malformedFormsAreTheRequestsFault() throws IOException {
        assertHarmless(raw(form("username=%ff%fe&password=x")), 400);
        assertHarmless(raw(form("username=a%00&password=x")), 400);
        assertHarmless(raw(form("username=%zz")), 400);
    }

    @Test
    void aFormWithoutItsTokenIsAskedToReload() throws IOException {
        var answer = raw(form("username=a&password=b"));
        assertHarmless(answer, 403);
        assertThat(answer).contains("刷新").contains("default-src 'self'");
    }

    @Test
    void anEndlessUploadIsCutOff() throws Exception {
        var part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
                + "a".repeat(21 << 20) + "\r\n--x--\r\n";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/attachments"))
                            .header("Content-Type", "multipart/form-data; boundary=x")
                            .header("Accept", "text/html")
                            .POST(HttpRequest.BodyPublishers.ofString(part))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("15 MB");
        }
    }

    @Test
    void theErrorPageKeepsTheHeadersOfEveryPage() throws IOException {
        var answer = raw(get("/estates/999999999"));
        assertHarmless(answer, 404);
        assertThat(answer).contains("X-Content-Type-Options: nosniff").contains("frame-ancestors 'none'");
    }
}
