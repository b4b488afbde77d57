package org.hemei.evaluation.objection;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/**
 * 异议: what a company says against a score, and what came of it.
 *
 * @param receivedOn on which day it came on paper; null where it was filed here. {@code filedBy} is then who entered it
 * @param withdrawnOn on which day it was taken back on paper; null where the company did so here, or it was not
 * @param restored why a withdrawal that was entered wrongly does not count; empty where none was
 * @param dimension the part of the score; null where it is about the contracts: whose year the estate's was, for how many days
 */
public record Objection(
        long id,
        long project,
        long score,
        int district,
        long campaign,
        String area,
        String campaignTitle,
        long estate,
        String estateName,
        long company,
        String companyName,
        State state,
        int version,
        @Nullable Kind dimension,
        long filedBy,
        Instant filedAt,
        LocalDate dueOn,
        @Nullable Instant decidedAt,
        String words,
        String decision,
        @Nullable LocalDate receivedOn,
        @Nullable LocalDate withdrawnOn,
        String restored) {

    public enum State {
        FILED("等答复", "wait", "clock"),
        UPHELD("成立", "ok", "check"),
        REFUSED("不成立", "", "cross"),
        WITHDRAWN("撤回了", "", "back");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        public String words() {
            return chip.words();
        }

        public Chip chip() {
            return chip;
        }
    }

    /** What is chosen, and kept, for an objection to the contracts. */
    static final String CONTRACT = "contract";

    static final String CONTRACT_WORDS = "合同归属（哪家管、管了多少天）";

    /** The part it is about, for people. */
    public String part() {
        return dimension == null ? CONTRACT_WORDS : dimension.words();
    }

    public String path() {
        return "/objections/" + id;
    }

    public boolean late(LocalDate today) {
        return state == State.FILED && today.isAfter(dueOn);
    }
}
