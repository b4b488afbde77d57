package org.hemei.workorder;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hemei.platform.Chip;

/** Where an order stands. How it moves is {@link Transitions}, and only that. */
public enum OrderState {
    SUBMITTED("待受理", "wait", "inbox", Phase.INTAKE),
    AWAITING_DISPATCH("待派单", "wait", "send", Phase.INTAKE),
    DISPATCHED("待接单", "wait", "hand", Phase.DISPATCHED),
    RETURN_REQUESTED("退单申请", "wait", "back", Phase.DISPATCHED),
    IN_PROGRESS("处理中", "go", "wrench", Phase.WORK),
    EXTENSION_REQUESTED("延期申请", "wait", "cal", Phase.WORK),
    SUSPENSION_REQUESTED("挂起申请", "wait", "hist", Phase.WORK),
    SUSPENDED("挂起", "", "pause", Phase.WORK),
    TRANSFER_OFFERED("等待移交", "wait", "swap", Phase.WORK),
    RESOLVED("待核验", "wait", "eye", Phase.CHECK),
    AWAITING_RATING("待评价", "wait", "star", Phase.RATING),
    CLOSED("办结", "ok", "done", Phase.ENDED),
    CLOSED_UNRATED("未评办结", "", "dash", Phase.ENDED),
    REJECTED("不予受理", "", "dash", Phase.ENDED),
    ANSWERED("已答复", "ok", "talk", Phase.ENDED),
    MERGED("重复合并", "", "merge", Phase.ENDED),
    WITHDRAWN("已撤单", "", "cross", Phase.ENDED),
    TRANSFERRED("已移交", "", "out", Phase.ENDED);

    /** How far an order has come, whatever is asked for on the way. Their order is the order of its life. */
    public enum Phase {
        INTAKE,
        DISPATCHED,
        WORK,
        CHECK,
        RATING,
        ENDED;

        /** Whether this part of an order's life lies before that one. */
        public boolean before(Phase other) {
            return compareTo(other) < 0;
        }
    }

    /** For a condition in SQL: all states in which somebody still has to do something. */
    public static final String OPEN_SQL = sql(OrderState::open);

    /** For a condition in SQL: the open states in which somebody on duty owes a step; a rating is owed by nobody. */
    public static final String OWED_SQL = sql(state -> state.open() && state != AWAITING_RATING);

    /** For a condition in SQL: the open states in which the work has not been reported done. */
    public static final String UNDONE_SQL = sql(state -> state.phase.before(Phase.CHECK));

    /** For a condition in SQL: the states in which an order lies with its holder. */
    public static final String HELD_SQL = sql(state -> state.phase == Phase.DISPATCHED || state.phase == Phase.WORK);

    /** For a condition in SQL: the states in which the holder has taken it and not reported it done. */
    public static final String IN_HAND_SQL = sql(OrderState::inHand);

    private final Chip chip;
    private final Phase phase;

    OrderState(String words, String tone, String icon, Phase phase) {
        this.chip = new Chip(words, tone, icon);
        this.phase = phase;
    }

    /** The state in Chinese, as on its chip. */
    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    public Phase phase() {
        return phase;
    }

    /** Whether somebody still has to do something. */
    public boolean open() {
        return phase != Phase.ENDED;
    }

    /** Whether it ended so that nothing was done here that anybody could rate. */
    public boolean withoutResult() {
        return this == REJECTED || this == WITHDRAWN || this == TRANSFERRED;
    }

    /** Whether the holder has taken the order and has not reported it done. */
    public boolean inHand() {
        return phase == Phase.WORK;
    }

    /** Whether it lies with its holder, which can act, so that the holder's time runs: not while others decide whose it is. */
    public boolean holdersTurn() {
        return this != SUSPENDED
                && this != RETURN_REQUESTED
                && this != TRANSFER_OFFERED
                && (inHand() || phase == Phase.DISPATCHED);
    }

    /** The codes of these states as a list for {@code in (…)}; codes of ours, never anybody's input. */
    public static String sql(Predicate<OrderState> which) {
        return Arrays.stream(values())
                .filter(which)
                .map(state -> "'" + state.code() + "'")
                .collect(Collectors.joining(", "));
    }

    /** As stored in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OrderState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
