package org.hemei.workorder.overview;

import java.util.List;
import org.hemei.workorder.list.AreaQueries;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The places that figures are told for, also those without any order. */
@Component
class OverviewQueries {

    private static final int COMMUNITY_DIGITS = 12;

    private final JdbcClient jdbc;

    OverviewQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The areas below with their names, or the estates of a community. */
    List<AreaQueries.Named> names(String area) {
        return jdbc.sql(
                        area.length() == COMMUNITY_DIGITS
                                ? "select cast(id as text) as id, name from estate where community = ? order by name"
                                : "select code as id, name from area where parent = ? order by code")
                .param(area)
                .query(AreaQueries.Named.class)
                .list();
    }
}
