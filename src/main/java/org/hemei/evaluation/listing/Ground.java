package org.hemei.evaluation.listing;

/** What a case rests on: two years in a row, and the versions of their results when the case was made. */
public record Ground(int firstYear, int firstVersion, int secondYear, int secondVersion) {

    /** 2024、2025 两年 */
    public String words() {
        return firstYear + "、" + secondYear + " 两年";
    }
}
