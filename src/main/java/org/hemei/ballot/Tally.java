package org.hemei.ballot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The count of a poll, estate by estate. Before it was counted there is only how many had their ballot. */
public record Tally(Poll poll, List<Group> groups) {

    /** An estate whose ballots do not count, since when and why. */
    public record Voided(Instant at, String reason) {}

    /**
     * @param eligible units on the roll
     * @param phone units that took their ballot on a screen of their own; face: on the assessor's; paper: on a sheet
     * @param screens ballots counted that were cast on a screen; sheets: on paper
     * @param spoilt sheets that came in and do not count, since no two readings of them are equal
     * @param answers by question (from 1) and answer; empty while fewer ballots than the minimum were counted
     * @param root of the published list; empty until it was counted
     * @param sheetsRoot of the list of sheets; empty until then, and in what an earlier version counted
     * @param countsDigest of the published numbers; empty until then, and in what an earlier version counted
     * @param stuck whether its box does not open; voided: since when it is given up for that, and why
     * @param annulled since when its count, which is published, counts for nothing, and why
     */
    public record Group(
            int district,
            long estate,
            String name,
            int eligible,
            int phone,
            int face,
            int paper,
            int screens,
            int sheets,
            int spoilt,
            Map<Integer, Map<Character, Integer>> answers,
            String root,
            String sheetsRoot,
            String countsDigest,
            boolean stuck,
            @Nullable Voided voided,
            @Nullable Voided annulled) {

        /** Households that had their ballot, by whatever way. */
        public int issued() {
            return phone + face + paper;
        }

        /** Ballots that count. */
        public int valid() {
            return screens + sheets;
        }

        /** How many gave the answer; 0 where the answers are not shown. */
        public int count(int question, char answer) {
            return answers.getOrDefault(question, Map.of()).getOrDefault(answer, 0);
        }
    }
}
