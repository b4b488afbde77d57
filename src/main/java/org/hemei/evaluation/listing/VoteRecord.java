package org.hemei.evaluation.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a decision, for those who read it.
 *
 * @param last votes as they were written down last
 * @param earlier as they were before a member said that theirs was wrong
 */
record VoteRecord(List<Vote> last, List<Vote> earlier) {

    static final VoteRecord NONE = new VoteRecord(List.of(), List.of());

    /**
     * Somebody who took part in the decision, by masked name.
     *
     * @param seq the step that it was written down with
     * @param agreed whether they say that it is written down as they gave it; null while they said nothing
     * @param remark what they say is wrong
     * @param again whether they said so of an earlier record of the same decision as well
     */
    record Vote(
            int seq,
            long account,
            String name,
            Votes.Choice choice,
            String why,
            @Nullable Boolean agreed,
            String remark,
            boolean again) {

        boolean contests() {
            return Boolean.FALSE.equals(agreed);
        }
    }

    /** What this account's own vote was written down as; null where it took no part. */
    @Nullable
    Vote of(long account) {
        return last.stream().filter(vote -> vote.account == account).findFirst().orElse(null);
    }

    /** Those whose vote or words stand against the record that holds; they are read beside it. */
    List<Vote> contesting() {
        return last.stream().filter(Vote::contests).toList();
    }

    /** How many voted: without those who withdrew. */
    long voting() {
        return last.stream().filter(vote -> vote.choice != Votes.Choice.RECUSED).count();
    }

    /** How many of those who voted say that the record is right. */
    long confirmed() {
        return last.stream()
                .filter(vote -> vote.choice != Votes.Choice.RECUSED && Boolean.TRUE.equals(vote.agreed))
                .count();
    }

    /** Votes that were written down with an earlier step, and again later. */
    List<Vote> earlier(int seq) {
        return earlier.stream().filter(vote -> vote.seq == seq).toList();
    }

    /** How many voted so. */
    long count(Votes.Choice choice) {
        return last.stream().filter(vote -> vote.choice == choice).count();
    }
}
