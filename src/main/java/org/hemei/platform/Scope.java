package org.hemei.platform;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where some grants hold, in the form a query takes: {@code code like any(:patterns)}, {@code estate = any(:estates)}.
 */
public record Scope(List<Grant> grants) {

    static Scope of(List<Grant> grants) {
        return new Scope(grants);
    }

    public boolean isEmpty() {
        return grants.isEmpty();
    }

    /** Whether an area with this code lies in the scope; an area's code begins with the codes of those above it. */
    public boolean covers(String areaCode) {
        return areas().stream().anyMatch(areaCode::startsWith);
    }

    public List<String> areas() {
        return grants.stream().map(Grant::area).filter(Objects::nonNull).toList();
    }

    /** The areas as LIKE patterns; an array for a text[] parameter. */
    public String[] patterns() {
        return areas().stream().map(code -> code + "%").toArray(String[]::new);
    }

    public Long[] estates() {
        return ids(grants.stream().map(Grant::estate).toList());
    }

    public Long[] bodies() {
        return ids(grants.stream().map(Grant::body).toList());
    }

    /** The bodies of grants that are not bound to one estate: in the name of these, and not only at an estate of theirs, somebody speaks. */
    public Long[] wholeBodies() {
        return ids(
                grants.stream().filter(g -> g.estate() == null).map(Grant::body).toList());
    }

    /** Whether one of the grants is for this body, at this estate or wherever the body works. */
    public boolean covers(@Nullable Long body, long estate) {
        return body != null
                && grants.stream().anyMatch(g -> body.equals(g.body()) && (g.estate() == null || g.estate() == estate));
    }

    private static Long[] ids(List<@Nullable Long> values) {
        return values.stream().filter(Objects::nonNull).distinct().toArray(Long[]::new);
    }
}
