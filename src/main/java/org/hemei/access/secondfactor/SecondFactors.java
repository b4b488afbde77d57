package org.hemei.access.secondfactor;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second factor of accounts: set up, asked for, switched off. The secret lies encrypted; a code is good once; five
 * wrong ones lock the factor for a quarter of an hour, as passwords do (等保三级 身份鉴别).
 */
@Service
public class SecondFactors {

    static final int FAILURES_TO_LOCK = 5;
    static final Duration LOCKED_FOR = Duration.ofMinutes(15);
    static final int CODES = 10;

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike
    private static final int CODE_LENGTH = 10;

    /** @param begun a secret was made and waits for its first code */
    public record State(boolean on, boolean begun, @Nullable Instant since, int codesLeft) {}

    /** What came of a code. */
    public enum Answer {
        RIGHT,
        WRONG,
        LOCKED
    }

    private record Kept(
            String secret,
            boolean confirmed,
            long lastStep,
            @Nullable Instant lockedUntil) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(JdbcClient jdbc, FieldCipher cipher, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    public boolean isOn(long account) {
        return jdbc.sql("select exists(select from second_factor where account = ? and confirmed_at is not null)")
                .param(account)
                .query(Boolean.class)
                .single();
    }

    public State state(long account) {
        return jdbc.sql("""
                        select confirmed_at, (select count(*) from recovery_code c where c.account = f.account and c.used_at is null)
                        from second_factor f where account = ?
                        """)
                .param(account)
                .query((r, n) -> {
                    var since = r.getTimestamp(1);
                    return new State(
                            since != null, since == null, since == null ? null : since.toInstant(), r.getInt(2));
                })
                .optional()
                .orElse(new State(false, false, null, 0));
    }

    /** The secret while it is being set up; nobody sees it afterwards. */
    public Optional<String> secret(long account) {
        return kept(account, "").filter(kept -> !kept.confirmed).map(Kept::secret);
    }

    private Optional<Kept> kept(long account, String lock) {
        return jdbc.sql(
                        "select secret_cipher, confirmed_at, last_step, locked_until from second_factor where account = ? "
                                + lock)
                .param(account)
                .query((r, n) -> new Kept(
                        cipher.decrypt(Objects.requireNonNull(r.getBytes(1))),
                        r.getTimestamp(2) != null,
                        r.getLong(3),
                        r.getTimestamp(4) == null ? null : r.getTimestamp(4).toInstant()))
                .optional();
    }

    /** Makes a secret that counts as soon as its first code was typed. */
    @Transactional
    public void begin(Reader reader) {
        var made = jdbc.sql("""
                        insert into second_factor (account, secret_cipher, begun_at) values (:account, :secret, :now)
                        on conflict (account) do update
                            set secret_cipher = excluded.secret_cipher, begun_at = excluded.begun_at
                            where second_factor.confirmed_at is null
                        """)
                .param("account", reader.account())
                .param("secret", cipher.encrypt(Totp.newSecret()))
                .param("now", now())
                .update();
        if (made == 0) {
            throw Refusal.of("第二重验证已经开着。");
        }
    }

    /** @return the recovery codes, for the only time */
    @Transactional
    public List<String> confirm(Reader reader, String code) {
        var kept = kept(reader.account(), "for update")
                .filter(one -> !one.confirmed)
                .orElseThrow(() -> Refusal.of("请先扫码，再填验证码。"));
        var step = Totp.taken(kept.secret, digits(code), clock.instant(), kept.lastStep);
        if (step.isEmpty()) {
            throw Refusal.of("code", "验证码不对。请等它换一个再填；一直不对，看看手机的时间准不准。");
        }
        jdbc.sql("update second_factor set confirmed_at = ?, last_step = ?, failures = 0 where account = ?")
                .params(now(), step.getAsLong(), reader.account())
                .update();
        audit.record(reader, 0, "second_factor.on", "account", reader.account(), null, Map.of());
        return newCodes(reader.account());
    }

    private List<String> newCodes(long account) {
        jdbc.sql("delete from recovery_code where account = ?").param(account).update();
        var codes = Stream.generate(this::newCode).distinct().limit(CODES).toList();
        for (var code : codes) {
            jdbc.sql("insert into recovery_code (account, code_hash) values (?, ?)")
                    .params(account, cipher.blindIndex(code))
                    .update();
        }
        return codes;
    }

    private String newCode() {
        var code = new StringBuilder();
        random.ints(CODE_LENGTH, 0, LETTERS.length()).forEach(at -> code.append(LETTERS.charAt(at)));
        return code.toString();
    }

    /** Takes a code of the authenticator, or a recovery code; each is taken once. Its failures stay, so it never throws for one. */
    @Transactional
    public Answer take(long account, String code) {
        var kept = kept(account, "for update").filter(Kept::confirmed).orElse(null);
        if (kept == null) {
            return Answer.WRONG;
        }
        var now = clock.instant();
        if (kept.lockedUntil != null && kept.lockedUntil.isAfter(now)) {
            return Answer.LOCKED;
        }
        var typed = digits(code);
        var step = Totp.taken(kept.secret, typed, now, kept.lastStep);
        if (step.isPresent()) {
            jdbc.sql("update second_factor set last_step = ?, failures = 0, locked_until = null where account = ?")
                    .params(step.getAsLong(), account)
                    .update();
            return Answer.RIGHT;
        }
        if (spent(account, typed)) {
            jdbc.sql("update second_factor set failures = 0, locked_until = null where account = ?")
                    .param(account)
                    .update();
            audit.record(Reader.VISITOR, 0, "second_factor.recovery_code_used", "account", account, null, Map.of());
            return Answer.RIGHT;
        }
        return failed(account);
    }

    private boolean spent(long account, String code) {
        return code.length() == CODE_LENGTH
                && jdbc.sql(
                                        "update recovery_code set used_at = ? where account = ? and code_hash = ? and used_at is null")
                                .params(now(), account, cipher.blindIndex(code))
                                .update()
                        == 1;
    }

    private Answer failed(long account) {
        jdbc.sql("""
                update second_factor
                set failures = case when failures + 1 >= :limit then 0 else failures + 1 end,
                    locked_until = case when failures + 1 >= :limit then cast(:until as timestamptz) end
                where account = :account
                """)
                .param("limit", FAILURES_TO_LOCK)
                .param("until", Timestamp.from(clock.instant().plus(LOCKED_FOR)))
                .param("account", account)
                .update();
        audit.record(Reader.VISITOR, 0, "second_factor.failed", "account", account, null, Map.of());
        return Answer.WRONG;
    }

    /** New recovery codes in place of the old ones. Whoever calls this has seen a code of the factor. */
    @Transactional
    public List<String> replaceCodes(Reader reader) {
        audit.record(reader, 0, "second_factor.codes_replaced", "account", reader.account(), null, Map.of());
        return newCodes(reader.account());
    }

    /** By its owner; whoever calls this has seen their password. */
    @Transactional
    public void off(Reader reader) {
        remove(reader.account());
        audit.record(reader, 0, "second_factor.off", "account", reader.account(), null, Map.of());
    }

    /** Takes the factor off an account: its phone is gone, and its recovery codes too. */
    @Transactional
    public boolean remove(long account) {
        jdbc.sql("delete from recovery_code where account = ?").param(account).update();
        return jdbc.sql("delete from second_factor where account = ?")
                        .param(account)
                        .update()
                == 1;
    }

    /** Recovery codes are written in two groups and typed in any case. */
    private static String digits(String typed) {
        return typed.length() > 40 ? "" : typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
