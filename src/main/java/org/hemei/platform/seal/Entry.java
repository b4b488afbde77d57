package org.hemei.platform.seal;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;

/** An entry of the audit log as it counts for its seal: every column, each with its length, so that none runs into the next. */
record Entry(long id, byte[] hash) {

    /** The columns, in the order in which they are hashed; jsonb prints the same text for the same value. */
    static final String COLUMNS = """
            district, id, (extract(epoch from at) * 1000000)::bigint as micros, account, action, subject_kind, subject_id,
            area, detail::text as detail""";

    static final int SHORT = 8;

    static Entry read(ResultSet row, int number) throws SQLException {
        var digest = new SM3Digest();
        for (var column : new String[] {
            "district", "id", "micros", "account", "action", "subject_kind", "subject_id", "area", "detail"
        }) {
            add(digest, row.getString(column));
        }
        return new Entry(row.getLong("id"), finish(digest));
    }

    private static void add(SM3Digest digest, @Nullable String value) {
        var bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
        var length = value == null ? -1 : bytes.length;
        for (var shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (length >> shift));
        }
        digest.update(bytes, 0, bytes.length);
    }

    static byte[] finish(SM3Digest digest) {
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    byte[] shortHash() {
        return Arrays.copyOf(hash, SHORT);
    }
}
