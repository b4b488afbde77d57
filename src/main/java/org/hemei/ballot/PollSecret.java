package org.hemei.ballot;

import java.nio.ByteBuffer;
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
 * box: ballots that arrive lie under it (AES-256-GCM), and the mark of a spent token is keyed with it (HMAC-SHA-256). When the
 * poll was counted the file is deleted, and what earlier copies of the database hold of the box is noise.
 */
final class PollSecret {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey box;
    private final SecretKey mark;

    /** @param key 32 bytes */
    PollSecret(byte[] key) {
        this.box = derive(key, "box", "AES");
        this.mark = derive(key, "mark", "HmacSHA256");
    }

    private static SecretKey derive(byte[] key, String what, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .thenExpand(
                                            ("hemei-ballot " + what).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                            32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mark under which a token is known as spent; without the key nobody can try tokens or ballots against it. */
    byte[] mark(byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(mark.getEncoded(), "HmacSHA256"));
            return mac.doFinal(message);
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

    byte[] open(byte[] sealed, byte[] place) {
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
            throw new IllegalStateException(
                    "something in the ballot box was altered, or the poll's key is another one", e);
        }
    }
}
