package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.Ids;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.NoticeKinds.Topic;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * E-mail to people who gave an address and want it. Written down, encrypted, with the change that causes it; sent soon after
 * commit, or with everything else of the day in the letter of the next morning.
 */
@Component
public class Mails {

    /**
     * What to tell one account.
     *
     * @param urgent goes out at once, in quiet hours and beside the daily letter
     * @param link path of ours where the reader can see to it
     */
    public record News(
            long account, int district, Topic topic, boolean urgent, String title, String text, String link) {}

    private record Recipient(String address, boolean digest, Set<String> unwanted) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Ids ids;
    private final InstantSource clock;
    private final MailGateway gateway;

    Mails(JdbcClient jdbc, FieldCipher cipher, Ids ids, InstantSource clock, MailGateway gateway) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
        this.gateway = gateway;
    }

    /** Whether this installation sends e-mail at all. */
    public boolean works() {
        return gateway.works();
    }

    /** Tells those among them who can be told, in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(List<News> all) {
        var recipients = recipients(all.stream().map(News::account).distinct().toList());
        for (var news : all) {
            var recipient = recipients.get(news.account);
            if (recipient == null || !news.topic.must() && recipient.unwanted.contains(news.topic.code())) {
                continue;
            }
            if (recipient.digest && !news.urgent && !news.topic.must()) {
                collect(news);
            } else {
                write(
                        news.district,
                        news.account,
                        news.topic,
                        recipient.address,
                        news.urgent,
                        news.title,
                        news.text,
                        news.link,
                        null);
            }
        }
    }

    private Map<Long, Recipient> recipients(Collection<Long> accounts) {
        Map<Long, Recipient> recipients = new HashMap<>();
        jdbc.sql("""
                        select m.account, m.address_cipher, m.digest,
                               array(select c.topic from notice_choice c
                                     where c.account = m.account and c.channel = 'mail' and not c.wanted) as unwanted
                        from mail_address m join account a on a.id = m.account and a.disabled_at is null
                        where m.account = any(?) and m.confirmed_at is not null
                        """).param(accounts.toArray(Long[]::new)).query(r -> {
            recipients.put(
                    r.getLong("account"),
                    new Recipient(
                            cipher.decrypt(r.getBytes("address_cipher")), r.getBoolean("digest"), Set.of((String[])
                                    r.getArray("unwanted").getArray())));
        });
        return recipients;
    }

    private void collect(News news) {
        jdbc.sql("""
                        insert into mail_digest_item (district, id, account, at, line_cipher, link)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        news.district,
                        ids.next("mail_seq"),
                        news.account,
                        Timestamp.from(clock.instant()),
                        cipher.encrypt(news.title + "\n" + news.text),
                        news.link)
                .update();
    }

    /** @param useful until when it is of use; null as long as any letter */
    void write(
            int district,
            long account,
            Topic topic,
            String address,
            boolean urgent,
            String title,
            String text,
            String link,
            @Nullable Duration useful) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into mail_message (district, id, account, topic, may_stop, to_cipher, subject_cipher, body_cipher, link,
                                                  urgent, next_try_at, expires_at, created_at)
                        values (:district, :id, :account, :topic, :may_stop, :to, :subject, :body, :link, :urgent, :now, :until, :now)
                        """)
                .param("district", district)
                .param("id", ids.next("mail_seq"))
                .param("account", account)
                .param("topic", topic.code())
                .param("may_stop", !topic.must())
                .param("to", cipher.encrypt(address))
                .param("subject", cipher.encrypt(title))
                .param("body", cipher.encrypt(text))
                .param("link", link)
                .param("urgent", urgent)
                .param("now", Timestamp.from(now))
                .param("until", useful == null ? null : Timestamp.from(now.plus(useful)))
                .update();
    }
}
