package org.hemei.workorder.filing;

import java.util.List;
import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an order can be about, as it comes with the application; categories that an administrator changed stay. */
@Component
class ReferenceCategories implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    ReferenceCategories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    int load() {
        var categories = ReferenceTable.read("reference/categories.csv");
        return jdbc.sql("""
                        insert into category (code, parent, name, icon, urgency, position, words, basis)
                        select code, nullif(parent, ''), name, icon, urgency, position::int,
                               string_to_array(words, '|'), basis
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (code, parent, name, icon, urgency, position, words, basis)
                        on conflict (code) do nothing
                        """)
                .params(List.of(
                        categories.column("code"),
                        categories.column("parent"),
                        categories.column("name"),
                        categories.column("icon"),
                        categories.column("urgency"),
                        categories.column("position"),
                        categories.column("words"),
                        categories.column("basis")))
                .update();
    }
}
