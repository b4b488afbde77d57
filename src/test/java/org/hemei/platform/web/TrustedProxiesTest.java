package org.hemei.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.hemei.platform.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** Who is believed about where a request comes from, asked of the container itself. */
class TrustedProxiesTest {

    /** What the application sees. */
    private static final class Echo extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print(request.getRemoteAddr() + " " + request.getRequestURL() + " " + request.isSecure() + " "
                            + OwnMachine.asks(request));
        }
    }

    private static String seen(String setting, String forwardedFor) throws IOException, InterruptedException {
        return seen(setting, forwardedFor, "443");
    }

    private static String seen(String setting, String forwardedFor, String port)
            throws IOException, InterruptedException {
        var factory = new TomcatServletWebServerFactory(0);
        new TrustedProxies(setting).customize(factory);
        var server = factory.getWebServer(
                context -> context.addServlet("echo", new Echo()).addMapping("/"));
        server.start();
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/"))
                    .header("X-Forwarded-For", forwardedFor)
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Port", port);
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .replace(":" + server.getPort(), "");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | 203.0.113.7 | 203.0.113.7 https://127.0.0.1/ true false",
                "10.9.0.0/16, 127.0.0.0/8 | 127.0.0.1, 203.0.113.7, 10.9.4.1 | 203.0.113.7 https://127.0.0.1/ true false",
                "127.0.0.1 | 127.0.0.1 | 127.0.0.1 https://127.0.0.1/ true false",
                "10.9.0.1, ::1 | 203.0.113.7 | 127.0.0.1 http://127.0.0.1/ false false",
                "'' | 203.0.113.7 | 127.0.0.1 http://127.0.0.1/ false false",
            })
    void onlyTheNamedProxiesAreBelieved(String setting, String forwardedFor, String seen) throws Exception {
        assertThat(seen(setting, forwardedFor)).isEqualTo(seen);
    }

    /** A proxy on another port than 443 says so: links lead back to it. */
    @Test
    void thePortOfTheProxyStandsInLinks() throws Exception {
        assertThat(seen("127.0.0.1", "203.0.113.7", "8443"))
                .isEqualTo("203.0.113.7 https://127.0.0.1:8443/ true false");
        assertThat(seen("10.9.0.1", "203.0.113.7", "8443")).isEqualTo("127.0.0.1 http://127.0.0.1/ false false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.1/33", "10.0.0", ".*", "on", "beef"})
    void whatIsNoAddressEndsTheStart(String setting) {
        assertThatThrownBy(() -> new TrustedProxies("127.0.0.1," + setting))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(setting);
    }
}
