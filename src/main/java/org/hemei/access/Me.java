package org.hemei.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with their own account: their sessions, their password, how large they want to read. */
@Component
class Me {

    /** @param id not the session's secret, so it may stand in a page; @param current whether this request came with it */
    record OwnSession(String id, SignedIn signedIn, Instant lastSeen, boolean current) {}

    /** What a person is here. */
    record Duty(String role, String where) {}

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final PhoneCodes codes;
    private final FieldCipher cipher;
    private final SignInLimits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Me(
            JdbcClient jdbc,
            PasswordEncoder passwords,
            PhoneCodes codes,
            FieldCipher cipher,
            SignInLimits limits,
            Audit audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.codes = codes;
        this.cipher = cipher;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The reader's living sessions, this one first. */
    List<OwnSession> sessions(Reader reader, String thisSession) {
        return jdbc.sql("""
                        select s.primary_id, a.attribute_bytes, s.last_access_time, s.session_id = ? as current
                        from spring_session s join spring_session_attributes a on a.session_primary_id = s.primary_id
                        where s.principal_name = ? and a.attribute_name = ? and s.expiry_time > ?
                        order by current desc, s.last_access_time desc
                        """)
                .params(thisSession, String.valueOf(reader.account()), SignedIn.ATTRIBUTE, System.currentTimeMillis())
                .query((r, n) -> new OwnSession(
                        r.getString(1),
                        (SignedIn) SessionCodec.read(r.getBytes(2)),
                        Instant.ofEpochMilli(r.getLong(3)),
                        r.getBoolean(4)))
                .list();
    }

    @Transactional
    public void end(Reader reader, String id) {
        var ended = jdbc.sql("delete from spring_session where primary_id = ? and principal_name = ?")
                .params(id, String.valueOf(reader.account()))
                .update();
        if (ended == 0) {
            throw new Missing("这次登录已经退出了。");
        }
        audit.record(reader, 0, "session.ended", "account", reader.account(), null, Map.of());
    }

    @Transactional
    public void endOthers(Reader reader, String thisSession) {
        var ended = jdbc.sql("delete from spring_session where principal_name = ? and session_id <> ?")
                .params(String.valueOf(reader.account()), thisSession)
                .update();
        audit.record(reader, 0, "session.others_ended", "account", reader.account(), null, Map.of("count", ended));
    }

    @Transactional
    public void care(Reader reader, boolean on) {
        jdbc.sql("update account set care = ? where id = ?")
                .params(on, reader.account())
                .update();
    }

    /** The name one signs in by with a password; null for whoever comes by phone. */
    @Nullable
    String username(Reader reader) {
        return jdbc.sql("select coalesce(username, '') from account where id = ? and password_hash is distinct from ?")
                .params(reader.account(), StaffSignIn.NOBODYS_HASH)
                .query(String.class)
                .optional()
                .filter(name -> !name.isEmpty())
                .orElse(null);
    }

    /** Asks for the password again before something that a stolen session must not do. @return the account's name */
    String confirmPassword(Reader reader, String ip, String field, String password) {
        limits.check(ip);
        record Own(String username, String passwordHash) {}
        var own = jdbc.sql("select username, password_hash from account where id = ? and username is not null")
                .param(reader.account())
                .query(Own.class)
                .optional()
                .orElseThrow(() -> Refusal.of("这个账号用手机验证码登录，没有密码。"));
        if (password.length() > 200 || !passwords.matches(password, own.passwordHash)) {
            limits.failed(ip);
            throw Refusal.of(field, "现在的密码不对。");
        }
        return own.username;
    }

    /**
     * Where a code goes before a password that somebody else chose becomes one's own: whoever chose it has not got the phone, and the
     * account is also what its holder is as a resident (decision 69).
     *
     * @return null for a password of one's own, and for an account that knows no phone
     */
    @Nullable
    Phone proof(Reader reader) {
        return jdbc.sql("""
                        select p.phone_cipher from account a join person p on p.id = a.person
                        where a.id = ? and a.must_change_password and p.phone_cipher is not null
                        """)
                .param(reader.account())
                .query((r, n) -> new Phone(cipher.decrypt(r.getBytes(1))))
                .optional()
                .orElse(null);
    }

    void sendProof(Reader reader, String ip) {
        var phone = proof(reader);
        if (phone != null) {
            codes.send(phone, ip);
        }
    }

    private void prove(Reader reader, String ip, String code) {
        var phone = proof(reader);
        if (phone != null && !codes.check(phone, PhoneCodes.digits(code))) {
            limits.failed(ip);
            throw Refusal.of("code", "验证码不对，或者已经过期。请看最新一条短信，或再要一次。");
        }
    }

    /**
     * Sets a new password against the old one, and signs out everywhere else: whoever knew the old one is out.
     *
     * @param code from the phone, where {@link #proof} asks for one
     */
    @SuppressWarnings("TooManyParameters") // as the form has them
    void changePassword(
            Reader reader, String thisSession, String ip, String code, String old, String fresh, String again) {
        var username = confirmPassword(reader, ip, "old", old);
        var reasons = Stream.of(
                        PasswordRule.reasons(fresh, username).stream().map(words -> new Refusal.Reason("fresh", words)),
                        fresh.equals(old)
                                ? Stream.of(new Refusal.Reason("fresh", "新密码和现在的一样。请换一个。"))
                                : Stream.<Refusal.Reason>of(),
                        fresh.equals(again)
                                ? Stream.<Refusal.Reason>of()
                                : Stream.of(new Refusal.Reason("again", "两次填的不一样。请再填一次。")))
                .flatMap(reason -> reason)
                .toList();
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        prove(reader, ip, code);
        var hash = Objects.requireNonNull(passwords.encode(fresh));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update account set password_hash = ?, must_change_password = false where id = ?")
                    .params(hash, reader.account())
                    .update();
            jdbc.sql("delete from spring_session where principal_name = ? and session_id <> ?")
                    .params(String.valueOf(reader.account()), thisSession)
                    .update();
            audit.record(reader, 0, "account.password_changed", "account", reader.account(), null, Map.of());
        });
    }

    /** Roles in force, with the names of the places they hold in. */
    List<Duty> duties(Reader reader) {
        var now = Timestamp.from(clock.instant());
        return jdbc.sql("""
                        select g.role, concat_ws(' · ', b.name, e.name, ar.name, bu.name || u.name, case when g.delegation is not null then '代办' end) as place
                        from access_grant g
                                 left join area ar on ar.code = g.area
                                 left join estate e on e.id = g.estate
                                 left join body b on b.id = g.body
                                 left join unit u on u.id = g.unit
                                 left join building bu on bu.id = u.building
                        where g.account = ? and g.since <= ? and (g.until is null or g.until > ?)
                        order by g.id
                        """)
                .params(reader.account(), now, now)
                .query((r, n) -> new Duty(Role.valueOf(r.getString(1)).words(), r.getString(2)))
                .list();
    }
}
