package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The Merkle tree hash of RFC 6962, section 2.1, with SHA-256: leaves and nodes are hashed apart, so neither passes for the other. */
final class MerkleTree {

    private MerkleTree() {}

    /** Over the lines of a published list, in their order; the hash of nothing for an empty one. */
    static byte[] root(List<String> lines) {
        if (lines.isEmpty()) {
            return sha256(new byte[0]);
        }
        return node(lines, 0, lines.size());
    }

    private static byte[] node(List<String> lines, int from, int to) {
        if (to - from == 1) {
            return sha256(new byte[] {0}, lines.get(from).getBytes(StandardCharsets.UTF_8));
        }
        var split = Integer.highestOneBit(to - from - 1);
        return sha256(new byte[] {1}, node(lines, from, from + split), node(lines, from + split, to));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
