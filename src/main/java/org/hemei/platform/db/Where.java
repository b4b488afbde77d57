package org.hemei.platform.db;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A condition in SQL with its named parameters, put together part by part. */
public final class Where {

    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> params = new HashMap<>();

    public Where and(String sql) {
        parts.add(sql);
        return this;
    }

    public Where and(String sql, String name, Object value) {
        parts.add(sql);
        params.put(name, value);
        return this;
    }

    public Where with(String name, Object value) {
        params.put(name, value);
        return this;
    }

    public String sql() {
        return parts.isEmpty() ? "true" : "(" + String.join(")\n  and (", parts) + ")";
    }

    public Map<String, Object> params() {
        return params;
    }
}
