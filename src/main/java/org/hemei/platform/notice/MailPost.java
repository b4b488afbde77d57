package org.hemei.platform.notice;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sends the letters that wait, each with the way to no longer get its sort. */
@Component
class MailPost extends Outbox {

    static final Duration TOO_OLD = Duration.ofDays(3);

    private final FieldCipher cipher;
    private final MailGateway gateway;
    private final Unsubscribe unsubscribe;
    private final String address;

    MailPost(
            JdbcClient jdbc,
            FieldCipher cipher,
            MailGateway gateway,
            Unsubscribe unsubscribe,
            QuietHours quiet,
            InstantSource clock,
            @Value("${hemei.address}") String address) {
        super(jdbc, clock, quiet, Channel.MAIL, "mail_message", "district, id", TOO_OLD);
        this.cipher = cipher;
        this.gateway = gateway;
        this.unsubscribe = unsubscribe;
        this.address = address;
    }

    private record Row(
            long account, String topic, boolean mayStop, String to, String subject, String body, String link) {}

    private record Stored(
            long account, String topic, boolean mayStop, byte[] to, byte[] subject, byte[] body, String link) {}

    @Override
    List<Ready> ready(List<Claimed> messages) {
        return messages.stream()
                .map(one -> new Ready(one, "", () -> deliver(one)))
                .toList();
    }

    private void deliver(Claimed message) throws Undelivered {
        var stored = jdbc.sql(
                        "select coalesce(account, 0), topic, may_stop, to_cipher, subject_cipher, body_cipher, link "
                                + "from mail_message where " + where())
                .param("id", parts(message.id()))
                .query((r, n) -> new Stored(
                        r.getLong(1),
                        r.getString(2),
                        r.getBoolean(3),
                        r.getBytes(4),
                        r.getBytes(5),
                        r.getBytes(6),
                        r.getString(7)))
                .single();
        var row = opened(stored);
        var stop = row.mayStop ? address + "/unsubscribe/" + unsubscribe.token(row.account, row.topic) : null;
        var id = "hemei-" + message.id() + "-" + message.createdAt().getEpochSecond() + "@"
                + URI.create(address).getHost();
        gateway.deliver(new MailGateway.Letter(id, row.to, row.subject, text(row, stop), stop));
    }

    /** One that cannot be read, because its key is gone, holds up no other. */
    private Row opened(Stored stored) throws Undelivered {
        try {
            return new Row(
                    stored.account,
                    stored.topic,
                    stored.mayStop,
                    cipher.decrypt(stored.to),
                    cipher.decrypt(stored.subject),
                    cipher.decrypt(stored.body),
                    stored.link);
        } catch (RuntimeException e) {
            throw new Undelivered("cannot be decrypted", false);
        }
    }

    private String text(Row row, @org.jspecify.annotations.Nullable String stop) {
        var text = new StringBuilder(row.body);
        if (!row.link.isEmpty()) {
            text.append("\n\n打开看看：").append(address).append(row.link);
        }
        text.append("\n\n--\n这封信由和美自动发出，不用回复。");
        if (stop != null) {
            text.append("\n不想再收到这一类邮件：").append(stop);
        }
        if (row.account != 0) {
            text.append("\n怎么告诉您，都在这里改：").append(address).append("/me/notices");
        }
        return text.toString();
    }
}
