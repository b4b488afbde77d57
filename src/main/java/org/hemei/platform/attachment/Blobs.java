package org.hemei.platform.attachment;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Names of kept bytes, and the lock under which a name is used or given up. */
final class Blobs {

    private static final String THUMB = "-thumb";

    private Blobs() {}

    static String thumb(String sha256) {
        return sha256 + THUMB;
    }

    static String sha256(String key) {
        return key.endsWith(THUMB) ? key.substring(0, key.length() - THUMB.length()) : key;
    }

    /** Until the transaction ends: nobody deletes the bytes between their being kept and their row being seen. */
    static void lock(JdbcClient jdbc, String sha256) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0)) is null")
                .param("blob:" + sha256)
                .query(Boolean.class)
                .single();
    }
}
