package org.hemei.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.Sms;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One-time codes: six digits, five minutes, five attempts. The same happens whether a phone is known or not. Only a keyed
 * hash is kept, because a million codes are tried in no time.
 */
@Component
class PhoneCodes {

    static final Duration VALID = Duration.ofMinutes(5);
    static final int ATTEMPTS = 5;
    static final int PER_HOUR = 5;
    static final int PER_HOUR_AND_IP = 20;

    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int CODES = 1_000_000;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Sms sms;
    private final InstantSource clock;
    private final int perAddress; // an hour
    private final SecureRandom random = new SecureRandom();

    PhoneCodes(
            JdbcClient jdbc,
            FieldCipher cipher,
            Sms sms,
            InstantSource clock,
            @Value("${hemei.limits.codes-per-address:" + PER_HOUR_AND_IP + "}") int perAddress) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.sms = sms;
        this.clock = clock;
        this.perAddress = perAddress;
    }

    /** Sends a code. Requests for one phone wait for each other, so that the limits count every one. */
    @Transactional
    void send(Phone phone, String ip) {
        var now = clock.instant();
        var index = cipher.blindIndex(phone.number());
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 1))")
                .param(HexFormat.of().formatHex(index))
                .query((r, n) -> n)
                .single();
        refuseTooMany(index, ip, now);
        var code = String.format("%06d", random.nextInt(CODES));
        jdbc.sql("delete from sign_in_code where phone_index = ? and created_at < ?")
                .params(index, Timestamp.from(now.minus(KEPT)))
                .update();
        jdbc.sql(
                        "insert into sign_in_code (phone_index, code_hash, from_ip, created_at, expires_at) values (?, ?, ?, ?, ?)")
                .params(index, hash(index, code), ip, Timestamp.from(now), Timestamp.from(now.plus(VALID)))
                .update();
        sms.urgent(phone.number(), "【和美】登录验证码 " + code + "，5 分钟内有效。谁要都别给。", VALID);
    }

    private void refuseTooMany(byte[] index, String ip, Instant now) {
        record Sent(int lastMinute, int lastHour) {}
        var sent = jdbc.sql("""
                        select count(*) filter (where created_at > ?) as last_minute, count(*) as last_hour
                        from sign_in_code where phone_index = ? and created_at > ?
                        """)
                .params(Timestamp.from(now.minus(BETWEEN)), index, Timestamp.from(now.minus(Duration.ofHours(1))))
                .query(Sent.class)
                .single();
        if (sent.lastMinute > 0) {
            throw new SignInLimits.TooMany("一分钟里只能要一次验证码。请等一会儿再要。");
        }
        if (sent.lastHour >= PER_HOUR) {
            throw new SignInLimits.TooMany("这个手机号一小时里要过 5 次了。请晚点再试。");
        }
        var fromIp = jdbc.sql("select count(*) from sign_in_code where from_ip = ? and created_at > ?")
                .params(ip, Timestamp.from(now.minus(Duration.ofHours(1))))
                .query(Integer.class)
                .single();
        if (fromIp >= perAddress) {
            throw new SignInLimits.TooMany("从这里要验证码的次数太多了。请一小时后再试。");
        }
    }

    /** Uses up an attempt, and the code when it is right. Nothing is thrown, so that the attempt stays counted. */
    @Transactional
    boolean check(Phone phone, String typed) {
        var now = Timestamp.from(clock.instant());
        var index = cipher.blindIndex(phone.number());
        record Tried(long id, String codeHash) {}
        var tried =
                jdbc.sql("""
                        update sign_in_code set attempts = attempts + 1
                        where id = (select id from sign_in_code where phone_index = ? order by created_at desc, id desc limit 1)
                          and used_at is null and attempts < ? and expires_at > ?
                        returning id, code_hash
                        """).params(index, ATTEMPTS, now).query(Tried.class).optional();
        var given = hash(index, digits(typed)).getBytes(StandardCharsets.US_ASCII);
        if (tried.isEmpty()
                || !MessageDigest.isEqual(given, tried.get().codeHash().getBytes(StandardCharsets.US_ASCII))) {
            return false;
        }
        return jdbc.sql("update sign_in_code set used_at = ? where id = ? and used_at is null")
                        .params(now, tried.get().id())
                        .update()
                == 1;
    }

    static String digits(String typed) {
        var digits = new StringBuilder();
        typed.codePoints().filter(Character::isDigit).forEach(c -> digits.append(Character.getNumericValue(c)));
        if (digits.isEmpty() || digits.length() > 12) {
            throw Refusal.of("code", "请填短信里的 6 位数字。");
        }
        return digits.toString();
    }

    private String hash(byte[] phone, String code) {
        return HexFormat.of()
                .formatHex(cipher.blindIndex("sign-in-code:" + HexFormat.of().formatHex(phone) + ":" + code));
    }
}
