package org.hemei.workorder;

import java.util.Locale;

/** How pressing a matter is; its deadlines are data ({@code deadline_rule}). */
public enum Urgency {
    URGENT("紧急"),
    UTILITY("水电气热"),
    ORDINARY("一般"),
    COMPLEX("复杂");

    private final String words;

    Urgency(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Urgency of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
