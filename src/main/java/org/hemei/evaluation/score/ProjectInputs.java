package org.hemei.evaluation.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.scheme.SchemeContent;
import org.jspecify.annotations.Nullable;

/**
 * All that a project's score is computed from, as it is stored with every version. Together with the scheme it gives the same
 * digits for ever.
 *
 * @param ballots valid ballots of the estate
 * @param asked the answers to each question
 * @param looks what assessors found, at most two turns
 * @param opinions points of street and community by item
 * @param corrections what an objection, or the keeper without one, put right; each stands for the value it replaced
 */
public record ProjectInputs(
        long scheme,
        String schemeHash,
        boolean counts,
        String why,
        int eligible,
        int ballots,
        List<Asked> asked,
        List<Look> looks,
        Map<String, Integer> opinions,
        Cases cases,
        List<Correction> corrections) {

    /** @param grades how many said 很不满意 … 很满意; unknown: 不了解, which is no grade */
    public record Asked(String item, List<Integer> grades, int unknown) {

        public int answered() {
            return grades.stream().mapToInt(Integer::intValue).sum();
        }

        /** 满意 and 很满意. */
        public int satisfied() {
            return grades.get(3) + grades.get(4);
        }
    }

    /** @param levels met, partly, not or na by item */
    public record Look(long inspection, int turn, Map<String, String> levels) {}

    /**
     * Work orders of the estate in the year.
     *
     * @param ended those closed after work, with or without a rating
     * @param solved of them, those closed without being sent back a second time
     * @param days how many days of the year the company held the estate; null in inputs of before they were kept
     * @param year how many days the year has; null with them
     */
    public record Cases(
            int households,
            int cases,
            int ended,
            int solved,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer days,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer year) {

        /** Of the whole year. */
        public Cases(int households, int cases, int ended, int solved) {
            this(households, cases, ended, solved, null, null);
        }

        /** Whether only a part of the year counts. */
        boolean partly() {
            return days != null && year != null && days > 0 && days < year;
        }
    }

    /**
     * @param objection 0 where the keeper put it right without one
     * @param value a level, points, counts as {@code cases/ended/solved}, or {@link Correctable#VOID} for all ballots
     */
    public record Correction(long objection, String item, String value) {

        private boolean voids() {
            return item.equals(SchemeContent.Kind.SATISFACTION.code()) && value.equals(Correctable.VOID);
        }
    }

    /** Whether the ballots do not count: their box did not open, or their count was found wrong. */
    public boolean voided() {
        return corrections.stream().anyMatch(Correction::voids);
    }

    /** Ballots that count. */
    public int counted() {
        return voided() ? 0 : ballots;
    }

    /** A look by somebody who should not have looked counts no longer. */
    public ProjectInputs without(Set<Long> inspections) {
        var kept = looks.stream()
                .filter(look -> !inspections.contains(look.inspection))
                .toList();
        return new ProjectInputs(
                scheme, schemeHash, counts, why, eligible, ballots, asked, kept, opinions, cases, corrections);
    }

    /** With the ballots as they were counted: their void was wrong. */
    ProjectInputs unvoided() {
        var kept = corrections.stream().filter(one -> !one.voids()).toList();
        return new ProjectInputs(
                scheme, schemeHash, counts, why, eligible, ballots, asked, looks, opinions, cases, kept);
    }

    /** With another answer to whose year it was. */
    public ProjectInputs attributed(boolean is, String because) {
        return new ProjectInputs(
                scheme, schemeHash, is, because, eligible, ballots, asked, looks, opinions, cases, corrections);
    }

    /** With the orders as they were counted before. */
    ProjectInputs counting(Cases before) {
        return new ProjectInputs(
                scheme, schemeHash, counts, why, eligible, ballots, asked, looks, opinions, before, corrections);
    }

    /**
     * These orders and this attribution with what was asked, seen and said of the estate, as another of its projects has it, and with what
     * was put right: of the orders only this project's own.
     */
    ProjectInputs of(@Nullable ProjectInputs estate, @Nullable ProjectInputs own, SchemeContent content) {
        if (estate == null) {
            return this;
        }
        var orders = content.items(SchemeContent.Kind.CASES).stream()
                .map(SchemeContent.Item::code)
                .toList();
        var all = new java.util.LinkedHashSet<>(own == null ? List.<Correction>of() : own.corrections);
        estate.corrections.stream().filter(one -> !orders.contains(one.item)).forEach(all::add);
        return new ProjectInputs(
                scheme,
                schemeHash,
                counts,
                why,
                estate.eligible,
                estate.ballots,
                estate.asked,
                estate.looks,
                estate.opinions,
                cases,
                List.copyOf(all));
    }

    /** With more corrections. */
    public ProjectInputs corrected(List<Correction> more) {
        var all = new java.util.ArrayList<>(corrections);
        all.addAll(more);
        return new ProjectInputs(
                scheme, schemeHash, counts, why, eligible, ballots, asked, looks, opinions, cases, List.copyOf(all));
    }
}
