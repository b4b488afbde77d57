package org.hemei.evaluation.listing;

/** On which side somebody stands in a case of the blacklist. */
public enum Party {
    BUREAU("主管部门"),
    STREET("街道"),
    COMPANY("企业"),
    /** A day that came. */
    CLOCK("到期"),
    /** The years a case rests on were looked at again. */
    EXAMINATION("成绩复查");

    private final String words;

    Party(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
