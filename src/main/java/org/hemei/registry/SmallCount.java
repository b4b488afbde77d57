package org.hemei.registry;

import org.hemei.platform.web.Ui;
import org.jspecify.annotations.Nullable;

/**
 * A number of Party members that gives nobody away (decision 59): below {@value #LEAST}, nought included, only that it is below is
 * told; and a sum has nothing in it that is not told, for the sum less what is told would tell it.
 *
 * @param shown null when it is not told; so it may go into a file
 * @param few whether it is not told because it is below
 */
public record SmallCount(@Nullable Long shown, boolean few) {

    public static final int LEAST = 3;

    private static final SmallCount FEW = new SmallCount(null, true);

    /** Could be told by itself, but not beside what is told of others. */
    public static final SmallCount HIDDEN = new SmallCount(null, false);

    /** The number of one organisation or one company. */
    public static SmallCount of(long exact) {
        return exact < LEAST ? FEW : new SmallCount(exact, false);
    }

    /** @param told the sum of those numbers that are told */
    public static SmallCount sum(long told) {
        return told == 0 ? HIDDEN : new SmallCount(told, false);
    }

    /**
     * The sum of a whole city, which is published: all of it if that leaves open what each hidden number is. What is hidden although
     * it is not below, nothing leaves open: a sum with one such number in it tells it, and beside others it narrows what its
     * companies have.
     *
     * @param told the sum of those numbers that are told
     * @param few how many numbers are below; {@code others}: how many are not told though they are not below
     */
    public static SmallCount whole(long all, long told, long few, long others) {
        return sum(others == 0 && open(all - told, few) ? all : told);
    }

    /** Whether each of so many numbers below {@value #LEAST} can still be 0, 1 or 2 for whoever knows their sum; of none there is none. */
    public static boolean open(long sum, long few) {
        var most = LEAST - 1L;
        return few == 0 ? sum == 0 : sum >= most && sum <= most * (few - 1);
    }

    public boolean covered() {
        return shown == null;
    }

    public String words() {
        return shown != null ? Ui.number(shown) + " 人" : few ? "少于 " + LEAST + " 人" : "不显示";
    }
}
