package org.hemei.access.token;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the keeper of an integration does: draws tokens, which nobody sees twice, and revokes them. */
@Service
public class KeeperDesk {

    /** How long the one before goes on working when a new one is drawn: time to put the new one in place. */
    static final Duration OVERLAP = Duration.ofDays(7);

    private static final int MOST = 2;

    private final JdbcClient jdbc;
    private final Integrations integrations;
    private final IntegrationDesk desk;
    private final InstantSource clock;

    KeeperDesk(JdbcClient jdbc, Integrations integrations, IntegrationDesk desk, InstantSource clock) {
        this.jdbc = jdbc;
        this.integrations = integrations;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * 领令牌. The one before works for another week, so that it can be changed without a gap.
     *
     * @return the token itself; only its hash is kept
     */
    @Transactional
    public String draw(Reader reader, long integration) {
        jdbc.sql("select id from integration where id = ? for update")
                .param(integration)
                .query(Long.class)
                .optional();
        var known = integrations.kept(reader, integration);
        var now = clock.instant();
        switch (known.state(now)) {
            case WAITING -> throw Refusal.of("还没核准，不能领令牌。核准了会通知您。");
            case OVER -> throw Refusal.of("到期了。请系统管理员续期。");
            case ENDED -> throw Refusal.of("这个对接程序停用了。");
            default -> {}
        }
        if (known.live() >= MOST) {
            throw Refusal.of("已经有两个令牌在用。请先作废一个。");
        }
        jdbc.sql("""
                update api_token set expires_at = least(expires_at, cast(? as timestamptz))
                where integration = ? and revoked_at is null and expires_at > ?
                """)
                .params(Timestamp.from(now.plus(OVERLAP)), integration, Timestamp.from(now))
                .update();
        var secret = Secret.random();
        var token = jdbc.sql("""
                insert into api_token (integration, hash, hint, made_by, made_at, expires_at) values (?, ?, ?, ?, ?, ?) returning id
                """)
                .params(
                        integration,
                        secret.hash(),
                        secret.hint(),
                        reader.account(),
                        Timestamp.from(now),
                        Timestamp.from(known.until()))
                .query(Long.class)
                .single();
        desk.record(reader, "api_token.drawn", integration, known.area(), Map.of("token", token));
        return secret.text();
    }

    @Transactional
    public void revoke(Reader reader, long integration, long token) {
        desk.revoked(reader, integrations.kept(reader, integration), token, clock.instant());
    }
}
