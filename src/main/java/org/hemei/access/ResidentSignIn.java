package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Phone and one-time code. Somebody new gets a person and an account the first time the code was right. */
@Component
class ResidentSignIn {

    private final JdbcClient jdbc;
    private final PhoneCodes codes;
    private final SignInLimits limits;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;

    ResidentSignIn(
            JdbcClient jdbc,
            PhoneCodes codes,
            SignInLimits limits,
            FieldCipher cipher,
            Audit audit,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.codes = codes;
        this.limits = limits;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @return the account; empty when the code is wrong, too old or used up
     * @throws org.hemei.platform.Refusal when the code is right and the account was closed
     */
    @Transactional
    public Optional<Long> attempt(Phone phone, String code, String ip) {
        limits.check(ip);
        if (!codes.check(phone, code)) {
            limits.failed(ip);
            return Optional.empty();
        }
        var account = accountOf(personOf(phone));
        audit.record(Reader.VISITOR, 0, "sign_in.phone", "account", account, null, Map.of());
        return Optional.of(account);
    }

    private long personOf(Phone phone) {
        var index = cipher.blindIndex(phone.number());
        jdbc.sql("""
                insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, ?, ?, ?)
                on conflict (phone_index) do nothing
                """)
                .params(cipher.encrypt(phone.masked()), phone.masked(), cipher.encrypt(phone.number()), index)
                .update();
        return jdbc.sql("select id from person where phone_index = ?")
                .param(index)
                .query(Long.class)
                .single();
    }

    private long accountOf(long person) {
        var fresh = jdbc.sql("""
                        insert into account (person, created_at) values (?, ?) on conflict (person) do nothing returning id
                        """)
                .params(person, Timestamp.from(clock.instant()))
                .query(Long.class)
                .optional();
        fresh.ifPresent(id -> audit.record(Reader.VISITOR, 0, "account.opened", "account", id, null, Map.of()));
        return fresh.orElseGet(() -> jdbc.sql("select id, disabled_at, disabled_reason from account where person = ?")
                .param(person)
                .query((r, n) -> {
                    if (r.getTimestamp("disabled_at") != null) {
                        throw ClosedAccount.refusal("code", r.getString("disabled_reason"));
                    }
                    return r.getLong("id");
                })
                .single());
    }
}
