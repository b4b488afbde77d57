package org.hemei.access.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A GET of another address within this request: its own parameters and attributes, and nobody's session. */
final class AskedRequest extends HttpServletRequestWrapper {

    private final String path;
    private final @Nullable String query;
    private final Map<String, String[]> parameters;
    private final Map<String, Object> attributes = new HashMap<>();

    AskedRequest(HttpServletRequest around, String path, @Nullable String query) {
        super(around);
        this.path = path;
        this.query = query;
        this.parameters = parameters(query);
        var csrf = around.getAttribute(org.springframework.security.web.csrf.CsrfToken.class.getName());
        if (csrf != null) {
            attributes.put(org.springframework.security.web.csrf.CsrfToken.class.getName(), csrf);
        }
    }

    private static Map<String, String[]> parameters(@Nullable String query) {
        Map<String, String[]> found = new LinkedHashMap<>();
        for (var piece : query == null ? new String[0] : query.split("&")) {
            var at = piece.indexOf('=');
            if (at > 0) {
                var value = piece.substring(at + 1);
                found.put(piece.substring(0, at), new String[] {decoded(value)});
            }
        }
        return found;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return value;
        }
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(path);
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? Objects.requireNonNull(super.getSession(true)) : null;
    }
}
