package org.hemei;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** One request, taken apart so that any part of it can be spoiled. */
final class HostileRequest {

    /** Half a character can only be written as an escape. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    String method;
    final Map<String, String> places = new LinkedHashMap<>();
    final MultiValueMap<String, String> params = new LinkedMultiValueMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    final Map<String, String> json = new LinkedHashMap<>();
    final List<MockMultipartFile> files = new ArrayList<>();

    @Nullable
    String body;

    @Nullable
    String contentType;

    private final String path;

    HostileRequest(RouteTable.Line line, Map<String, String> with) {
        method = line.method();
        path = line.plainPath();
        var program = path.startsWith("/api/");
        headers.put("Accept", program ? "application/json" : "text/html,*/*;q=0.8");
        if (program && !method.equals("GET")) {
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
            contentType = "application/json";
        }
        with.forEach((name, value) -> {
            if (path.contains("{" + name + "}")) {
                places.put(name, value);
            } else if (contentType != null) {
                json.put(name, JSON.writeValueAsString(value));
            } else {
                params.add(name, value);
            }
        });
    }

    String path() {
        return path;
    }

    void put(HostileFields.Field field, String value) {
        switch (field.kind()) {
            case PATH -> places.put(field.name(), value);
            case PARAM -> params.set(field.name(), value);
            case HEADER -> headers.put(field.name(), value);
            case JSON -> json.put(field.name(), JSON.writeValueAsString(value));
            case FILE ->
                files.add(new MockMultipartFile(
                        field.name(), value, "image/png", "<svg/>".getBytes(StandardCharsets.UTF_8)));
        }
    }

    void remove(HostileFields.Field field) {
        params.remove(field.name());
        headers.remove(field.name());
        json.remove(field.name());
        files.removeIf(file -> file.getName().equals(field.name()));
    }

    AbstractMockHttpServletRequestBuilder<?> build() {
        var address = path;
        for (var place : places.entrySet()) {
            address = address.replace(
                    "{" + place.getKey() + "}",
                    URLEncoder.encode(place.getValue(), StandardCharsets.UTF_8).replace("+", "%20"));
        }
        var uri = URI.create(address);
        AbstractMockHttpServletRequestBuilder<?> request;
        if (files.isEmpty()) {
            request = MockMvcRequestBuilders.request(HttpMethod.valueOf(method), uri);
            if (contentType != null) {
                request.contentType(contentType).content(body == null ? written() : body);
            } else if (method.equals("POST")) {
                request.contentType("application/x-www-form-urlencoded");
            }
        } else {
            var upload = MockMvcRequestBuilders.multipart(HttpMethod.valueOf(method), uri);
            files.forEach(upload::file);
            request = upload;
        }
        params.forEach((name, values) -> request.param(name, values.toArray(String[]::new)));
        headers.forEach(request::header);
        return request;
    }

    private String written() {
        return json.entrySet().stream()
                .map(field -> JSON.writeValueAsString(field.getKey()) + ":" + field.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }
}
