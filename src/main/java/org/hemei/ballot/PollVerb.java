package org.hemei.ballot;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The one table of how a poll moves. What is not in it cannot happen; nothing that was counted is ever counted again. */
enum PollVerb {
    OPEN(Map.of(PollState.PLANNED, PollState.OPEN), "开始"),
    CLOSE(Map.of(PollState.OPEN, PollState.CLOSED), "截止"),
    COUNT(Map.of(PollState.CLOSED, PollState.COUNTED), "清点"),
    CANCEL(
            Map.of(
                    PollState.PLANNED, PollState.CANCELLED,
                    PollState.OPEN, PollState.CANCELLED,
                    PollState.CLOSED, PollState.CANCELLED),
            "取消");

    private final Map<PollState, PollState> table;
    private final String words;

    PollVerb(Map<PollState, PollState> table, String words) {
        this.table = table;
        this.words = words;
    }

    Optional<PollState> after(PollState state) {
        return Optional.ofNullable(table.get(state));
    }

    String words() {
        return words;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
