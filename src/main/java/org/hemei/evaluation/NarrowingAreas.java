package org.hemei.evaluation;

import java.util.List;
import org.hemei.platform.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The areas that somebody's list can be narrowed to: those of their grants and one level below. */
@Component
public class NarrowingAreas {

    private final JdbcClient jdbc;

    NarrowingAreas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Narrowing.Area> of(Scope scope) {
        var roots = scope.areas();
        return roots.isEmpty()
                ? List.of()
                : jdbc.sql("select code, name from area where code = any(:roots) or parent = any(:roots) order by code")
                        .param("roots", roots.toArray(String[]::new))
                        .query(Narrowing.Area.class)
                        .list();
    }

    /** One level below an area: its districts, streets or communities. */
    public List<Narrowing.Area> below(String area) {
        return jdbc.sql("select code, name from area where parent = ? order by code")
                .param(area)
                .query(Narrowing.Area.class)
                .list();
    }

    /** The cities and districts, for lists that everybody reads. */
    public List<Narrowing.Area> all() {
        return jdbc.sql("select code, name from area where level in ('city', 'district') order by code")
                .query(Narrowing.Area.class)
                .list();
    }
}
