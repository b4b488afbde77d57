package org.hemei.workorder.rates;

import java.util.Locale;

/** On whom a figure weighs, or whose order was left out. */
public enum Side {
    HOLDER("处理单位"),
    COMMUNITY("社区"),
    REPORTER("点单人");

    private final String words;

    Side(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Side of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
