package org.hemei.registry;

import java.util.regex.Pattern;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Persons: one for each phone number, whether they are appointed, given an account or sign in by their phone. A name is looked at only to
 * tell two people from each other.
 */
@Component
public class Persons {

    private static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern NAME = Pattern.compile("\\p{IsHan}[\\p{IsHan}·]{1,19}|[\\p{L} .'-]{2,40}");

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    Persons(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    private record Found(long id, byte[] name, String masked) {}

    /**
     * Who has this name and phone.
     *
     * @return 0 when nobody has the phone yet
     * @throws Refusal when something is missing, or when somebody of another name has the phone
     */
    public long known(String name, String phone) {
        var reasons = new java.util.ArrayList<Reason>();
        if (!NAME.matcher(name.strip()).matches()) {
            reasons.add(new Reason("name", "请填真实姓名，2 到 20 个字。"));
        }
        if (!PHONE.matcher(digits(phone)).matches()) {
            reasons.add(new Reason("phone", "请填 1 开头的 11 位手机号。认人靠它。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var found = jdbc.sql("select id, name_cipher as name, masked_name as masked from person where phone_index = ?")
                .param(cipher.blindIndex(digits(phone)))
                .query(Found.class)
                .optional()
                .orElse(null);
        if (found == null) {
            return 0;
        }
        var registered = cipher.decrypt(found.name);
        if (!registered.equals(name.strip()) && !unnamed(registered)) {
            throw Refusal.of("phone", "这个手机号登记的是另一个人（" + found.masked + "）。请核对号码和姓名。");
        }
        return found.id;
    }

    /** Who signed in by phone only is known by the end of the number until somebody learns the name. */
    private static boolean unnamed(String registered) {
        return registered.startsWith("尾号");
    }

    /** The person with this phone; 0 for none. */
    public long byPhone(String phone) {
        return jdbc.sql("select id from person where phone_index = ?")
                .param(cipher.blindIndex(digits(phone)))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public long register(String name, String phone) {
        var number = digits(phone);
        return jdbc.sql("""
                        insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, ?, ?, ?) returning id
                        """)
                .params(
                        cipher.encrypt(name.strip()),
                        masked(name.strip()),
                        cipher.encrypt(number),
                        cipher.blindIndex(number))
                .query(Long.class)
                .single();
    }

    /** The name of somebody who was known by the end of their number only. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void named(long person, String name) {
        jdbc.sql("update person set name_cipher = ?, masked_name = ? where id = ? and masked_name like '尾号%'")
                .params(cipher.encrypt(name.strip()), masked(name.strip()), person)
                .update();
    }

    public static String digits(String phone) {
        var digits = phone.replaceAll("\\D", "");
        return digits.length() == 13 && digits.startsWith("86") ? digits.substring(2) : digits;
    }

    public static String masked(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
