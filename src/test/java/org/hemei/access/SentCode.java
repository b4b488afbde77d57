package org.hemei.access;

import java.util.regex.Pattern;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What went out to a phone. */
final class SentCode {

    private static final Pattern SIX = Pattern.compile("\\d{6}");

    private SentCode() {}

    /** The newest code in the outgoing box for this phone. */
    static String newest(JdbcClient jdbc, FieldCipher cipher, String phone) {
        return jdbc
                .sql("select to_cipher, body_cipher from sms_message order by id desc")
                .query((r, n) -> cipher.decrypt(r.getBytes(1)).equals(phone) ? cipher.decrypt(r.getBytes(2)) : "")
                .list()
                .stream()
                .filter(words -> !words.isEmpty())
                .map(words ->
                        SIX.matcher(words).results().findFirst().orElseThrow().group())
                .findFirst()
                .orElseThrow();
    }
}
