package org.hemei.workorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A condition in SQL with its named parameters, put together part by part. */
final class Where {

    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> params = new HashMap<>();

    Where and(String sql) {
        parts.add(sql);
        return this;
    }

    Where and(String sql, String name, Object value) {
        parts.add(sql);
        params.put(name, value);
        return this;
    }

    Where with(String name, Object value) {
        params.put(name, value);
        return this;
    }

    String sql() {
        return parts.isEmpty() ? "true" : "(" + String.join(")\n  and (", parts) + ")";
    }

    Map<String, Object> params() {
        return params;
    }
}
