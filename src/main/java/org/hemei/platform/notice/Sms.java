package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.hemei.platform.Ids;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Text messages. Written down, encrypted, with the change that causes them; sent soon after commit, or never if it fails. */
@Component
public class Sms {

    private final JdbcClient jdbc;
    private final Ids ids;
    private final FieldCipher cipher;
    private final InstantSource clock;

    Sms(JdbcClient jdbc, Ids ids, FieldCipher cipher, InstantSource clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Goes out in the hours in which people may be disturbed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String phone, String words) {
        write(phone, words, false, null);
    }

    /** Goes out at once, at night as well. @param useful how long it is of any use, such as a code; null as long as any message */
    @Transactional(propagation = Propagation.MANDATORY)
    public void urgent(String phone, String words, @Nullable Duration useful) {
        write(phone, words, true, useful);
    }

    private void write(String phone, String words, boolean urgent, @Nullable Duration useful) {
        var now = clock.instant();
        jdbc.sql("""
                        insert into sms_message (id, to_cipher, body_cipher, urgent, expires_at, next_try_at, created_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(ids.next("sms_seq"))
                .param(cipher.encrypt(phone))
                .param(cipher.encrypt(words))
                .param(urgent)
                .param(useful == null ? null : Timestamp.from(now.plus(useful)))
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .update();
    }
}
