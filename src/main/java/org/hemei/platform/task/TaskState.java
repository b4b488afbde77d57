package org.hemei.platform.task;

import org.hemei.platform.Chip;

/** Where a task stands. What follows what is the table in {@link TaskVerb}. */
public enum TaskState {
    OPEN("要办", "wait", "clock"),
    DONE("办了，等确认", "go", "eye"),
    VERIFIED("办结", "ok", "check"),
    WITHDRAWN("撤回了", "", "pause");

    private final Chip chip;

    TaskState(String words, String tone, String icon) {
        this.chip = new Chip(words, tone, icon);
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    /** Whether anybody still has to do something. */
    public boolean running() {
        return this == OPEN || this == DONE;
    }

    String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static TaskState of(String code) {
        return valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }
}
