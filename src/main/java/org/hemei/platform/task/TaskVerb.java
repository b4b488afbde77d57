package org.hemei.platform.task;

import java.util.Optional;
import java.util.Set;

/** What can be done with a task: from which states, by which side, and what it becomes. The one table of its transitions. */
public enum TaskVerb {
    REPORT("报结果", "报了结果", Side.ASSIGNEE, TaskState.DONE, TaskState.OPEN),
    VERIFY("确认办结", "确认办结", Side.GIVER, TaskState.VERIFIED, TaskState.DONE),
    SEND_BACK("退回重办", "退回重办", Side.GIVER, TaskState.OPEN, TaskState.DONE),
    WITHDRAW("撤回任务", "撤回了任务", Side.GIVER, TaskState.WITHDRAWN, TaskState.OPEN, TaskState.DONE);

    /** Who may. */
    public enum Side {
        ASSIGNEE,
        GIVER
    }

    private final String words;
    private final String past;
    private final Side side;
    private final TaskState to;
    private final Set<TaskState> from;

    TaskVerb(String words, String past, Side side, TaskState to, TaskState... from) {
        this.words = words;
        this.past = past;
        this.side = side;
        this.to = to;
        this.from = Set.of(from);
    }

    public String words() {
        return words;
    }

    /** As the history tells it. */
    public String past() {
        return past;
    }

    public Side side() {
        return side;
    }

    /** The state after the verb; empty when it cannot be used now. */
    public Optional<TaskState> after(TaskState state) {
        return from.contains(state) ? Optional.of(to) : Optional.empty();
    }
}
