package org.hemei.platform.seal;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The seal of one batch.
 *
 * @param previous the {@code mac} of the batch before; 32 zero bytes for the first
 * @param ids the entries, as PostgreSQL prints an int8multirange
 */
record Seal(
        long number,
        byte[] previous,
        String ids,
        int entries,
        byte[] content,
        byte[] digests,
        Instant sealedAt,
        byte[] mac) {

    static final byte[] NONE_BEFORE = new byte[32];

    static Seal read(ResultSet row, int n) throws SQLException {
        return new Seal(
                row.getLong("number"),
                row.getBytes("previous"),
                row.getString("ids"),
                row.getInt("entries"),
                row.getBytes("content"),
                row.getBytes("digests"),
                row.getTimestamp("sealed_at").toInstant(),
                row.getBytes("mac"));
    }

    /** What the seal says of itself, under the key: nobody who has only the database can make it say anything else. */
    byte[] expectedMac(KeyParameter key) {
        var mac = new HMac(new SM3Digest());
        mac.init(key);
        var words =
                number + "|" + ids + "|" + entries + "|" + sealedAt.getEpochSecond() + "." + sealedAt.getNano() + "|";
        for (var part : new byte[][] {words.getBytes(StandardCharsets.UTF_8), previous, content, digests}) {
            mac.update(part, 0, part.length);
        }
        var out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return out;
    }

    Seal sealed(KeyParameter key) {
        return new Seal(number, previous, ids, entries, content, digests, sealedAt, expectedMac(key));
    }
}
