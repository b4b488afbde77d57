package org.hemei.workorder.rates;

import java.util.Locale;

/** Where an appeal stands. How it moves is {@link AppealVerb}. */
public enum AppealState {
    FILED("等街道定", "wait", "inbox"),
    DECIDED("街道定了", "ok", "done"),
    SECOND("等区里复核", "wait", "eye"),
    FINAL("复核定了", "ok", "done"),
    WITHDRAWN("撤回了", "", "cross");

    private final String words;
    private final String tone;
    private final String icon;

    AppealState(String words, String tone, String icon) {
        this.words = words;
        this.tone = tone;
        this.icon = icon;
    }

    public String words() {
        return words;
    }

    public String tone() {
        return tone;
    }

    public String icon() {
        return icon;
    }

    /** Whether somebody has to decide. */
    public boolean waits() {
        return this == FILED || this == SECOND;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AppealState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
