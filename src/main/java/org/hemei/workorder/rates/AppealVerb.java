package org.hemei.workorder.rates;

import java.util.Locale;
import java.util.Optional;

/** What can be done with an appeal, and the one table of where it leads. Who may is {@link AppealRule}. */
public enum AppealVerb {
    FILE("申诉"),
    UPHOLD("同意"),
    REFUSE("不同意"),
    ASK_SECOND("要求复核"),
    WITHDRAW("撤回");

    private final String words;

    AppealVerb(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The state it leads to from another one; empty where it is not possible. */
    public Optional<AppealState> after(AppealState from) {
        return switch (this) {
            case FILE -> Optional.empty();
            case UPHOLD, REFUSE ->
                switch (from) {
                    case FILED -> Optional.of(AppealState.DECIDED);
                    case SECOND -> Optional.of(AppealState.FINAL);
                    default -> Optional.empty();
                };
            case ASK_SECOND -> from == AppealState.DECIDED ? Optional.of(AppealState.SECOND) : Optional.empty();
            case WITHDRAW -> from == AppealState.FILED ? Optional.of(AppealState.WITHDRAWN) : Optional.empty();
        };
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AppealVerb of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
