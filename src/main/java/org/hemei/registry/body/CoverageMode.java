package org.hemei.registry.body;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three ways a company is covered (article: 单建、联建、派驻党建指导员等多种方式). */
public enum CoverageMode {
    SINGLE("单建", "自己建一个党组织"),
    JOINT("联建", "几家合建一个党组织"),
    ADVISER("派驻", "派党建指导员，没有党组织");

    private final String words;
    private final String gloss;

    CoverageMode(String words, String gloss) {
        this.words = words;
        this.gloss = gloss;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    public String gloss() {
        return gloss;
    }

    /** Organisation coverage counts companies with one of these; work coverage adds the advised. */
    public boolean byOrganisation() {
        return this != ADVISER;
    }

    public static CoverageMode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public static @Nullable CoverageMode find(@Nullable String code) {
        return Arrays.stream(values())
                .filter(mode -> mode.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
