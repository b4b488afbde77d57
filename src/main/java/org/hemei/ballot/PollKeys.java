package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.hemei.platform.crypto.Keys;
import org.springframework.stereotype.Component;

/** The keys of polls: one file for each poll, and under it one RSA key for each of its estates. Both end with the count. */
@Component
class PollKeys {

    private static final int BYTES = 32;

    private final Keys keys;
    private final PollStore store;
    private final Boxes boxes;

    PollKeys(Keys keys, PollStore store, Boxes boxes) {
        this.keys = keys;
        this.store = store;
        this.boxes = boxes;
    }

    private static String name(long poll) {
        return "ballot-" + poll;
    }

    PollSecret secret(long poll) {
        return new PollSecret(keys.made(name(poll), BYTES));
    }

    /** Whether the poll's key file is there; without it nothing that was cast can be opened. */
    boolean known(long poll) {
        return keys.exists(name(poll));
    }

    /** Gives a key to a group that has none yet. */
    void make(Boxes.Group group, BlindRsa.Pair pair) {
        var secret = new PollSecret(keys.key(name(group.poll()), BYTES));
        boxes.key(group, pair.modulus(), secret.seal(pair.privateKey(), place("key", group)));
    }

    /** A new one each time. */
    BlindRsa.Pair pair() {
        return BlindRsa.make();
    }

    byte[] sign(Boxes.Group group, byte[] blinded) {
        var sealed = Objects.requireNonNull(group.keySealed(), "the key of a group that takes ballots");
        return BlindRsa.sign(secret(group.poll()).open(sealed, place("key", group)), blinded);
    }

    static byte[] place(String what, Boxes.Group group) {
        return (what + "|" + group.poll() + "|" + group.estate()).getBytes(StandardCharsets.UTF_8);
    }

    /** The caller knows that the end of the poll is committed: what is deleted here comes back with no rollback. */
    void forget(long poll) {
        keys.forget(name(poll));
        store.keysGone(poll);
    }
}
