package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.InstantSource;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Text messages. Written down, encrypted, with the change that causes them; sent soon after commit, or never if it fails. */
@Component
public class Sms {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final InstantSource clock;

    Sms(JdbcClient jdbc, FieldCipher cipher, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String phone, String words) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("insert into sms_message (to_cipher, body_cipher, next_try_at, created_at) values (?, ?, ?, ?)")
                .params(cipher.encrypt(phone), cipher.encrypt(words), now, now)
                .update();
    }
}
