package org.hemei.platform.notice;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Any provider that takes one POST for each message; what it looks like is settings. */
class HttpSmsGateway implements SmsGateway {

    private static final Pattern PLACE = Pattern.compile("\\{(id|phone|words)}");
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final SmsSettings settings;
    private final HttpClient http;
    private final JsonMapper json;

    HttpSmsGateway(SmsSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                // connections are kept and used again; without TLS nothing is asked about a newer version with each of
                // them
                .version(settings.url().startsWith("https:") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void deliver(Message message) throws Outbox.Undelivered {
        try {
            judge(http.send(request(message), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new Outbox.Undelivered(e.getClass().getSimpleName(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Outbox.Undelivered("stopped", true);
        }
    }

    private HttpRequest request(Message message) {
        var request = HttpRequest.newBuilder(URI.create(settings.url()))
                .timeout(settings.timeout())
                .header("Content-Type", settings.contentType() + ";charset=UTF-8")
                .header("Idempotency-Key", message.id());
        settings.headers().forEach(request::setHeader);
        return request.POST(HttpRequest.BodyPublishers.ofString(body(message))).build();
    }

    private String body(Message message) {
        var values = Map.of("id", message.id(), "phone", message.phone(), "words", message.words());
        return PLACE.matcher(settings.template())
                .replaceAll(place -> Matcher.quoteReplacement(escaped(values.getOrDefault(place.group(1), ""))));
    }

    private String escaped(String value) {
        if (settings.contentType().contains("json")) {
            var quoted = json.writeValueAsString(value);
            return quoted.substring(1, quoted.length() - 1);
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void judge(HttpResponse<String> answer) throws Outbox.Undelivered {
        var status = answer.statusCode();
        if (status / 100 != 2) {
            // only these two say that the message itself is wrong; everything else may pass
            throw new Outbox.Undelivered("HTTP " + status, status != 400 && status != 422);
        }
        if (!answer.body().contains(settings.successContains())) {
            throw new Outbox.Undelivered("HTTP " + status + " without " + settings.successContains(), true);
        }
    }
}
