package org.hemei.platform.notice;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 每日一封: at eight in the morning one letter with everything since the last one, for those who asked for it. Whenever the
 * application was down at eight, it is made up for on start; what came after eight waits for the next day.
 */
@Configuration(proxyBeanMethods = false)
class MailDigest {

    static final LocalTime HOUR = LocalTime.of(8, 0);

    private static final int LINES = 100;

    private record Item(String line, String link) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Mails mails;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final String address;

    MailDigest(
            JdbcClient jdbc,
            FieldCipher cipher,
            Mails mails,
            TransactionTemplate transaction,
            InstantSource clock,
            @Value("${hemei.address}") String address) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.mails = mails;
        this.transaction = transaction;
        this.clock = clock;
        this.address = address;
    }

    @Bean
    Task<Void> mailDigestTask() {
        return Tasks.recurring("mail-digest", FixedDelay.ofMinutes(5)).execute((task, context) -> run());
    }

    /** One letter for each account that has something from before the last eight o'clock. */
    void run() {
        var now = clock.instant();
        var today = CivilTime.at(CivilTime.date(now), HOUR);
        var until = now.isBefore(today) ? CivilTime.at(CivilTime.date(now).minusDays(1), HOUR) : today;
        jdbc.sql("select distinct account from mail_digest_item where at < ?")
                .param(Timestamp.from(until))
                .query(Long.class)
                .list()
                .forEach(account -> transaction.executeWithoutResult(status -> letter(account, until)));
    }

    /** Items go and the letter comes in one transaction; another copy of the process waits and finds nothing left. */
    private void letter(long account, Instant until) {
        var address = jdbc.sql("select address_cipher from mail_address where account = ? for update")
                .param(account)
                .query((r, n) -> r.getBytes(1))
                .optional();
        var items = jdbc.sql("""
                        with gone as (delete from mail_digest_item where account = ? and at < ? returning at, id, line_cipher, link)
                        select line_cipher, link from gone order by at, id
                        """)
                .params(account, Timestamp.from(until))
                .query((r, n) -> new Item(cipher.decrypt(r.getBytes(1)), r.getString(2)))
                .list();
        if (items.isEmpty() || address.isEmpty()) {
            return;
        }
        mails.write(
                0,
                account,
                NoticeKinds.DIGEST,
                cipher.decrypt(address.get()),
                false,
                "和美：" + items.size() + " 条新消息",
                text(items),
                "/notices",
                null);
    }

    private String text(List<Item> items) {
        var text = new StringBuilder("从上一封信到现在，您有 " + items.size() + " 条新消息。\n");
        items.stream()
                .limit(LINES)
                .forEach(item -> text.append("\n· ")
                        .append(item.line.replace("\n", "\n  "))
                        .append("\n  ")
                        .append(address)
                        .append(item.link)
                        .append('\n'));
        if (items.size() > LINES) {
            text.append("\n还有 ").append(items.size() - LINES).append(" 条，请到“消息”里看。\n");
        }
        return text.toString().strip();
    }
}
