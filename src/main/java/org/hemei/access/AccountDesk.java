package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.delegation.DelegationDesk;
import org.hemei.access.oidc.Identities;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The verbs of two of the three administrators: the system's opens accounts without any grant and resets passwords, security
 * gives and ends grants and locks. Nobody grants to, locks or resets themselves; every verb is on the audit trail.
 */
@Service
public class AccountDesk {

    private static final int LONGEST_REASON = 200;

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final StaffAccounts staff;
    private final PasswordEncoder passwords;
    private final SecondFactors factors;
    private final DelegationDesk delegations;
    private final Identities identities;
    private final DutyNotices duties;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    AccountDesk(
            JdbcClient jdbc,
            Accounts accounts,
            StaffAccounts staff,
            PasswordEncoder passwords,
            SecondFactors factors,
            DelegationDesk delegations,
            Identities identities,
            DutyNotices duties,
            Audit audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.staff = staff;
        this.passwords = passwords;
        this.factors = factors;
        this.delegations = delegations;
        this.identities = identities;
        this.duties = duties;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Transactional
    public long open(Reader reader, String name, String phone, String username, String password) {
        StaffAccounts.check(name, phone, username, password);
        var account = staff.open(name, phone, username, Objects.requireNonNull(passwords.encode(password)));
        record(reader, "account.opened", account, Map.of());
        return account;
    }

    @Transactional
    public void grant(
            Reader reader, long account, @Nullable Role role, String area, @Nullable Long body, @Nullable Long estate) {
        var scope = reader.scope(Role.SECURITY);
        other(reader, account);
        jdbc.sql("select id from account where id = ? for no key update")
                .param(account)
                .query(Long.class)
                .single();
        var chosenArea = area.isEmpty() ? null : accounts.area(scope, area).orElse(null);
        var chosenBody = body == null ? null : accounts.body(scope, body).orElse(null);
        var reasons = GrantRule.reasons(role, chosenArea == null ? null : chosenArea.level(), chosenBody != null);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var held = Objects.requireNonNull(role);
        var apart = Separation.reasons(held, accounts.rolesInForce(account));
        if (!apart.isEmpty()) {
            throw new Refusal(apart);
        }
        withinOwners(account, held, chosenArea, chosenBody);
        var forBody = GrantRule.actsForBody(held);
        if (forBody
                && estate != null
                && !worksAt(Objects.requireNonNull(chosenBody).id(), estate)) {
            throw Refusal.of("estate", "这家单位现在不管这个小区。请重新选。");
        }
        insert(
                reader,
                account,
                held,
                forBody || chosenArea == null ? null : chosenArea.code(),
                forBody && chosenBody != null ? chosenBody.id() : null,
                forBody ? estate : null);
    }

    /** A program administers nothing, and what it does stays in the area of the body whose program it is. */
    private void withinOwners(
            long account, Role role, Accounts.@Nullable Area chosenArea, Accounts.@Nullable Body chosenBody) {
        var boundary = accounts.boundary(account).orElse(null);
        if (boundary == null) {
            return;
        }
        if (role.administers()) {
            throw Refusal.of("这是一个对接程序，不能当管理员。");
        }
        var place = GrantRule.actsForBody(role)
                ? accounts.areaOf(Objects.requireNonNull(chosenBody).id())
                : Objects.requireNonNull(chosenArea).code();
        if (!place.startsWith(boundary)) {
            throw Refusal.of("这个对接程序只能办它单位那一片的事。请往下选，或另登记一个。");
        }
    }

    private boolean worksAt(long body, long estate) {
        return accounts.estatesOf(body).stream().anyMatch(place -> place.id() == estate);
    }

    private void insert(
            Reader reader, long account, Role role, @Nullable String area, @Nullable Long body, @Nullable Long estate) {
        var now = Timestamp.from(clock.instant());
        var held = jdbc.sql("""
                        select exists(select from access_grant
                                      where account = :account and role = :role and area is not distinct from :area
                                        and body is not distinct from cast(:body as bigint)
                                        and estate is not distinct from cast(:estate as bigint)
                                        and (until is null or until > :now))
                        """)
                .param("account", account)
                .param("role", role.name())
                .param("area", area)
                .param("body", body)
                .param("estate", estate)
                .param("now", now)
                .query(Boolean.class)
                .single();
        if (held) {
            throw Refusal.of("已经有这个授权了。");
        }
        var id = jdbc.sql("""
                        insert into access_grant (account, role, area, body, estate, since, granted_by)
                        values (:account, :role, :area, :body, :estate, :now, :by) returning id
                        """)
                .param("account", account)
                .param("role", role.name())
                .param("area", area)
                .param("body", body)
                .param("estate", estate)
                .param("now", now)
                .param("by", reader.account())
                .query(Long.class)
                .single();
        Map<String, Object> detail = new HashMap<>(Map.of("grant", id, "role", role.name()));
        detail.put("area", area);
        detail.put("body", body);
        detail.put("estate", estate);
        record(reader, "grant.added", account, detail);
    }

    /**
     * Ends at once: readers are made afresh for every request.
     *
     * @param reason 2 to 200 characters; its holder is told
     */
    @Transactional
    public void endGrant(Reader reader, long account, long grant, String reason) {
        other(reader, account);
        if (wrongReason(reason)) {
            throw Refusal.of("请写为什么结束这个职责，2 到 200 个字，本人看得到。");
        }
        var ended = jdbc.sql("""
                        update access_grant set until = greatest(since, cast(:now as timestamptz)), ended_reason = :reason
                        where id = :id and account = :account and role <> 'RESIDENT' and (until is null or until > :now)
                        returning role
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("reason", reason)
                .param("id", grant)
                .param("account", account)
                .query((r, n) -> Role.valueOf(r.getString(1)))
                .optional()
                .orElseThrow(() -> new Missing("这个授权已经结束了。"));
        record(reader, "grant.ended", account, Map.of("grant", grant));
        duties.ended(account, ended, reason);
    }

    /** @param reason 2 to 200 characters; whoever can prove that the account is theirs reads it when they want to sign in */
    @Transactional
    public void lock(Reader reader, long account, String reason) {
        other(reader, account);
        if (wrongReason(reason)) {
            throw Refusal.of("closing", "请写为什么停用，2 到 200 个字，本人登录时看得到。");
        }
        jdbc.sql("update account set disabled_at = coalesce(disabled_at, ?), disabled_reason = ? where id = ?")
                .params(Timestamp.from(clock.instant()), reason, account)
                .update();
        endSessions(account);
        delegations.endAllOf(reader, account);
        record(reader, "account.closed", account, Map.of());
    }

    private static boolean wrongReason(String reason) {
        return reason.length() < 2 || reason.length() > LONGEST_REASON;
    }

    @Transactional
    public void unlock(Reader reader, long account) {
        other(reader, account);
        jdbc.sql("update account set disabled_at = null, locked_until = null, failures = 0 where id = ?")
                .param(account)
                .update();
        record(reader, "account.reopened", account, Map.of());
    }

    /** The new password is good for one thing: choosing another. */
    void resetPassword(Reader reader, long account, String password) {
        var known = other(reader, account);
        if (accounts.boundary(account).isPresent()) {
            throw Refusal.of("password", "这是一个对接程序，只用令牌，没有密码。");
        }
        if (known.username() == null || staff.byPhone(account)) {
            throw Refusal.of("password", "这个账号用手机验证码登录，没有密码。");
        }
        if (accounts.rolesInForce(account).stream().anyMatch(Role::administers) && !factors.isOn(account)) {
            // whoever knew the new password could set up the second factor too, and be another administrator
            throw Refusal.of("password", "这位管理员还没开第二重验证，不能重设密码。请安全管理员结束其职责，另开账号。");
        }
        var reasons = PasswordRule.reasons(password, known.username());
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons.stream()
                    .map(words -> new Refusal.Reason("password", words))
                    .toList());
        }
        var hash = Objects.requireNonNull(passwords.encode(password));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update account set password_hash = ?, must_change_password = true, locked_until = null, failures = 0
                    where id = ?
                    """).params(hash, account).update();
            endSessions(account);
            record(reader, "account.password_reset", account, Map.of());
        });
    }

    /** For a phone that is lost with its recovery codes. Only the system administrator knows a new password, so two have to agree. */
    @Transactional
    public void resetSecondFactor(Reader reader, long account, String reason) {
        other(reader, account);
        if (wrongReason(reason)) {
            throw Refusal.of("reason", "请写为什么要重置，2 到 200 个字。");
        }
        if (!factors.remove(account)) {
            throw new Missing("这个账号没有开第二重验证。");
        }
        endSessions(account);
        record(reader, "second_factor.reset", account, Map.of("reason", reason));
    }

    /** Who is told a subject by its provider enters it. An administrator links their own: else the entry would be a way in. */
    @Transactional
    public void linkIdentity(Reader reader, long account, String issuer, String subject) {
        other(reader, account);
        if (accounts.rolesInForce(account).stream().anyMatch(Role::administers)) {
            throw Refusal.of("subject", "管理员的关联，只能本人登录后自己做。");
        }
        identities.link(reader, account, issuer, subject);
    }

    @Transactional
    public void unlinkIdentity(Reader reader, long account, String issuer) {
        other(reader, account);
        identities.unlink(reader, account, issuer);
    }

    private void endSessions(long account) {
        jdbc.sql("delete from spring_session where principal_name = ?")
                .param(String.valueOf(account))
                .update();
    }

    /** Somebody else's account within the administrator's area. */
    private Accounts.Row other(Reader reader, long account) {
        var known = accounts.one(reader.scope(Role.SYSTEM, Role.SECURITY), account);
        if (account == reader.account()) {
            throw Refusal.of("不能改自己的账号。请另一位管理员来办。");
        }
        return known;
    }

    private void record(Reader reader, String action, long account, Map<String, ?> detail) {
        audit.record(reader, 0, action, "account", account, null, detail);
    }
}
