package org.hemei.workorder;

import java.util.Locale;

/** How an order came in. */
public enum Channel {
    RESIDENT("居民"),
    PHONE("电话"),
    WALK_IN("上门"),
    PATROL("巡查"),
    /** Handed over by the 12345 hotline. */
    HOTLINE("12345 热线");

    private final String words;

    Channel(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
