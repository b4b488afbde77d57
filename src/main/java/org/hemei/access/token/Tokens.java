package org.hemei.access.token;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens as they come with requests: whose they are, what they are good for, and how often they were used this minute. */
@Component
class Tokens {

    /** When a token was last used is written no more often than this. */
    private static final Duration SEEN = Duration.ofMinutes(1);

    /** A token that works. */
    record Live(long token, long account, List<String> scopes, int perMinute, boolean worthNoting) {}

    /** @param calls of this minute, this one included; @param seconds until the next minute begins */
    record Use(int calls, int perMinute, long seconds) {

        boolean tooMany() {
            return calls > perMinute;
        }

        int left() {
            return Math.max(0, perMinute - calls);
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Tokens(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Empty for a token that is unknown, revoked, past its day, not approved or of an integration that has ended. */
    Optional<Live> find(Secret secret) {
        if (!secret.wellFormed()) {
            return Optional.empty();
        }
        var now = clock.instant();
        return jdbc.sql("""
                select t.id, i.account, i.scopes, i.per_minute,
                       coalesce(t.last_used_at < :seen, true) as worth_noting
                from api_token t join integration i on i.id = t.integration
                where t.hash = :hash and t.revoked_at is null and t.expires_at > :now
                  and i.approved_at is not null and i.ended_at is null and i.until > :now
                """)
                .param("hash", secret.hash())
                .param("now", Timestamp.from(now))
                .param("seen", Timestamp.from(now.minus(SEEN)))
                .query((r, n) -> new Live(
                        r.getLong("id"),
                        r.getLong("account"),
                        List.of((String[]) r.getArray("scopes").getArray()),
                        r.getInt("per_minute"),
                        r.getBoolean("worth_noting")))
                .optional();
    }

    /**
     * Counts a call. A count that a crash of the database loses harms nobody, so nobody waits for the disk.
     *
     * @param from the address it came from
     */
    Use count(Live live, String from) {
        var now = clock.instant();
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        var calls = Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("select set_config('synchronous_commit', 'off', true)")
                    .query(String.class)
                    .single();
            if (live.worthNoting) {
                note(live, now, from);
            }
            return jdbc.sql("""
                    insert into api_call (token, minute, calls) values (?, ?, 1)
                    on conflict (token, minute) do update set calls = api_call.calls + 1 returning calls
                    """)
                    .params(live.token, Timestamp.from(minute))
                    .query(Integer.class)
                    .single();
        }));
        return new Use(
                calls,
                live.perMinute,
                Duration.between(now, minute.plus(1, ChronoUnit.MINUTES)).toSeconds() + 1);
    }

    /** The account counts as used as well: the review of grants nobody uses goes by that. */
    private void note(Live live, Instant now, String from) {
        jdbc.sql("update api_token set last_used_at = ?, last_used_from = ? where id = ?")
                .params(Timestamp.from(now), from, live.token)
                .update();
        jdbc.sql("update account set last_seen = ? where id = ?")
                .params(Timestamp.from(now), live.account)
                .update();
    }
}
