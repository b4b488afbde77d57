package org.hemei.registry.company;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Companies whose code fails the check, waiting for a second person's word. */
@Component
class Proposals {

    static final int PAGE = 50;

    /** Which of them a list has. */
    enum State {
        WAITS("等核对", "p.decision is null"),
        CONFIRMED("同意登记", "p.decision = 'confirmed'"),
        REFUSED("没有同意", "p.decision = 'refused'"),
        WITHDRAWN("撤回了", "p.decision = 'withdrawn'");

        private final String words;
        private final String sql;

        State(String words, String sql) {
            this.words = words;
            this.sql = sql;
        }

        String words() {
            return words;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static @Nullable State of(String code) {
            return java.util.Arrays.stream(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * @param since the day the company was founded; null for one that was asked for before that was asked
     * @param asker masked name of who asked; @param decision confirmed, refused or withdrawn; null while it waits
     * @param decider masked name
     */
    record Proposal(
            long id,
            String creditCode,
            String name,
            String shortName,
            String areaCode,
            String area,
            @Nullable LocalDate since,
            @Nullable String phone,
            @Nullable String address,
            String reason,
            long askedBy,
            String asker,
            Instant askedAt,
            @Nullable String decision,
            @Nullable String words,
            @Nullable Long company,
            @Nullable String decider,
            @Nullable Instant decidedAt) {

        boolean waits() {
            return decision == null;
        }

        State state() {
            return decision == null ? State.WAITS : State.valueOf(decision.toUpperCase(java.util.Locale.ROOT));
        }
    }

    private static final String SELECT = """
            select p.id, p.credit_code, p.name, p.short_name, p.area as area_code, a.name as area, p.since, p.phone, p.address, p.reason,
                   p.asked_by, w.masked_name as asker, p.asked_at, p.decision, p.words, p.company,
                   d.masked_name as decider, p.decided_at
            from company_proposal p
                     join area a on a.code = p.area
                     join account k on k.id = p.asked_by
                     join person w on w.id = k.person
                     left join account l on l.id = p.decided_by
                     left join person d on d.id = l.person
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

    /** The latest first. @param state null for all; @param before number of the last one of the page before; 0 for the first page */
    List<Proposal> page(Scope scope, @Nullable State state, long before) {
        return jdbc.sql(SELECT + "where p.area like any(:patterns) and (:before = 0 or p.id < :before)"
                        + (state == null ? "" : " and " + state.sql) + " order by p.id desc limit " + (PAGE + 1))
                .param("patterns", scope.patterns())
                .param("before", before)
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
                r.getObject("since", LocalDate.class),
                r.getString("phone"),
                r.getString("address"),
                r.getString("reason"),
                r.getLong("asked_by"),
                r.getString("asker"),
                r.getTimestamp("asked_at").toInstant(),
                r.getString("decision"),
                r.getString("words"),
                r.getObject("company", Long.class),
                r.getString("decider"),
                r.getTimestamp("decided_at") == null
                        ? null
                        : r.getTimestamp("decided_at").toInstant());
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
