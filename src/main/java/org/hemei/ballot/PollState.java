package org.hemei.ballot;

import java.util.Locale;

/** Where a poll stands. How it moves is {@link PollVerb}. */
public enum PollState {
    PLANNED("还没开始", "wait", "clock"),
    OPEN("正在投票", "go", "inbox"),
    /** Nothing more is taken; sheets that came in before are keyed. */
    CLOSED("截止了，在清点", "wait", "clock"),
    COUNTED("点完了", "ok", "done"),
    CANCELLED("取消了", "", "cross");

    private final String words;
    private final String tone;
    private final String icon;

    PollState(String words, String tone, String icon) {
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

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PollState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
