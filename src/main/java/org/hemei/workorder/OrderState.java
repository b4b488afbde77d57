package org.hemei.workorder;

import java.util.Locale;

/** Where an order stands. How it moves is {@link Transitions}, and only that. */
public enum OrderState {
    SUBMITTED("待受理", "wait", "inbox"),
    AWAITING_DISPATCH("待派单", "wait", "send"),
    DISPATCHED("待接单", "wait", "hand"),
    IN_PROGRESS("处理中", "go", "wrench"),
    RESOLVED("待核验", "wait", "eye"),
    AWAITING_RATING("待评价", "wait", "star"),
    CLOSED("办结", "ok", "done"),
    CLOSED_UNRATED("未评办结", "", "dash"),
    REJECTED("不予受理", "", "dash"),
    ANSWERED("已答复", "ok", "talk"),
    MERGED("重复合并", "", "merge"),
    WITHDRAWN("已撤单", "", "cross");

    private final String words;
    private final String tone;
    private final String icon;

    OrderState(String words, String tone, String icon) {
        this.words = words;
        this.tone = tone;
        this.icon = icon;
    }

    /** The state in Chinese, as on its chip. */
    public String words() {
        return words;
    }

    /** The colour family of its chip: wait, go, ok, or none for a stopped one. */
    public String tone() {
        return tone;
    }

    /** The symbol of its chip; one state, one symbol, everywhere. */
    public String icon() {
        return icon;
    }

    /** Whether somebody still has to do something. */
    public boolean open() {
        return ordinal() <= AWAITING_RATING.ordinal();
    }

    /** As stored in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OrderState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
