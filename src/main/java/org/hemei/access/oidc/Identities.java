package org.hemei.access.oidc;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.hemei.access.ClosedAccount;
import org.hemei.access.oidc.OidcProvider.Identity;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which account somebody of a provider is. Linked by an administrator, or by the person while signed in; never by itself. */
@Component
public class Identities {

    private static final int LONGEST_SUBJECT = 255;

    public record Link(String subject, Instant since) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    Identities(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The open account this is. What came of it is on the audit trail, the subject is not.
     *
     * @throws org.hemei.platform.Refusal when it was closed
     */
    @Transactional
    public Optional<Long> enter(Identity identity) {
        var account = jdbc.sql("""
                        select i.account, a.disabled_at, a.disabled_reason from external_identity i join account a on a.id = i.account
                        where i.issuer = ? and i.subject = ?
                        """)
                .params(identity.issuer(), identity.subject())
                .query((r, n) -> {
                    if (r.getTimestamp("disabled_at") != null) {
                        throw ClosedAccount.refusal(null, r.getString("disabled_reason"));
                    }
                    return r.getLong("account");
                })
                .optional();
        if (account.isPresent()) {
            audit.record(Reader.VISITOR, 0, "sign_in.oidc", "account", account.get(), null, Map.of());
        } else {
            audit.record(Reader.VISITOR, 0, "sign_in.oidc_unknown", "provider", identity.issuer(), null, Map.of());
        }
        return account;
    }

    public Optional<Link> of(long account, String issuer) {
        return jdbc.sql("select subject, linked_at from external_identity where account = ? and issuer = ?")
                .params(account, issuer)
                .query((r, n) -> new Link(r.getString(1), r.getTimestamp(2).toInstant()))
                .optional();
    }

    /** @param by the person, who came back from the provider; or the system administrator, who was told the subject */
    @Transactional
    public void link(Reader by, long account, String issuer, String subject) {
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw Refusal.of("subject", "请填统一认证里的编号（sub）。");
        }
        try {
            jdbc.sql("""
                    insert into external_identity (issuer, subject, account, linked_by, linked_at) values (?, ?, ?, ?, ?)
                    """)
                    .params(issuer, subject, account, by.account(), Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Refusal.of("subject", "这个账号或这个编号已经关联过了。请先取消原来的。");
        }
        audit.record(by, 0, "account.identity_linked", "account", account, null, Map.of("issuer", issuer));
    }

    @Transactional
    public void unlink(Reader by, long account, String issuer) {
        var gone = jdbc.sql("delete from external_identity where account = ? and issuer = ?")
                .params(account, issuer)
                .update();
        if (gone == 0) {
            throw new Missing("这个账号没有关联统一认证。");
        }
        audit.record(by, 0, "account.identity_unlinked", "account", account, null, Map.of("issuer", issuer));
    }
}
