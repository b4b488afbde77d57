package org.hemei.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encrypts a sensitive column with SM4-GCM (GB/T 32907, a fresh nonce each time) and makes the keyed blind index
 * (HMAC-SM3) under which equal values are found without being read. Stored as: number of the key, nonce (12), text and tag. New
 * values take the newest key, old ones are read with theirs; a key that another copy of the process made is fetched when it is met.
 */
@Component
public class FieldCipher {

    private static final int FIRST = 1;
    private static final int MOST = 255;
    private static final int KEY_BYTES = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** @param keys by number; @param newest the number under which is written */
    private record Ring(@Nullable KeyParameter[] keys, int newest) {}

    private final SecureRandom random = new SecureRandom();
    private final Keys files;
    private final KeyParameter indexKey;
    private volatile Ring ring;

    FieldCipher(Keys keys) {
        this.files = keys;
        this.indexKey = new KeyParameter(keys.key("blind-index", 32));
        this.ring = read(keys);
    }

    private static Ring read(Keys files) {
        var keys = new @Nullable KeyParameter[MOST + 1];
        var newest = FIRST;
        keys[FIRST] = new KeyParameter(files.key(name(FIRST), KEY_BYTES));
        while (newest < MOST && files.exists(name(newest + 1))) {
            newest++;
            keys[newest] = new KeyParameter(files.key(name(newest), KEY_BYTES));
        }
        return new Ring(keys, newest);
    }

    private static String name(int number) {
        return number == FIRST ? "fields" : "fields-" + number;
    }

    /** The number of the key that new values are written with. */
    public int newest() {
        return ring.newest;
    }

    /** Makes the key with this number, unless it is there, and writes with it from now on. */
    synchronized void turn(int number) {
        if (number > MOST) {
            throw new IllegalStateException("the keys of this installation were turned " + MOST + " times");
        }
        files.key(name(number), KEY_BYTES);
        ring = read(files);
    }

    /** Looks whether another copy of the process made a new key. */
    void look() {
        if (files.exists(name(Math.min(ring.newest + 1, MOST)))) {
            ring = read(files);
        }
    }

    public byte[] encrypt(String clear) {
        var now = ring;
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var out = new byte[1 + NONCE];
        out[0] = (byte) now.newest;
        System.arraycopy(nonce, 0, out, 1, NONCE);
        var text = run(true, key(now.newest), nonce, clear.getBytes(StandardCharsets.UTF_8));
        var whole = Arrays.copyOf(out, out.length + text.length);
        System.arraycopy(text, 0, whole, out.length, text.length);
        return whole;
    }

    /** @throws IllegalStateException when the stored bytes were altered or their key is not here */
    public String decrypt(byte[] stored) {
        if (stored.length <= 1 + NONCE) {
            throw new IllegalStateException("not an encrypted column");
        }
        var nonce = Arrays.copyOfRange(stored, 1, 1 + NONCE);
        return new String(
                run(false, key(number(stored)), nonce, Arrays.copyOfRange(stored, 1 + NONCE, stored.length)),
                StandardCharsets.UTF_8);
    }

    /** Which key a stored value was written with. */
    static int number(byte[] stored) {
        return Byte.toUnsignedInt(stored[0]);
    }

    private KeyParameter key(int number) {
        var known = ring.keys[number];
        if (known == null) {
            // made by another copy since we looked
            look();
            known = ring.keys[number];
        }
        if (known == null) {
            throw new IllegalStateException("key " + number + " of the encrypted columns is not here");
        }
        return known;
    }

    /** Equal values give equal bytes; without the key nobody can try values against it. */
    public byte[] blindIndex(String clear) {
        return index(mac(), clear);
    }

    /** The same of many, in their order, in less time than one by one. */
    public List<byte[]> blindIndexes(Collection<String> clear) {
        var mac = mac();
        return clear.stream().map(one -> index(mac, one)).toList();
    }

    private HMac mac() {
        var mac = new HMac(new SM3Digest());
        mac.init(indexKey);
        return mac;
    }

    /** Leaves the mac as it was. */
    private static byte[] index(HMac mac, String clear) {
        var bytes = clear.getBytes(StandardCharsets.UTF_8);
        mac.update(bytes, 0, bytes.length);
        var out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return out;
    }

    private static byte[] run(boolean encrypt, KeyParameter key, byte[] nonce, byte[] in) {
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
