package org.hemei.workorder.routing;

import java.util.List;
import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The routing rules for Hefei that come with the application, each where there was never one about the same. A place that
 * changed or ended ours keeps what it set.
 */
@Component
@DependsOn({"referenceAreas", "referenceCategories"})
class ReferenceRouting implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    ReferenceRouting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    int load() {
        var rules = ReferenceTable.read("reference/routing.csv");
        return jdbc.sql("""
                        insert into routing_rule (area, category, kinds, target, urgency, basis, valid)
                        select area, nullif(category, ''), array_remove(string_to_array(kinds, '+'), ''), target,
                               nullif(urgency, ''), basis, daterange('2020-01-01', null)
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (area, category, kinds, target, urgency, basis)
                        where not exists (select from routing_rule o
                                          where o.area = r.area and coalesce(o.category, '') = r.category
                                            and kinds_text(o.kinds) = r.kinds)
                        """)
                .params(List.of(
                        rules.column("area"),
                        rules.column("category"),
                        rules.column("kinds"),
                        rules.column("target"),
                        rules.column("urgency"),
                        rules.column("basis")))
                .update();
    }
}
