package org.hemei.workorder;

import java.util.Locale;

/** Up the line: whom a clock turns to. The order of the constants is the way up. */
public enum Level {
    REPORTER("点单人"),
    HOLDER("处理单位"),
    COMMUNITY("社区"),
    STREET("街道"),
    DISTRICT("区里"),
    CITY("市里");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Level of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static Level higher(Level a, Level b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
