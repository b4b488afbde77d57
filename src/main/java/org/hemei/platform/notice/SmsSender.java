package org.hemei.platform.notice;

import java.time.Duration;
import java.time.InstantSource;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sends the text messages that wait. */
@Component
class SmsSender extends Outbox {

    /** Nobody is helped by the day before yesterday's news. */
    static final Duration TOO_OLD = Duration.ofHours(24);

    private final FieldCipher cipher;
    private final SmsGateway gateway;

    SmsSender(JdbcClient jdbc, FieldCipher cipher, SmsGateway gateway, QuietHours quiet, InstantSource clock) {
        super(jdbc, clock, quiet, Channel.SMS, "sms_message", "id", TOO_OLD);
        this.cipher = cipher;
        this.gateway = gateway;
    }

    @Override
    void deliver(Claimed message) throws Undelivered {
        var words = jdbc.sql("select to_cipher, body_cipher from sms_message where " + where())
                .param("id", parts(message.id()))
                .query((r, n) -> new SmsGateway.Message(
                        "hemei-" + message.id() + "-" + message.createdAt().getEpochSecond(),
                        cipher.decrypt(r.getBytes(1)),
                        cipher.decrypt(r.getBytes(2))))
                .single();
        gateway.deliver(words);
    }
}
