package org.hemei.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** An address with its query: filters live there, so that a view can be kept or sent. */
public record Address(String path, Map<String, String> query) {

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The same address with one parameter set, or left out when the value is null or empty. */
    public Address with(String name, @Nullable Object value) {
        var next = new LinkedHashMap<>(query);
        if (value == null || value.toString().isEmpty()) {
            next.remove(name);
        } else {
            next.put(name, value.toString());
        }
        return new Address(path, next);
    }

    public Address without(String name) {
        return with(name, null);
    }

    public Address at(String otherPath) {
        return new Address(otherPath, query);
    }

    @Override
    public String toString() {
        return query.isEmpty()
                ? path
                : path
                        + query.entrySet().stream()
                                .map(e -> e.getKey() + "=" + UriUtils.encode(e.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }
}
