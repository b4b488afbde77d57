package org.hemei.platform.privacy;

import java.time.Instant;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/**
 * A person's request about their own data.
 *
 * @param name masked name of who asked
 * @param words what is wrong, or what is to go
 * @param answer what they were told
 */
public record PrivacyRequest(
        long id,
        long account,
        long person,
        String name,
        Kind kind,
        @Nullable String area,
        String words,
        Instant askedAt,
        Instant dueAt,
        State state,
        @Nullable Ground ground,
        @Nullable Instant answeredAt,
        String answer,
        int version) {

    public enum Kind {
        CORRECTION("更正"),
        ERASURE("删除");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum State {
        OPEN("等答复", "wait", "clock"),
        DONE("办好了", "ok", "check"),
        PARTLY("办了一部分", "ok", "check"),
        REFUSED("没有办", "", "cross"),
        WITHDRAWN("自己撤回", "", "minus");

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

    public boolean open() {
        return state == State.OPEN;
    }
}
