package org.hemei.evaluation.listing;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/** Where a case of the blacklist stands. How it moves is {@link ListingMoves}, and only that. */
public enum ListingState {
    PROPOSED("拟列入", "wait", "flag", false),
    NOTICED("已告知", "wait", "talk", false),
    HEARD("待集体决定", "wait", "scale", false),
    DECIDED("待送达", "wait", "send", false),
    LISTED("列入中", "late", "warn", true),
    REPAIR_APPLIED("申请修复", "wait", "wrench", true),
    REPAIR_VERIFIED("修复已核验", "wait", "eye", true),
    REMOVED("修复移出", "ok", "done", false),
    EXPIRED("到期结束", "", "dash", false),
    REVOKED("撤销", "", "cross", false),
    DROPPED("终止", "", "minus", false),
    DECLINED("不予告知", "", "minus", false),
    SPARED("决定不列入", "ok", "check", false);

    /** For a condition in SQL: what is published and, where its basis allows that, has effect. */
    public static final String IN_FORCE_SQL = sql(state -> state.inForce);

    /** For a condition in SQL: somebody still owes a step. */
    public static final String OWED_SQL = sql(ListingState::owed);

    private final Chip chip;
    private final boolean inForce;

    ListingState(String words, String tone, String icon, boolean inForce) {
        this.chip = new Chip(words, tone, icon);
        this.inForce = inForce;
    }

    public String words() {
        return chip.words();
    }

    public Chip chip() {
        return chip;
    }

    /** Whether the company stands on the list: served, neither ended nor revoked. */
    public boolean inForce() {
        return inForce;
    }

    /** Whether a step is owed by the bureau, the street or the clock. */
    public boolean owed() {
        return switch (this) {
            case PROPOSED, NOTICED, HEARD, DECIDED, REPAIR_APPLIED, REPAIR_VERIFIED -> true;
            case LISTED, REMOVED, EXPIRED, REVOKED, DROPPED, DECLINED, SPARED -> false;
        };
    }

    /** Whether nothing follows any more, unless the years it rests on change. */
    public boolean ended() {
        return !owed() && !inForce;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ListingState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static @Nullable ListingState named(@Nullable String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private static String sql(Predicate<ListingState> which) {
        return Arrays.stream(values())
                .filter(which)
                .map(state -> "'" + state.code() + "'")
                .collect(Collectors.joining(", "));
    }
}
