package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens an account with a password, for the first administrator and for whoever an administrator adds. */
@Component
class StaffAccounts {

    private static final Pattern USERNAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{2,39}");
    private static final Pattern NAME = Pattern.compile("\\p{IsHan}[\\p{IsHan}·]{1,19}|[\\p{L} .'-]{2,40}");

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final InstantSource clock;

    StaffAccounts(JdbcClient jdbc, FieldCipher cipher, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Everything that is wrong with what was typed; called before the password is hashed, which costs time. */
    static void check(String name, String username, String password) {
        List<Reason> reasons = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            reasons.add(new Reason("name", "请填真实姓名，2 到 20 个字。别人看到的是“王**”。"));
        }
        if (!USERNAME.matcher(username).matches()) {
            reasons.add(new Reason("username", "账号用 3 到 40 个字母、数字、点或横线，字母开头。"));
        }
        PasswordRule.reasons(password, username).forEach(words -> reasons.add(new Reason("password", words)));
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    /** @return the account; its holder is asked for a new password first, when somebody else chose this one */
    @Transactional(propagation = Propagation.MANDATORY)
    public long open(String name, String username, String hash, boolean mustChange) {
        var person = jdbc.sql("insert into person (name_cipher, masked_name) values (?, ?) returning id")
                .params(cipher.encrypt(name), masked(name))
                .query(Long.class)
                .single();
        try {
            return jdbc.sql("""
                            insert into account (person, username, password_hash, must_change_password, created_at)
                            values (?, ?, ?, ?, ?) returning id
                            """)
                    .params(person, username, hash, mustChange, Timestamp.from(clock.instant()))
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Refusal.of("username", "这个账号名有人用了。请换一个。");
        }
    }

    /** 王** whatever the name's length, so that the length gives nothing away. */
    static String masked(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
