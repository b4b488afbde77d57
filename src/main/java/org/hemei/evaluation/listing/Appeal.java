package org.hemei.evaluation.listing;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What runs about a listing outside the bureau: whoever is not satisfied with a decision goes there. */
public enum Appeal {
    NONE("没有"),
    REVIEW("行政复议"),
    SUIT("行政诉讼");

    private final String words;

    Appeal(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public boolean runs() {
        return this != NONE;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Appeal of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** One that runs; null when the code names none. */
    static @Nullable Appeal named(String code) {
        return Arrays.stream(values())
                .filter(Appeal::runs)
                .filter(appeal -> appeal.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
