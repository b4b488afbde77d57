package org.hemei.platform.task;

import java.util.List;
import java.util.UUID;
import org.hemei.platform.GrantHolders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The desks that got tasks and where nobody has an account: nobody there hears of them. */
@Component
class Unheard {

    private record Given(GrantHolders.Desk desk, String assigned) {}

    private final JdbcClient jdbc;
    private final GrantHolders holders;

    Unheard(JdbcClient jdbc, GrantHolders holders) {
        this.jdbc = jdbc;
        this.holders = holders;
    }

    /** As they are read. */
    List<String> of(@Nullable UUID batch) {
        var given = jdbc.sql(
                        "select distinct role, area, body, assigned from task where batch = ? order by assigned, area")
                .param(batch)
                .query((r, n) -> new Given(
                        new GrantHolders.Desk(
                                r.getString("role"), r.getString("area"), r.getObject("body", Long.class)),
                        r.getString("assigned")))
                .list();
        return holders.nobodyAt(given.stream().map(Given::desk).toList()).stream()
                .sorted()
                .map(place -> given.get(place).assigned())
                .distinct()
                .toList();
    }
}
