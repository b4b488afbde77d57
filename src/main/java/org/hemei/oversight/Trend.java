package org.hemei.oversight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hemei.oversight.CheckQueries.Month;
import org.jspecify.annotations.Nullable;

/** A rule's share by month as the line of an SVG drawing; the figures themselves stand in the table beside it. */
record Trend(List<Month> months, int target) {

    static final int WIDTH = 520;
    static final int LEFT = 36;
    static final int RIGHT = 440;
    static final int TOP = 14;
    static final int BOTTOM = 168;

    /** A point of the line. */
    record Point(double x, double y, String label, boolean named) {}

    private static double share(Month month) {
        return 100.0 * month.part() / month.whole();
    }

    /** The lowest grid line, in percent: from zero unless everything lies high up. */
    int floor() {
        var lowest = months.stream().map(Trend::share).min(Double::compare).orElse(0.0);
        var least = Math.min(lowest, target);
        return least >= 92 ? 90 : least >= 82 ? 80 : least >= 62 ? 60 : 0;
    }

    List<Integer> grid() {
        var grid = new ArrayList<Integer>();
        for (int percent = floor(); percent <= 100; percent += (100 - floor()) / 2) {
            grid.add(percent);
        }
        return grid;
    }

    double y(double percent) {
        return BOTTOM - (Math.max(percent, floor()) - floor()) * (BOTTOM - TOP) / (100.0 - floor());
    }

    List<Point> points() {
        var points = new ArrayList<Point>();
        var count = months.size();
        for (int i = 0; i < count; i++) {
            var x = count < 2 ? RIGHT : LEFT + (RIGHT - LEFT) * (double) i / (count - 1);
            points.add(new Point(
                    x, y(share(months.get(i))), months.get(i).day().getMonthValue() + "月", (count - 1 - i) % 2 == 0));
        }
        return points;
    }

    String line() {
        return path(points());
    }

    @Nullable
    Point last() {
        var points = points();
        return points.isEmpty() ? null : points.getLast();
    }

    /** The line on a card, 84 by 26. */
    static String spark(List<Month> months) {
        var lowest = months.stream().map(Trend::share).min(Double::compare).orElse(0.0);
        var highest = months.stream().map(Trend::share).max(Double::compare).orElse(0.0);
        var span = Math.max(highest - lowest, 1);
        var points = new ArrayList<Point>();
        for (int i = 0; i < months.size(); i++) {
            var x = months.size() < 2 ? 80 : 2 + 78.0 * i / (months.size() - 1);
            var y = 22 - 18 * (share(months.get(i)) - lowest) / span;
            points.add(new Point(x, y, "", false));
        }
        return path(points);
    }

    private static String path(List<Point> points) {
        var path = new StringBuilder();
        points.forEach(p -> path.append(String.format(Locale.ROOT, "%.1f,%.1f ", p.x, p.y)));
        return path.toString().strip();
    }
}
