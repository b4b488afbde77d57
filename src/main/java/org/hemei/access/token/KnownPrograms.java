package org.hemei.access.token;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Programs;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The integrations, to rooms that know nothing of tokens: by the same conditions under which a token opens anything. */
@Component
class KnownPrograms implements Programs {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    KnownPrograms(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Program> of(long account) {
        return jdbc.sql("""
                select i.name, i.keeper, i.scopes,
                       i.approved_at is not null and i.ended_at is null and i.until > :now
                           and exists (select from api_token t where t.integration = i.id and t.revoked_at is null
                                         and t.expires_at > :now) as works
                from integration i where i.account = :account
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("account", account)
                .query((r, n) -> new Program(
                        r.getString("name"),
                        r.getLong("keeper"),
                        r.getBoolean("works")
                                ? List.of((String[]) r.getArray("scopes").getArray())
                                : List.of()))
                .optional();
    }
}
