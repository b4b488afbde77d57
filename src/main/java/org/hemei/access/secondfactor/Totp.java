package org.hemei.access.secondfactor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** One-time codes by the clock: RFC 6238 with the values every authenticator knows, SHA-1, six digits, thirty seconds. */
public final class Totp {

    static final int SECONDS = 30;

    /** Clocks of phones are a little wrong: the step before and the one after are taken too. */
    static final int DRIFT = 1;

    private static final int DIGITS = 1_000_000;
    private static final int SECRET_BYTES = 20;

    private Totp() {}

    /** 160 bits (RFC 4226), as the 32 letters and digits that people can type. */
    static String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base32.toBase32String(bytes);
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    public static String code(String secret, Instant at) {
        return code(secret, step(at));
    }

    static String code(String secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base32.decode(secret), "RAW"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var from = hash[hash.length - 1] & 0xf;
            var number = ByteBuffer.wrap(hash).getInt(from) & Integer.MAX_VALUE;
            return "%06d".formatted(number % DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /**
     * @param newest the newest step that was ever taken: that one and those before it are not taken again
     * @return the step the code belongs to; empty when it is wrong, too old, or was used
     */
    static OptionalLong taken(String secret, String code, Instant now, long newest) {
        var typed = code.getBytes(StandardCharsets.US_ASCII);
        var current = step(now);
        var found = OptionalLong.empty();
        for (var step = current - DRIFT; step <= current + DRIFT; step++) {
            var right = MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.US_ASCII), typed);
            if (right && step > newest) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** What the picture says to an authenticator. */
    static String address(String secret, String username) {
        return "otpauth://totp/Hemei:" + URLEncoder.encode(username, StandardCharsets.UTF_8) + "?secret=" + secret
                + "&issuer=Hemei";
    }
}
