package org.hemei.registry;

/** A number of Party members that gives nobody away: below {@value #LEAST}, nought included, only that it is below is told. */
public record SmallCount(long exact, boolean covered) {

    public static final int LEAST = 3;

    public static SmallCount of(long exact) {
        return new SmallCount(exact, exact < LEAST);
    }

    /** Hidden besides, because it could be worked out from the others and their sum. */
    public SmallCount hidden() {
        return new SmallCount(exact, true);
    }

    public String words() {
        return covered
                ? (exact < LEAST ? "少于 " + LEAST + " 人" : "不显示")
                : org.hemei.platform.web.Ui.number(exact) + " 人";
    }

    /** What may go into a file: null when hidden. */
    public @org.jspecify.annotations.Nullable Long shown() {
        return covered ? null : Long.valueOf(exact);
    }
}
