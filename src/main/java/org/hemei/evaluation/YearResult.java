package org.hemei.evaluation;

import java.util.Locale;

/** What a year's evaluation came to, for a project or a company. Not rated is neither of the other two. */
public enum YearResult {
    PASS("合格", "ok", "check"),
    FAIL("不合格", "late", "cross"),
    NOT_RATED("不评定", "", "minus");

    private final String words;
    private final String tone;
    private final String icon;

    YearResult(String words, String tone, String icon) {
        this.words = words;
        this.tone = tone;
        this.icon = icon;
    }

    public String words() {
        return words;
    }

    /** Tone of the chip; empty for grey. */
    public String tone() {
        return tone;
    }

    public String icon() {
        return icon;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static YearResult of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
