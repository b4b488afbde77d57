package org.hemei.registry;

import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The official divisions: city, districts, streets, communities. Missing ones are added before the first request is
 * served; what is there stays as it is.
 */
@Component
class ReferenceAreas implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    ReferenceAreas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    /** Digits 10 to 12 of a community's code tell its kind: the level and kind are never read from a name. */
    int load() {
        var areas = ReferenceTable.read("reference/hefei-areas.csv");
        return jdbc.sql("""
                        insert into area (code, name, level, parent, kind)
                        select code, name, level, case when level <> 'city' then parent end,
                               case when level <> 'community' then 'ordinary'
                                    when substr(code, 10, 3) < '200' then 'residents'
                                    when substr(code, 10, 3) < '400' then 'village'
                                    else 'special' end
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as r (code, name, level, parent)
                        on conflict (code) do nothing
                        """)
                .param(areas.column("code"))
                .param(areas.column("name"))
                .param(areas.column("level"))
                .param(areas.column("parent"))
                .update();
    }
}
