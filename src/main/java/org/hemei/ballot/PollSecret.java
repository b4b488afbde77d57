package org.hemei.ballot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is done with the key of one poll, a file beside the installation's other keys and not in the database. It closes the
 * box: ballots and settled sheets lie under it (AES-256-GCM), and the marks of spent tokens, of receipts and of readings are keyed
 * with it (HMAC-SHA-256). When the poll was counted the file is deleted, and what earlier copies of the database hold is noise.
 */
final class PollSecret {

    /** What the key does not open: it was altered, or written under another key. */
    static final class Altered extends IllegalStateException {
        Altered(String words, Throwable cause) {
            super(words, cause);
        }
    }

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey box;
    private final SecretKey token;
    private final SecretKey receipt;
    private final SecretKey reading;

    /** @param key 32 bytes */
    PollSecret(byte[] key) {
        this.box = derive(key, "box", "AES");
        this.token = derive(key, "mark", "HmacSHA256");
        this.receipt = derive(key, "receipt", "HmacSHA256");
        this.reading = derive(key, "reading", "HmacSHA256");
    }

    private static SecretKey derive(byte[] key, String what, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .thenExpand(("hemei-ballot " + what).getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mark under which a token is known as spent; without the key nobody can try tokens or ballots against it. */
    byte[] mark(byte[] message) {
        return mark(token, message);
    }

    /** The mark of a receipt that lies in the box; whoever has the receipt and not the key cannot look for it. */
    byte[] receiptMark(byte[] commitment) {
        return mark(receipt, commitment);
    }

    /** The mark of a reading of a sheet: equal for equal answers to the same sheet, and it tells them to nobody. */
    byte[] readingMark(String serial, String answers) {
        return mark(reading, (serial + "|" + answers).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mark(SecretKey key, byte[] what) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(what);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param place what it belongs to; opening it elsewhere fails */
    byte[] seal(byte[] clear, byte[] place) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var text = run(Cipher.ENCRYPT_MODE, nonce, clear, place);
        return ByteBuffer.allocate(NONCE + text.length).put(nonce).put(text).array();
    }

    /** @throws Altered when this is not what was sealed there */
    byte[] open(byte[] sealed, byte[] place) {
        if (sealed.length < NONCE) {
            throw new Altered(
                    "something in the ballot box is too short to have been sealed", new java.io.EOFException());
        }
        var nonce = java.util.Arrays.copyOf(sealed, NONCE);
        return run(Cipher.DECRYPT_MODE, nonce, java.util.Arrays.copyOfRange(sealed, NONCE, sealed.length), place);
    }

    private byte[] run(int mode, byte[] nonce, byte[] in, byte[] place) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, box, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new Altered("something in the ballot box was altered, or the poll's key is another one", e);
        }
    }
}
