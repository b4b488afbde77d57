package org.hemei.workorder;

import java.util.Locale;

/** What somebody is to one order. A person can be several at once. */
public enum Standing {
    REPORTER("点单人"),
    JOINER("也遇到的居民"),
    COMMUNITY("社区"),
    STREET("街道"),
    MANAGER("处理单位负责人"),
    STAFF("处理人员"),
    HELPER("协办单位"),
    OVERSEER("上级"),
    /** The other side of a transfer that was offered and not answered yet. */
    RECEIVER("接收单位"),
    CLOCK("系统");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Standing of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
