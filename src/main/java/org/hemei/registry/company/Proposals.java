package org.hemei.registry.company;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Companies whose code fails the check, waiting for a second person's word. */
@Component
class Proposals {

    /** @param asker masked name of who asked; @param decision confirmed or refused; null while it waits */
    record Proposal(
            long id,
            String creditCode,
            String name,
            String shortName,
            String areaCode,
            String area,
            @Nullable String phone,
            @Nullable String address,
            String reason,
            long askedBy,
            String asker,
            Instant askedAt,
            @Nullable String decision,
            @Nullable String words,
            @Nullable Long company) {

        boolean waits() {
            return decision == null;
        }
    }

    private static final String SELECT = """
            select p.id, p.credit_code, p.name, p.short_name, p.area as area_code, a.name as area, p.phone, p.address, p.reason,
                   p.asked_by, w.masked_name as asker, p.asked_at, p.decision, p.words, p.company
            from company_proposal p
                     join area a on a.code = p.area
                     join account k on k.id = p.asked_by
                     join person w on w.id = k.person
            """;

    private final JdbcClient jdbc;

    Proposals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Proposal> open(Scope scope) {
        return jdbc.sql(SELECT + "where p.decision is null and p.area like any(:patterns) order by p.id limit 20")
                .param("patterns", scope.patterns())
                .query((r, n) -> row(r))
                .list();
    }

    Optional<Proposal> find(Scope scope, long id) {
        return jdbc.sql(SELECT + "where p.id = :id and p.area like any(:patterns)")
                .param("id", id)
                .param("patterns", scope.patterns())
                .query((r, n) -> row(r))
                .optional();
    }

    private static Proposal row(java.sql.ResultSet r) throws java.sql.SQLException {
        return new Proposal(
                r.getLong("id"),
                r.getString("credit_code"),
                r.getString("name"),
                r.getString("short_name"),
                r.getString("area_code"),
                r.getString("area"),
                r.getString("phone"),
                r.getString("address"),
                r.getString("reason"),
                r.getLong("asked_by"),
                r.getString("asker"),
                r.getTimestamp("asked_at").toInstant(),
                r.getString("decision"),
                r.getString("words"),
                r.getObject("company", Long.class));
    }

    /** How many wait for this account: whoever asked cannot decide. */
    int waitingFor(Scope scope, long account) {
        if (scope.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                        select count(*) from company_proposal
                        where decision is null and area like any(:patterns) and asked_by <> :account
                        """)
                .param("patterns", scope.patterns())
                .param("account", account)
                .query(Integer.class)
                .single();
    }
}
