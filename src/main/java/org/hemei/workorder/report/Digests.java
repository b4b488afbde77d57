package org.hemei.workorder.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SM3Digest;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of a report in one form only, and its digests. The form is that of RFC 8785 for what a report holds, which is
 * strings and whole numbers: names in order, nothing between the signs, UTF-8. SHA-256 for everybody, SM3 (GB/T 32905) for
 * those who have to use it.
 */
record Digests(String sha256, String sm3) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static String text(ReportContent content) {
        return JSON.writeValueAsString(JSON.convertValue(content, new TypeReference<TreeMap<String, Object>>() {}));
    }

    static ReportContent read(String text) {
        return JSON.readValue(text, ReportContent.class);
    }

    static Digests of(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Digests(sha256(bytes), sm3(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sm3(byte[] bytes) {
        var digest = new SM3Digest();
        digest.update(bytes, 0, bytes.length);
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return HexFormat.of().formatHex(out);
    }
}
