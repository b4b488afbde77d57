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

    private record Desk(
            @Nullable String role, String area, @Nullable Long body, String assigned) {}

    private final JdbcClient jdbc;
    private final GrantHolders holders;

    Unheard(JdbcClient jdbc, GrantHolders holders) {
        this.jdbc = jdbc;
        this.holders = holders;
    }

    /** As they are read. */
    List<String> of(@Nullable UUID batch) {
        return jdbc
                .sql("select distinct role, area, body, assigned from task where batch = ? order by assigned, area")
                .param(batch)
                .query(Desk.class)
                .list()
                .stream()
                .filter(desk -> hearing(desk).isEmpty())
                .map(Desk::assigned)
                .distinct()
                .toList();
    }

    private List<Long> hearing(Desk desk) {
        if (desk.body != null) {
            return holders.ofBody(desk.body);
        }
        return desk.role == null ? List.of() : holders.accounts(desk.role, desk.area);
    }
}
