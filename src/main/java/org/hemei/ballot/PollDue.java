package org.hemei.ballot;

import java.time.Duration;
import java.util.Locale;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/** What of a poll waits for those who work at an estate. */
public enum PollDue {
    /** Its clock should have moved it and did not. */
    STALLED("停住了，请告诉系统管理员", "late", "alarm"),
    /** Its box does not open; whoever answers for the poll has to see to it. */
    STUCK("票箱打不开，等主管单位定", "late", "warn"),
    SHEETS("有纸票等您再录", "wait", "edit"),
    CLOSES("快截止，还有户没领票", "wait", "clock"),
    OPENS("快开始了", "wait", "clock");

    /** So long before a poll opens or closes it is told. */
    static final Duration SOON = Duration.ofDays(3);

    /** So long after it opened nobody is reminded of it. */
    static final Duration SETTLED = Duration.ofDays(1);

    /** So long its clock may take: keys are made, ballots are counted. */
    static final Duration GRACE = Duration.ofHours(1);

    private final Chip chip;

    PollDue(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    static @Nullable PollDue of(@Nullable String code) {
        return code == null ? null : valueOf(code.toUpperCase(Locale.ROOT));
    }
}
