package org.hemei.ballot;

import java.util.Locale;
import org.hemei.platform.Chip;

/** Where a poll stands. How it moves is {@link PollVerb}. */
public enum PollState {
    PLANNED("还没开始", "wait", "clock"),
    OPEN("正在投票", "go", "inbox"),
    /** Nothing more is taken; sheets that came in before are keyed. */
    CLOSED("截止了，在清点", "wait", "clock"),
    COUNTED("点完了", "ok", "done"),
    CANCELLED("取消了", "", "cross");

    private final Chip chip;

    PollState(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PollState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
