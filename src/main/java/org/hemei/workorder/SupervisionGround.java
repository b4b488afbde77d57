package org.hemei.workorder;

import java.util.Locale;

/** Why an order is supervised. */
public enum SupervisionGround {
    UNSOLVED("居民多次说没解决"),
    OVERDUE("超时太久，升级到街道"),
    LEADER("领导批示"),
    STREET("街道认为要盯紧");

    private final String words;

    SupervisionGround(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SupervisionGround of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
