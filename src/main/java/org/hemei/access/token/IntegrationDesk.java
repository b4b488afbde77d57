package org.hemei.access.token;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets integrations up, approves and ends them. The system administrator says what a program is and wants, the security
 * administrator approves that and grants its account roles and areas like anybody's; neither of them ever sees a token.
 */
@Service
public class IntegrationDesk implements NoticeKinds {

    private static final String KEPT = "/me/integrations";

    private final JdbcClient jdbc;
    private final Integrations integrations;
    private final IntegrationRule rule;
    private final FieldCipher cipher;
    private final Audit audit;
    private final Notices notices;
    private final InstantSource clock;

    IntegrationDesk(
            JdbcClient jdbc,
            Integrations integrations,
            IntegrationRule rule,
            FieldCipher cipher,
            Audit audit,
            Notices notices,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.integrations = integrations;
        this.rule = rule;
        this.cipher = cipher;
        this.audit = audit;
        this.notices = notices;
        this.clock = clock;
    }

    /** Opens the integration and its account, which nobody can sign in with and which may do nothing yet. */
    @Transactional
    public long open(Reader reader, Wish wish) {
        var scope = Role.required(reader, Role.SYSTEM);
        var checked = rule.check(reader, scope, wish);
        var now = Timestamp.from(clock.instant());
        var person = jdbc.sql("insert into person (name_cipher, masked_name) values (?, ?) returning id")
                .params(cipher.encrypt(wish.name()), wish.name())
                .query(Long.class)
                .single();
        var account = jdbc.sql("insert into account (person, created_at) values (?, ?) returning id")
                .params(person, now)
                .query(Long.class)
                .single();
        var id = jdbc.sql("""
                insert into integration (account, name, purpose, owner, area, keeper, scopes, per_minute, until, opened_by, opened_at)
                values (:account, :name, :purpose, :owner, :area, :keeper, cast(:scopes as text[]), :rate, :until, :by, :now)
                returning id
                """)
                .param("account", account)
                .param("name", wish.name())
                .param("purpose", wish.purpose())
                .param("owner", wish.owner())
                .param("area", checked.area())
                .param("keeper", checked.keeper())
                .param("scopes", wish.scopes().toArray(String[]::new))
                .param("rate", wish.perMinute())
                .param("until", Timestamp.from(checked.until()))
                .param("by", reader.account())
                .param("now", now)
                .query(Long.class)
                .single();
        record(reader, "integration.opened", id, checked.area(), Map.of("account", account, "scopes", wish.scopes()));
        return id;
    }

    /** Another wish for the same program of the same owner; it has to be approved again, and until then no token works. */
    @Transactional
    public void change(Reader reader, long id, int version, Wish wish) {
        var scope = Role.required(reader, Role.SYSTEM);
        var known = standing(integrations.one(scope, id));
        var checked = rule.check(reader, scope, wish);
        var changed = jdbc.sql("""
                update integration set purpose = :purpose, keeper = :keeper, scopes = cast(:scopes as text[]), per_minute = :rate,
                       until = :until, approved_by = null, approved_at = null, opened_by = :by, version = version + 1
                where id = :id and version = :version
                """)
                .param("purpose", wish.purpose())
                .param("keeper", checked.keeper())
                .param("scopes", wish.scopes().toArray(String[]::new))
                .param("rate", wish.perMinute())
                .param("until", Timestamp.from(checked.until()))
                .param("by", reader.account())
                .param("id", id)
                .param("version", version)
                .update();
        onlyOnce(changed);
        if (checked.keeper() != known.keeperId()) {
            revokeAll(reader, known); // what the one before knows must not work any longer
        }
        record(reader, "integration.changed", id, known.area(), Map.of("scopes", wish.scopes()));
    }

    /** 核准, by the security administrator, of exactly what was looked at. */
    @Transactional
    public void approve(Reader reader, long id, int version) {
        var known = standing(integrations.one(Role.required(reader, Role.SECURITY), id));
        if (known.approvedAt() != null) {
            throw Refusal.of("已经核准过了。");
        }
        if (known.keeperId() == reader.account()) {
            throw Refusal.of("保管人不能核准。请另一位安全管理员来办。");
        }
        var changed = jdbc.sql("""
                update integration set approved_by = ?, approved_at = ?, version = version + 1 where id = ? and version = ?
                """)
                .params(reader.account(), Timestamp.from(clock.instant()), id, version)
                .update();
        onlyOnce(changed);
        record(reader, "integration.approved", id, known.area(), Map.of("scopes", known.scopes()));
        notices.send(PROGRAMS, known.keeperId(), 0, "可以领令牌了", "“" + known.name() + "”核准了，由您保管。", KEPT);
    }

    /** 停用, by either administrator: for good. Its tokens stop at once, its grants end. */
    @Transactional
    public void end(Reader reader, long id) {
        var known = standing(integrations.one(Role.required(reader, Role.SYSTEM, Role.SECURITY), id));
        var now = Timestamp.from(clock.instant());
        jdbc.sql("update integration set ended_by = ?, ended_at = ?, version = version + 1 where id = ?")
                .params(reader.account(), now, id)
                .update();
        jdbc.sql("update account set disabled_at = coalesce(disabled_at, ?) where id = ?")
                .params(now, known.account())
                .update();
        jdbc.sql("""
                update access_grant set until = greatest(since, cast(:now as timestamptz))
                where account = :account and (until is null or until > :now)
                """).param("now", now).param("account", known.account()).update();
        revokeAll(reader, known);
        record(reader, "integration.ended", id, known.area(), Map.of());
        notices.send(PROGRAMS, known.keeperId(), 0, "对接程序停用了", "“" + known.name() + "”的令牌都作废了。", KEPT);
    }

    /** 作废 one token, by either administrator: when it may have got into other hands. */
    @Transactional
    public void revoke(Reader reader, long id, long token) {
        var known = integrations.one(Role.required(reader, Role.SYSTEM, Role.SECURITY), id);
        revoked(reader, known, token, clock.instant());
        notices.send(PROGRAMS, known.keeperId(), 0, "一个令牌作废了", "“" + known.name() + "”。要用请领新的。", KEPT);
    }

    void revoked(Reader reader, Integrations.Row known, long token, Instant now) {
        var changed = jdbc.sql("""
                update api_token set revoked_by = ?, revoked_at = ? where id = ? and integration = ? and revoked_at is null
                """)
                .params(reader.account(), Timestamp.from(now), token, known.id())
                .update();
        if (changed == 0) {
            throw new Missing("没有这个令牌，或已经作废了。");
        }
        record(reader, "api_token.revoked", known.id(), known.area(), Map.of("token", token));
    }

    private void revokeAll(Reader reader, Integrations.Row known) {
        jdbc.sql("update api_token set revoked_by = ?, revoked_at = ? where integration = ? and revoked_at is null")
                .params(reader.account(), Timestamp.from(clock.instant()), known.id())
                .update();
    }

    private static Integrations.Row standing(Integrations.Row known) {
        if (known.endedAt() != null) {
            throw Refusal.of("这个对接程序已经停用了。要用请重新登记。");
        }
        return known;
    }

    private static void onlyOnce(int changed) {
        if (changed != 1) {
            throw Refusal.of("刚刚有人改过。请刷新看看，再办。");
        }
    }

    void record(Reader reader, String action, long id, String area, Map<String, ?> detail) {
        audit.record(reader, 0, action, "integration", id, area, detail);
    }

    /** The last moment of a day, as the end of what works through that day. */
    static Instant endOf(java.time.LocalDate day) {
        return CivilTime.startOf(day.plusDays(1));
    }

    @Override
    public List<Topic> more() {
        return List.of(PROGRAMS);
    }
}
