package org.hemei.platform.web;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Idempotency: a double tap or a retried request makes one thing. The key travels in a hidden field {@code _once} or in
 * the header {@code Idempotency-Key}; the same key with another body is refused.
 */
@Component
public class Once {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Once(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Same key, another body (RFC draft Idempotency-Key: 422). */
    public static final class OtherBody extends Refusal {
        public OtherBody() {
            super(java.util.List.of(new Reason(null, "这张表已经交过一次，内容不一样。请重新打开再填。")));
        }
    }

    /**
     * Runs the work unless this account has used the key before; then gives back what the first run made.
     *
     * @param body everything the request says, to tell a retry from another request
     * @param work makes the thing and returns its address or id
     */
    @Transactional
    public String run(Reader reader, String key, Object body, Supplier<String> work) {
        if (key.length() < 8 || key.length() > 80) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        var hash = hash(body.toString());
        var first = jdbc.sql("""
                insert into idempotency_key (account, key, body_hash, created_at) values (?, ?, ?, ?)
                on conflict do nothing
                """)
                .params(reader.account(), key, hash, Timestamp.from(clock.instant()))
                .update();
        if (first == 0) {
            return replay(reader.account(), key, hash);
        }
        var result = work.get();
        jdbc.sql("update idempotency_key set result = :result where account = :account and key = :key")
                .params(Map.of("result", result, "account", reader.account(), "key", key))
                .update();
        return result;
    }

    /** What an earlier request with this key made, for work whose preparation costs too much to do it again. */
    public Optional<String> earlier(Reader reader, String key, Object body) {
        var known = jdbc.sql("select exists(select from idempotency_key where account = ? and key = ?)")
                .params(reader.account(), key)
                .query(Boolean.class)
                .single();
        return known ? Optional.of(replay(reader.account(), key, hash(body.toString()))) : Optional.empty();
    }

    /** What an earlier request with this key made. */
    public String replay(long account, String key, String hash) {
        var earlier = jdbc.sql("select body_hash, result from idempotency_key where account = ? and key = ?")
                .params(account, key)
                .query((r, n) -> Map.entry(r.getString(1), r.getString(2)))
                .single();
        if (!earlier.getKey().equals(hash)) {
            throw new OtherBody();
        }
        return earlier.getValue();
    }

    public static String hash(String body) {
        var digest = new SM3Digest();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return HexFormat.of().formatHex(out);
    }
}
