package org.hemei.access;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Account and password. Five failures lock the account for a quarter of an hour (等保三级 身份鉴别). Whether an account
 * exists, is locked or was closed cannot be told from the answer, nor from the time it takes, by anybody who does not know its
 * password; who does reads why it was closed.
 */
@Component
class StaffSignIn {

    static final int FAILURES_TO_LOCK = 5;
    static final Duration LOCKED_FOR = Duration.ofMinutes(15);

    private static final int LONGEST_PASSWORD = 200;

    /** Of a password nobody knows, at our encoder's cost: an unknown name takes as long as a wrong password. The password of whoever signs in by phone. */
    static final String NOBODYS_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$UUaWQlVsaFH6X5/kJS7fZg$mYPYk5SNI5+E+kKb8JG5mRINvH2Rz5hxs9JouiUuFN8";

    /** @param mustChange the password came from somebody else */
    record Entry(long account, boolean mustChange) {}

    private record Known(
            long id,
            String hash,
            @Nullable Instant lockedUntil,
            boolean closed,
            @Nullable String reason,
            boolean mustChange) {}

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final SignInLimits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    StaffSignIn(
            JdbcClient jdbc,
            PasswordEncoder passwords,
            SignInLimits limits,
            Audit audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The password is checked outside the transaction: it takes long on purpose, and holds no connection meanwhile. */
    Optional<Entry> attempt(String username, String password, String ip) {
        limits.check(ip);
        var known = find(username.strip());
        var right = password.length() <= LONGEST_PASSWORD
                && passwords.matches(password, known.map(Known::hash).orElse(NOBODYS_HASH));
        return Objects.requireNonNull(transaction.execute(status -> {
            var entry = right && known.isPresent() ? enter(known.get()) : null;
            if (right && known.isPresent() && known.get().closed && !locked(known.get())) {
                throw ClosedAccount.refusal("password", known.get().reason);
            }
            if (entry == null) {
                limits.failed(ip);
                known.ifPresent(this::countFailure);
            }
            return Optional.ofNullable(entry);
        }));
    }

    private Optional<Known> find(String username) {
        return jdbc.sql("""
                        select id, password_hash, locked_until, disabled_at, disabled_reason, must_change_password
                        from account where username = ?
                        """)
                .param(username)
                .query((r, n) -> new Known(
                        r.getLong(1),
                        r.getString(2),
                        r.getTimestamp(3) == null ? null : r.getTimestamp(3).toInstant(),
                        r.getTimestamp(4) != null,
                        r.getString(5),
                        r.getBoolean(6)))
                .optional();
    }

    private boolean locked(Known known) {
        return known.lockedUntil != null && known.lockedUntil.isAfter(clock.instant());
    }

    /** Looks again under the row's lock: guesses that run side by side do not slip in behind the fifth failure. */
    private @Nullable Entry enter(Known known) {
        var open =
                jdbc.sql("""
                        update account set failures = 0, locked_until = null
                        where id = ? and disabled_at is null and (locked_until is null or locked_until <= ?)
                        """).params(known.id, Timestamp.from(clock.instant())).update();
        if (open == 0) {
            return null;
        }
        audit.record(Reader.VISITOR, 0, "sign_in.staff", "account", known.id, null, Map.of());
        return new Entry(known.id, known.mustChange);
    }

    private void countFailure(Known known) {
        var now = clock.instant();
        var locked = jdbc.sql("""
                        update account
                        set failures = case when failures + 1 >= :limit then 0 else failures + 1 end,
                            locked_until = case when failures + 1 >= :limit then cast(:until as timestamptz) end
                        where id = :id and (locked_until is null or locked_until <= :now)
                        returning locked_until is not null
                        """)
                .param("limit", FAILURES_TO_LOCK)
                .param("until", Timestamp.from(now.plus(LOCKED_FOR)))
                .param("id", known.id)
                .param("now", Timestamp.from(now))
                .query(Boolean.class)
                .optional();
        audit.record(Reader.VISITOR, 0, "sign_in.failed", "account", known.id, null, Map.of());
        if (locked.orElse(false)) {
            audit.record(Reader.VISITOR, 0, "account.locked", "account", known.id, null, Map.of());
        }
    }
}
