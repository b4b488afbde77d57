package org.hemei.registry.policy;

import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Documents for the route table. */
@Component
class PolicyThings implements RoomThings {

    private final JdbcClient jdbc;

    PolicyThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$policy" -> Optional.of(String.valueOf(policy(town)));
            // what nobody ever attached
            case "$policy.file" -> Optional.of(UUID.randomUUID().toString());
            case "$threshold" -> Optional.of(String.valueOf(threshold(town)));
            default -> Optional.empty();
        };
    }

    /** Set for one day to come, another one each time. */
    private long threshold(Town town) {
        return jdbc.sql("""
                        insert into rule_threshold (rule, name, area, value, basis, during, set_by)
                        select 'staffing', 'target', ?, 90, '试行办法', daterange(d, d + 1), (select min(id) from account)
                        from (select coalesce(max(upper(during)) filter (where upper(during) > '2100-01-01') + 1, '2100-01-01') as d
                              from rule_threshold) n returning id
                        """).param(town.near().community()).query(Long.class).single();
    }

    private long policy(Town town) {
        return jdbc.sql("""
                        insert into policy (title, issuer, area, kind, issued_on, valid_from)
                        values (?, '试印发', ?, 'notice', '2025-01-01', '2025-01-01') returning id
                        """)
                .params(
                        "试文件" + UUID.randomUUID().toString().substring(0, 8),
                        String.valueOf(town.near().district()))
                .query(Long.class)
                .single();
    }
}
