package org.hemei.evaluation.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hemei.evaluation.publication.Ratings.Band;
import org.jspecify.annotations.Nullable;

/**
 * How the scores of like projects are spread, as bars of ten points each that begin at zero.
 *
 * @param line where the pass line stands; null where the scores have several
 */
public record BandChart(
        List<Bar> bars, List<Grid> grid, @Nullable Double line, String lineWords) {

    static final int LEFT = 36;
    static final int RIGHT = 506;
    static final int TOP = 44;
    static final int BOTTOM = 200;
    private static final int BANDS = 10;
    private static final int WHOLE = 10_000;
    private static final double GAP = 5;

    /** @param own whether the score that is looked at lies here */
    public record Bar(int from, int count, boolean own, double x, double y, double width, double height) {

        public double middle() {
            return x + width / 2;
        }
    }

    public record Grid(int count, double y) {}

    /** @param own the score in hundredths that is looked at; null for none */
    static BandChart of(List<Band> bands, @Nullable Integer passLine, @Nullable Integer own) {
        var most = bands.stream().mapToInt(Band::count).max().orElse(0);
        var step = step(most);
        var top = Math.max(1, (most + step - 1) / step) * step;
        var slot = (RIGHT - LEFT) / (double) BANDS;
        var bars = new ArrayList<Bar>();
        for (int n = 0; n < BANDS; n++) {
            var from = n * 10;
            var count = bands.stream()
                    .filter(band -> band.from() == from)
                    .mapToInt(Band::count)
                    .sum();
            var height = (BOTTOM - TOP) * count / (double) top;
            var here = own != null && Math.min(own / 1000, BANDS - 1) == n;
            bars.add(new Bar(from, count, here, LEFT + n * slot + GAP / 2, BOTTOM - height, slot - GAP, height));
        }
        var grid = new ArrayList<Grid>();
        for (int count = 0; count <= top; count += step) {
            grid.add(new Grid(count, BOTTOM - (BOTTOM - TOP) * count / (double) top));
        }
        return new BandChart(
                bars,
                grid,
                passLine == null ? null : LEFT + (RIGHT - LEFT) * passLine / (double) WHOLE,
                passLine == null ? "" : String.format(Locale.ROOT, "合格线 %.0f", Math.floor(passLine / 100.0)));
    }

    /** 1, 2 or 5 with noughts, so that at most five lines are drawn. */
    private static int step(int most) {
        int step = 1;
        for (int n = 0; most > step * 5; n++) {
            step = n % 3 == 1 ? step * 5 / 2 : step * 2;
        }
        return step;
    }
}
