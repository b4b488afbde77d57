package org.hemei.evaluation.listing;

import org.jspecify.annotations.Nullable;

/**
 * What a company can do about what was decided: where, and until when. Names only what the bureau entered.
 *
 * @param office null where the bureau entered nothing yet
 * @param objectDays working days for the one objection, by the rule of this case
 * @param reviewDays from when the company knows, for a review
 * @param suitMonths the same for a suit
 */
record Remedy(
        Offices.@Nullable Office office,
        int objectDays,
        int reviewDays,
        String reviewBasis,
        int suitMonths,
        String suitBasis) {

    boolean named() {
        return office != null;
    }

    /** Where papers are handed in. */
    String desk() {
        return office == null ? "主管部门" : office.desk();
    }

    /** Who signs. */
    String signer() {
        return office == null ? "" : office.name();
    }

    /** The two ways outside the bureau, each with its time and its law. */
    String ways() {
        return ways("决定");
    }

    /** @param what is not agreed with */
    String ways(String what) {
        return "对这个%s不服的，可以从收到之日起 %d 日内向%s申请行政复议（%s），也可以从收到之日起 %d 个月内向%s提起行政诉讼（%s）。先申请复议的，不服复议决定，从收到复议决定书之日起 15 日内起诉（《行政诉讼法》第四十五条）。"
                .formatted(
                        what,
                        reviewDays,
                        office == null ? "行政复议机关" : office.reviewBody(),
                        reviewBasis,
                        suitMonths,
                        office == null ? "人民法院" : office.court(),
                        suitBasis);
    }
}
