package org.hemei.workorder.rates;

import java.util.Locale;
import org.hemei.platform.Chip;

/** Where an appeal stands. How it moves is {@link AppealVerb}. */
public enum AppealState {
    FILED("等街道定", "wait", "inbox"),
    DECIDED("街道定了", "ok", "done"),
    SECOND("等区里复核", "wait", "eye"),
    FINAL("复核定了", "ok", "done"),
    WITHDRAWN("撤回了", "", "cross");

    private final Chip chip;

    AppealState(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
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
