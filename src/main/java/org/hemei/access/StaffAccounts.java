package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens an account with a password, for the first administrator and for whoever an administrator adds. One person has one account: who is
 * added is found by phone, so that whoever appoints, signs in or is looked at by security is the same person everywhere.
 */
@Component
class StaffAccounts {

    private static final Pattern USERNAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{2,39}");
    private static final Pattern NAME = Pattern.compile("\\p{IsHan}[\\p{IsHan}·]{1,19}|[\\p{L} .'-]{2,40}");

    private record Held(long id, @Nullable String username, boolean closed) {}

    private final JdbcClient jdbc;
    private final Persons persons;
    private final FieldCipher cipher;
    private final InstantSource clock;

    StaffAccounts(JdbcClient jdbc, Persons persons, FieldCipher cipher, InstantSource clock) {
        this.jdbc = jdbc;
        this.persons = persons;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Everything that is wrong with what was typed; called before the password is hashed, which costs time. */
    static void check(String name, String username, String password) {
        refuse(reasons(name, username, password));
    }

    static void check(String name, String phone, String username, String password) {
        var reasons = reasons(name, username, password);
        try {
            Phone.parse(phone);
        } catch (Refusal refusal) {
            reasons.addAll(Math.min(1, reasons.size()), refusal.reasons());
        }
        refuse(reasons);
    }

    private static void refuse(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private static List<Reason> reasons(String name, String username, String password) {
        List<Reason> reasons = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            reasons.add(new Reason("name", "请填真实姓名，2 到 20 个字。别人看到的是“王**”。"));
        }
        if (!USERNAME.matcher(username).matches()) {
            reasons.add(new Reason("username", "账号用 3 到 40 个字母、数字、点或横线，字母开头。"));
        }
        PasswordRule.reasons(password, username).forEach(words -> reasons.add(new Reason("password", words)));
        return reasons;
    }

    /** Whether its holder signs in by phone alone, though it has a name. */
    boolean byPhone(long account) {
        return jdbc.sql("select password_hash = ? from account where id = ?")
                .params(StaffSignIn.NOBODYS_HASH, account)
                .query(Boolean.class)
                .single();
    }

    /** One of the first three, who hold no other duty: of them only the name is asked. Their own password stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public long open(String name, String username, String hash) {
        var person = jdbc.sql("insert into person (name_cipher, masked_name) values (?, ?) returning id")
                .params(cipher.encrypt(name), masked(name))
                .query(Long.class)
                .single();
        return insert(person, username, hash, false);
    }

    /**
     * Whoever signs in by that phone already keeps that account and that way in: a password that an administrator chose would open what is
     * theirs as a resident.
     *
     * @return the account; its holder is asked for a password of their own first
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long open(String name, String phone, String username, String hash) {
        var person = persons.known(name, phone);
        if (person == 0) {
            return insert(persons.register(name, phone), username, hash, true);
        }
        persons.named(person, name);
        var held = jdbc.sql("select id, username, disabled_at is not null as closed from account where person = ?")
                .param(person)
                .query(Held.class)
                .optional();
        if (held.isEmpty()) {
            return insert(person, username, hash, true);
        }
        var account = held.get();
        if (account.username != null || account.closed) {
            throw Refusal.of(
                    "phone",
                    account.closed
                            ? "这个手机号的账号停用了。一个人只用一个账号，请安全管理员先恢复它。"
                            : "这个手机号已经有账号“" + account.username + "”了。一个人只用一个账号，请给它分职责。");
        }
        try {
            jdbc.sql("update account set username = ?, password_hash = ? where id = ?")
                    .params(username, StaffSignIn.NOBODYS_HASH, account.id)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw taken(username);
        }
        return account.id;
    }

    private long insert(long person, String username, String hash, boolean mustChange) {
        try {
            return jdbc.sql("""
                            insert into account (person, username, password_hash, must_change_password, created_at)
                            values (?, ?, ?, ?, ?) returning id
                            """)
                    .params(person, username, hash, mustChange, Timestamp.from(clock.instant()))
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw taken(username);
        }
    }

    private static Refusal taken(String username) {
        return Refusal.of("username", "账号名“" + username + "”有人用了。请换一个。");
    }

    /** 王** whatever the name's length, so that the length gives nothing away. */
    static String masked(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
