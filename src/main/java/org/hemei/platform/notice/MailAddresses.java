package org.hemei.platform.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The e-mail address of an account: of one's own will, encrypted, and good only after a code sent to it came back. */
@Component
public class MailAddresses {

    /** @param address in force, masked; null when there is none @param asked the one that waits for its code, masked */
    public record Own(@Nullable String address, @Nullable String asked, boolean digest) {}

    static final Duration VALID = Duration.ofMinutes(30);
    static final int TRIES = 5;
    static final int CODES_A_DAY = 5;

    /** It must be told: nobody can switch off the answer to what they just asked. */
    static final NoticeKinds.Topic CODE = new NoticeKinds.Topic("code", "验证码", "", true, true);

    private static final Pattern FORM = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,20}");
    private static final int CODES = 1_000_000;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Mails mails;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    MailAddresses(JdbcClient jdbc, FieldCipher cipher, Mails mails, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.mails = mails;
        this.audit = audit;
        this.clock = clock;
    }

    public Own of(long account) {
        var now = Timestamp.from(clock.instant());
        return jdbc.sql(
                        "select address_cipher, case when code_until > ? then asked_cipher end, digest from mail_address where account = ?")
                .params(now, account)
                .query((r, n) -> new Own(masked(r.getBytes(1)), masked(r.getBytes(2)), r.getBoolean(3)))
                .optional()
                .orElse(new Own(null, null, false));
    }

    private @Nullable String masked(byte @Nullable [] stored) {
        return stored == null ? null : mask(cipher.decrypt(stored));
    }

    /** w***@example.org */
    static String mask(String address) {
        var at = address.indexOf('@');
        return address.substring(0, Math.min(1, at)) + "***" + address.substring(at);
    }

    /** Sends a code to a new address. The one in force stays until the code comes back. */
    @Transactional
    public void ask(Reader reader, String address) {
        if (!mails.works()) {
            throw Refusal.of("address", "这里还没有接上邮件，先用消息和短信。");
        }
        if (!FORM.matcher(address).matches() || address.contains("..")) {
            throw Refusal.of("address", "邮箱的样子不对，请像 name@example.com 这样填。");
        }
        var today = CivilTime.date(clock.instant());
        jdbc.sql("insert into mail_address (account) values (?) on conflict do nothing")
                .param(reader.account())
                .update();
        var sent = jdbc.sql(
                        "select case when codes_on = ? then codes else 0 end from mail_address where account = ? for update")
                .params(today, reader.account())
                .query(Integer.class)
                .single();
        if (sent >= CODES_A_DAY) {
            throw Refusal.of("address", "今天发过 " + CODES_A_DAY + " 次验证码了。请明天再来。");
        }
        send(reader, address, today, sent + 1);
    }

    private void send(Reader reader, String address, LocalDate today, int count) {
        var code = String.format("%06d", random.nextInt(CODES));
        jdbc.sql("""
                        update mail_address
                        set asked_cipher = :asked, code_hash = :hash, code_until = :until, code_tries = 0, codes_on = :day, codes = :codes
                        where account = :account
                        """)
                .param("asked", cipher.encrypt(address))
                .param("hash", hash(reader.account(), code))
                .param("until", Timestamp.from(clock.instant().plus(VALID)))
                .param("day", today)
                .param("codes", count)
                .param("account", reader.account())
                .update();
        mails.write(
                0,
                reader.account(),
                CODE,
                address,
                true,
                "和美：邮箱验证码",
                "验证码 " + code + "，30 分钟内有效。请回到刚才的页面填上。\n不是您本人填的，不用理会。",
                "",
                VALID);
    }

    /**
     * Puts the address in force when the code is right. A wrong one uses up a try, so nothing is thrown that would take it back.
     *
     * @return whether it was right
     */
    @Transactional
    public boolean confirm(Reader reader, String code) {
        var now = Timestamp.from(clock.instant());
        var kept = jdbc.sql("""
                        update mail_address set code_tries = code_tries + 1
                        where account = ? and code_until > ? and code_tries < ? and code_hash is not null returning code_hash
                        """)
                .params(reader.account(), now, TRIES)
                .query(String.class)
                .optional();
        if (kept.isEmpty() || !same(kept.get(), hash(reader.account(), code))) {
            return false;
        }
        jdbc.sql("""
                        update mail_address set address_cipher = asked_cipher, confirmed_at = ?, asked_cipher = null, code_hash = null,
                                                code_until = null
                        where account = ?
                        """).params(now, reader.account()).update();
        audit.record(reader, 0, "mail_address.confirmed", "account", reader.account(), null, Map.of());
        return true;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(long account, String code) {
        return HexFormat.of().formatHex(cipher.blindIndex("mail-code:" + account + ":" + code));
    }

    /** Takes the address away, and what waits to be sent to it. */
    @Transactional
    public void remove(Reader reader) {
        forget(reader.account());
        audit.record(reader, 0, "mail_address.removed", "account", reader.account(), null, Map.of());
    }

    /** Everything that is held of an account's mail. */
    @Transactional
    public void forget(long account) {
        for (var table : new String[] {"mail_digest_item", "mail_message", "mail_address"}) {
            jdbc.sql("delete from " + table + " where account = ?")
                    .param(account)
                    .update();
        }
    }

    /** For the owner alone: in full. */
    public Optional<String> clear(long account) {
        return jdbc.sql("select address_cipher from mail_address where account = ? and address_cipher is not null")
                .param(account)
                .query((r, n) -> cipher.decrypt(r.getBytes(1)))
                .optional();
    }
}
