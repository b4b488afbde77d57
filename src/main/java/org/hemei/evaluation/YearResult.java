package org.hemei.evaluation;

import java.util.Locale;
import org.hemei.platform.Chip;

/** What a year's evaluation came to, for a project or a company. Not rated is neither of the other two. */
public enum YearResult {
    PASS("合格", "ok", "check"),
    FAIL("不合格", "late", "cross"),
    NOT_RATED("不评定", "", "minus");

    private final Chip chip;

    YearResult(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static YearResult of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
