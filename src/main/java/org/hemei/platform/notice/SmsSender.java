package org.hemei.platform.notice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** A provider takes several at once; each holds a connection to the database for a moment. */
    @Override
    int lanes() {
        return 6;
    }

    @Override
    List<Ready> ready(List<Claimed> messages) {
        Map<String, Stored> stored = new HashMap<>();
        jdbc.sql("select id, to_cipher, body_cipher from sms_message where id = any(:ids)")
                .param("ids", messages.stream().map(one -> parts(one.id())[0]).toArray(Long[]::new))
                .query(r -> {
                    stored.put(String.valueOf(r.getLong(1)), new Stored(r.getBytes(2), r.getBytes(3)));
                });
        return messages.stream()
                .filter(one -> stored.containsKey(one.id()))
                .map(one -> ready(one, Objects.requireNonNull(stored.get(one.id()))))
                .toList();
    }

    /** One that cannot be read, because its key is gone, holds up no other. */
    private Ready ready(Claimed one, Stored stored) {
        String phone;
        try {
            phone = cipher.decrypt(stored.to);
        } catch (RuntimeException e) {
            return new Ready(one, one.id(), () -> {
                throw new Undelivered("cannot be decrypted", false);
            });
        }
        return new Ready(one, phone, () -> {
            String words;
            try {
                words = cipher.decrypt(stored.body);
            } catch (RuntimeException e) {
                throw new Undelivered("cannot be decrypted", false);
            }
            gateway.deliver(new SmsGateway.Message(
                    "hemei-" + one.id() + "-" + one.createdAt().getEpochSecond(), phone, words));
        });
    }

    private record Stored(byte[] to, byte[] body) {}
}
