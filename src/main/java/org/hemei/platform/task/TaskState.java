package org.hemei.platform.task;

/** Where a task stands. What follows what is the table in {@link TaskVerb}. */
public enum TaskState {
    OPEN("要办", "clock", "wait"),
    DONE("办了，等确认", "eye", "go"),
    VERIFIED("办结", "check", "ok"),
    WITHDRAWN("撤回了", "pause", "");

    private final String words;
    private final String icon;
    private final String tone;

    TaskState(String words, String icon, String tone) {
        this.words = words;
        this.icon = icon;
        this.tone = tone;
    }

    public String words() {
        return words;
    }

    public String icon() {
        return icon;
    }

    public String tone() {
        return tone;
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
