package org.hemei.workorder.calendar;

import java.util.List;
import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deadlines that come with the application, for a clock that has none at all; what happens by itself around them; and the
 * obstacles for which a clock may stand still. A place that set its own, or ended ours, keeps what it set.
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
        loadSteps();
        loadObstacles();
    }

    int load() {
        var rules = ReferenceTable.read("reference/deadlines.csv");
        return jdbc.sql("""
                        insert into deadline_rule (urgency, clock, amount, measure, basis, valid)
                        select urgency, clock, amount::int, measure, basis, daterange('2020-01-01', null)
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (urgency, clock, amount, measure, basis)
                        where not exists (select from deadline_rule d where d.urgency = r.urgency and d.category is null and d.clock = r.clock)
                        """)
                .params(List.of(
                        rules.column("urgency"),
                        rules.column("clock"),
                        rules.column("amount"),
                        rules.column("measure"),
                        rules.column("basis")))
                .update();
    }

    int loadSteps() {
        var steps = ReferenceTable.read("reference/escalations.csv");
        return jdbc.sql("""
                        insert into escalation_rule (clock, urgency, moment, amount, measure, level, basis, valid)
                        select clock, nullif(urgency, ''), moment, amount::int, measure, level, basis, daterange('2020-01-01', null)
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (clock, urgency, moment, amount, measure, level, basis)
                        where not exists (select from escalation_rule e where e.clock = r.clock)
                        """)
                .params(List.of(
                        steps.column("clock"),
                        steps.column("urgency"),
                        steps.column("moment"),
                        steps.column("amount"),
                        steps.column("measure"),
                        steps.column("level"),
                        steps.column("basis")))
                .update();
    }

    int loadObstacles() {
        var obstacles = ReferenceTable.read("reference/obstacles.csv");
        return jdbc.sql("""
                        insert into obstacle (code, name, waits, max_days, position, basis, valid)
                        select code, name, waits, max_days::int, position::int, basis, daterange('2020-01-01', null)
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             as r (code, name, waits, max_days, position, basis)
                        where not exists (select from obstacle o where o.code = r.code)
                        """)
                .params(List.of(
                        obstacles.column("code"),
                        obstacles.column("name"),
                        obstacles.column("waits"),
                        obstacles.column("max_days"),
                        obstacles.column("position"),
                        obstacles.column("basis")))
                .update();
    }
}
