package org.hemei.platform.notice;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        Map<String, SmsGateway.Message> words = new HashMap<>();
        var byId = messages.stream().collect(Collectors.toMap(Claimed::id, Function.identity()));
        jdbc.sql("select id, to_cipher, body_cipher from sms_message where id = any(:ids)")
                .param("ids", messages.stream().map(one -> parts(one.id())[0]).toArray(Long[]::new))
                .query(r -> {
                    var one = Objects.requireNonNull(byId.get(String.valueOf(r.getLong(1))));
                    words.put(
                            one.id(),
                            new SmsGateway.Message(
                                    "hemei-" + one.id() + "-" + one.createdAt().getEpochSecond(),
                                    cipher.decrypt(r.getBytes(2)),
                                    cipher.decrypt(r.getBytes(3))));
                });
        return messages.stream()
                .map(one -> {
                    var message = Objects.requireNonNull(words.get(one.id()));
                    return new Ready(one, message.phone(), () -> gateway.deliver(message));
                })
                .toList();
    }
}
