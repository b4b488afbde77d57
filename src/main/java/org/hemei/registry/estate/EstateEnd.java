package org.hemei.registry.estate;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That an estate is no more.
 *
 * @param day the first one without it
 * @param into the estate that it is the same as, or a part of now; null for one that is gone
 */
public record EstateEnd(
        LocalDate day,
        Why why,
        @Nullable Long into,
        @Nullable String intoName) {

    /** Why an estate is struck off. */
    public enum Why {
        DEMOLISHED("拆掉了"),
        JOINED("并入了别的小区"),
        TWICE("登记了两次");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether there is another estate that people are led to. */
        boolean other() {
            return this != DEMOLISHED;
        }

        static Optional<Why> of(String code) {
            return Arrays.stream(values())
                    .filter(why -> why.code().equals(code))
                    .findFirst();
        }
    }

    /** As said on pages: 并入了别的小区：和美花园. */
    String words() {
        return why.words() + (intoName == null ? "" : "：" + intoName);
    }
}
