package org.hemei.workorder.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a report is about, and what it tells apart. Keys are written in SQL on a case {@code c}. */
public enum Level {
    CITY("市", "left(c.community, 4)", "left(c.community, 6)", "区县"),
    DISTRICT("区县", "left(c.community, 6)", "left(c.community, 9)", "街道、乡镇"),
    STREET("街道", "left(c.community, 9)", "c.community", "社区、村"),
    COMPANY("企业", "cast(c.holder as text)", "cast(c.estate as text)", "项目");

    private final String words;
    private final String key;
    private final String below;
    private final String belowWords;

    Level(String words, String key, String below, String belowWords) {
        this.words = words;
        this.key = key;
        this.below = below;
        this.belowWords = belowWords;
    }

    public String words() {
        return words;
    }

    String key() {
        return key;
    }

    String below() {
        return below;
    }

    public String belowWords() {
        return belowWords;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Level of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static @Nullable Level named(@Nullable String code) {
        for (var level : values()) {
            if (level.code().equals(code)) {
                return level;
            }
        }
        return null;
    }
}
