package org.hemei.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.springframework.stereotype.Component;

/**
 * Encrypts a sensitive column with SM4-GCM (GB/T 32907, a fresh nonce each time) and makes the keyed blind index
 * (HMAC-SM3) under which equal values are found without being read. Stored as: version, nonce (12), text and tag.
 */
@Component
public class FieldCipher {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final KeyParameter key;
    private final KeyParameter indexKey;

    FieldCipher(Keys keys) {
        this.key = new KeyParameter(keys.key("fields", 16));
        this.indexKey = new KeyParameter(keys.key("blind-index", 32));
    }

    public byte[] encrypt(String clear) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var out = new byte[1 + NONCE];
        out[0] = VERSION;
        System.arraycopy(nonce, 0, out, 1, NONCE);
        var text = run(true, nonce, clear.getBytes(StandardCharsets.UTF_8));
        var whole = Arrays.copyOf(out, out.length + text.length);
        System.arraycopy(text, 0, whole, out.length, text.length);
        return whole;
    }

    /** @throws IllegalStateException when the stored bytes were altered or belong to another key */
    public String decrypt(byte[] stored) {
        if (stored.length <= 1 + NONCE || stored[0] != VERSION) {
            throw new IllegalStateException("not an encrypted column of this version");
        }
        var nonce = Arrays.copyOfRange(stored, 1, 1 + NONCE);
        return new String(
                run(false, nonce, Arrays.copyOfRange(stored, 1 + NONCE, stored.length)), StandardCharsets.UTF_8);
    }

    /** Equal values give equal bytes; without the key nobody can try values against it. */
    public byte[] blindIndex(String clear) {
        var mac = new HMac(new SM3Digest());
        mac.init(indexKey);
        var bytes = clear.getBytes(StandardCharsets.UTF_8);
        mac.update(bytes, 0, bytes.length);
        var out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return out;
    }

    private byte[] run(boolean encrypt, byte[] nonce, byte[] in) {
        try {
            var cipher = GCMBlockCipher.newInstance(new SM4Engine());
            cipher.init(encrypt, new AEADParameters(key, TAG_BITS, nonce));
            var out = new byte[cipher.getOutputSize(in.length)];
            var n = cipher.processBytes(in, 0, in.length, out, 0);
            cipher.doFinal(out, n);
            return out;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("an encrypted column was altered, or its key is another one", e);
        }
    }
}
