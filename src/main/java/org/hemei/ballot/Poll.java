package org.hemei.ballot;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A poll.
 *
 * @param countBy until when sheets that came in before the close can be keyed
 * @param minimum fewer ballots in a group are never shown by answer
 * @param root over the roots of its groups; null until it was counted
 * @param withheld whether its answers are told only when whoever asked for it says so; shown: whether that was said
 * @param againOf the poll of which some boxes were given up, when it is held once more for these; null otherwise
 */
public record Poll(
        long id,
        String purpose,
        String title,
        String about,
        String area,
        PollState state,
        int version,
        Instant opensAt,
        Instant closesAt,
        Instant countBy,
        int minimum,
        @Nullable String root,
        @Nullable Long againOf,
        boolean withheld,
        boolean shown,
        List<Question> questions) {

    /** Characters of both pages around the questions, the answers to choose from once. */
    private static final int AROUND = 240;

    /** Whether a ballot can be cast now: the clock counts, not only the state, so nothing comes in late while a job is slow. */
    public boolean takes(Instant now) {
        return state == PollState.OPEN && now.isBefore(closesAt);
    }

    /** Whether everybody may read how it was answered; the roots and the receipts are public as soon as it was counted. */
    public boolean answersShown() {
        return state == PollState.COUNTED && (shown || !withheld);
    }

    /**
     * About how long a household needs on a phone: everything from the invitation to the button read at 300 characters a minute, slower than
     * most adults read, four seconds to choose each answer and ten to press and wait.
     */
    public int minutes() {
        var words = AROUND
                + about.length()
                + questions.stream().mapToInt(one -> one.words().length()).sum();
        return Math.ceilDiv(words * 60 / 300 + 4 * questions.size() + 10, 60);
    }

    /** Whether these are answers to all its questions. */
    boolean fits(String answers) {
        if (answers.length() != questions.size()) {
            return false;
        }
        for (var i = 0; i < answers.length(); i++) {
            if (!questions.get(i).takes(answers.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
