package org.hemei.workorder.feed;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The private addresses of calendars. A calendar program cannot sign in, so whoever has the address can read; only its hash is kept. */
@Component
class CalendarFeeds {

    record Own(Instant createdAt, @Nullable Instant readAt) {}

    private static final int TOKEN_BYTES = 24;
    private static final Duration NOTED = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    CalendarFeeds(JdbcClient jdbc, FieldCipher cipher, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    Optional<Own> of(Reader reader) {
        return jdbc.sql("select created_at, read_at from calendar_feed where account = ?")
                .param(reader.account())
                .query((r, n) -> new Own(
                        r.getTimestamp(1).toInstant(),
                        r.getTimestamp(2) == null ? null : r.getTimestamp(2).toInstant()))
                .optional();
    }

    /** A new address; the one of before ends. @return the secret part, told this once */
    @Transactional
    public String make(Reader reader) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("""
                        insert into calendar_feed (account, token_hash, created_at) values (?, ?, ?)
                        on conflict (account) do update set token_hash = excluded.token_hash, created_at = excluded.created_at, read_at = null
                        """)
                .params(reader.account(), hash(token), Timestamp.from(clock.instant()))
                .update();
        audit.record(reader, 0, "calendar_feed.made", "calendar_feed", reader.account(), null, Map.of());
        return token;
    }

    @Transactional
    public void end(Reader reader) {
        jdbc.sql("delete from calendar_feed where account = ?")
                .param(reader.account())
                .update();
        audit.record(reader, 0, "calendar_feed.ended", "calendar_feed", reader.account(), null, Map.of());
    }

    /** Whose calendar it is. */
    Optional<Long> account(String token) {
        if (!token.matches("[A-Za-z0-9_-]{32}")) {
            return Optional.empty();
        }
        var found = jdbc.sql("select account from calendar_feed where token_hash = ?")
                .param(hash(token))
                .query(Long.class)
                .optional();
        var now = clock.instant();
        found.ifPresent(account -> jdbc.sql(
                        "update calendar_feed set read_at = ? where account = ? and (read_at is null or read_at < ?)")
                .params(Timestamp.from(now), account, Timestamp.from(now.minus(NOTED)))
                .update());
        return found;
    }

    private String hash(String token) {
        return HexFormat.of().formatHex(cipher.blindIndex("calendar-feed:" + token));
    }
}
