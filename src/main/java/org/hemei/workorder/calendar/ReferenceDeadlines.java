package org.hemei.workorder.calendar;

import java.util.List;
import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deadlines that come with the application, for a clock that has none at all. A place that set its own, or ended
 * ours, keeps what it set.
 */
@Component
class ReferenceDeadlines implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    ReferenceDeadlines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    int load() {
        var rules = ReferenceTable.read("reference/deadlines.csv");
        return jdbc.sql("""
                        insert into deadline_rule (urgency, clock, amount, measure, basis, valid)
                        select urgency, clock, amount::int, measure, basis, daterange('2020-01-01', null)
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (urgency, clock, amount, measure, basis)
                        where not exists (select from deadline_rule d where d.urgency = r.urgency and d.clock = r.clock)
                        """)
                .params(List.of(
                        rules.column("urgency"),
                        rules.column("clock"),
                        rules.column("amount"),
                        rules.column("measure"),
                        rules.column("basis")))
                .update();
    }
}
