package org.hemei.platform.log;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Who changed a thing last and when, by its audit trail: what somebody is told whose form was made from an older version. */
@Component
public class LastChange {

    private static final String NOBODY_KNOWN = "别人";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final JsonMapper json;

    LastChange(JdbcClient jdbc, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param kind and subject as the change was recorded with, see {@link Audit#record}
     * @param did what they did, as a Chinese verb
     * @param actions which entries are changes of the thing, such as {@code webhook.paused} or {@code contract.%}; all if none
     */
    public Stale stale(Reader reader, String kind, Object subject, String did, String... actions) {
        return stale(reader, kind, subject, Map.of(), did, actions);
    }

    /** @param about what the entry's detail must say, where many things are recorded with one subject */
    public Stale stale(
            Reader reader, String kind, Object subject, Map<String, ?> about, String did, String... actions) {
        return jdbc.sql("""
                        select e.account, e.at
                        from audit_entry e
                        where e.subject_kind = :kind and e.subject_id = :subject and e.detail @> cast(:about as jsonb)
                          and (cardinality(cast(:actions as text[])) = 0 or e.action like any (cast(:actions as text[])))
                        order by e.at desc, e.id desc limit 1
                        """)
                .param("kind", kind)
                .param("subject", subject.toString())
                .param("about", json.writeValueAsString(about))
                .param("actions", List.of(actions).toArray(String[]::new))
                .query((r, n) -> by(
                        reader,
                        r.getObject("account", Long.class),
                        r.getTimestamp("at").toInstant(),
                        did))
                .optional()
                // changed by something that leaves no trail, such as an import of the beginning: now is the latest it
                // can have been
                .orElseGet(() -> new Stale(NOBODY_KNOWN, did, clock.instant()));
    }

    /**
     * The same, where the thing itself says who and when.
     *
     * @param account null for what the system did by itself
     */
    public Stale by(Reader reader, @Nullable Long account, Instant at, String did) {
        return new Stale(who(reader, account), did, at);
    }

    /** @param at null when it is not known */
    public Stale by(Reader reader, @Nullable Long account, @Nullable Timestamp at, String did) {
        return at == null ? new Stale(NOBODY_KNOWN, did, clock.instant()) : by(reader, account, at.toInstant(), did);
    }

    private String who(Reader reader, @Nullable Long account) {
        if (account == null) {
            return "系统";
        }
        if (reader.signedIn() && account == reader.account()) {
            return "您自己";
        }
        return jdbc.sql("""
                        select p.masked_name from account a join person p on p.id = a.person
                        where a.id = ? and p.masked_name <> ''
                        """).param(account).query(String.class).optional().orElse(NOBODY_KNOWN);
    }
}
