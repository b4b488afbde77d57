package org.hemei.platform.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/**
 * One address of another system, and what it is told of: events of some kinds in an area.
 *
 * @param account who set it up; it lives on their grants
 * @param program whether a program set it up for itself: then it also lives on its tokens
 * @param failingSince when it last began to fail without a success in between
 * @param oldUntil until when the secret of before signs too
 */
record Webhook(
        long id,
        long account,
        boolean program,
        String owner,
        String area,
        String areaName,
        String name,
        String url,
        List<String> kinds,
        State state,
        String stoppedWhy,
        @Nullable Instant failingSince,
        @Nullable Instant oldUntil,
        int version,
        Instant createdAt) {

    enum State {
        ON("在推", "go", "send"),
        OFF("停着", "", "pause"),
        /** By itself, after failing for long. */
        STOPPED("自动停了", "late", "warn");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        public String words() {
            return chip.words();
        }

        public Chip chip() {
            return chip;
        }
    }

    static Webhook read(ResultSet r, int n) throws SQLException {
        return new Webhook(
                r.getLong("id"),
                r.getLong("account"),
                r.getBoolean("program"),
                r.getString("owner"),
                r.getString("area"),
                r.getString("area_name"),
                r.getString("name"),
                r.getString("url"),
                List.of((String[]) r.getArray("kinds").getArray()),
                State.valueOf(r.getString("state").toUpperCase(java.util.Locale.ROOT)),
                r.getString("stopped_why"),
                instant(r, "failing_since"),
                instant(r, "old_until"),
                r.getInt("version"),
                r.getTimestamp("created_at").toInstant());
    }

    static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    String path() {
        return "/webhooks/" + id;
    }
}
