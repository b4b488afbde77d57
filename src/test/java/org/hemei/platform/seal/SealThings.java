package org.hemei.platform.seal;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** $audit-check: a check of the audit log that found something. */
@Component
class SealThings implements RoomThings {

    private final JdbcClient jdbc;

    SealThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return name.equals("$audit-check")
                ? Optional.of(String.valueOf(jdbc.sql("""
                                insert into audit_check (started_at, finished_at, seals, entries, unsealed, breaks)
                                values (now(), now(), 3, 20, 1, '[{"seal": 2, "entry": 17, "words": "这条记录被改过"}]')
                                returning id
                                """).query(Long.class).single()))
                : Optional.empty();
    }
}
