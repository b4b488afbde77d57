package org.hemei.evaluation.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Figures by year as lines from 0 to 100. Lines differ by colour, dash and end mark; a year without a figure breaks its line.
 *
 * @param floor the lowest grid line
 * @param target what is drawn as a dotted line; null for none
 */
public record YearChart(
        List<Line> lines,
        List<Tick> ticks,
        int floor,
        @Nullable Integer target) {

    static final int LEFT = 36;
    static final int RIGHT = 400;
    static final int TOP = 14;
    static final int BOTTOM = 160;
    private static final double APART = 16;
    private static final int[] FLOORS = {80, 60, 40};

    /** @param value null where the year has none; margin: how far it may be off, 0 for none */
    public record Value(int year, @Nullable Double value, double margin) {}

    public record Series(String name, String css, String mark, String unit, List<Value> values) {}

    public record Point(double x, double y, double high, double low) {}

    /** @param paths unbroken stretches as SVG points */
    public record Line(
            String name, String css, String mark, List<String> paths, List<Point> points, double labelY, String last) {

        public @Nullable Point end() {
            return points.isEmpty() ? null : points.getLast();
        }
    }

    public record Tick(double x, int year) {}

    /** @param all years in their order, the oldest first, the same in each */
    static YearChart of(List<Series> all, @Nullable Integer target) {
        var lowest = all.stream()
                .flatMap(one -> one.values.stream())
                .filter(value -> value.value != null)
                .mapToDouble(value -> Objects.requireNonNull(value.value) - value.margin)
                .min()
                .orElse(0);
        var least = target == null ? lowest : Math.min(lowest, target - 1);
        int floor = 0;
        for (int n = FLOORS.length - 1; n >= 0; n--) {
            floor = least >= FLOORS[n] ? FLOORS[n] : floor;
        }
        var years = all.getFirst().values;
        var ticks = new ArrayList<Tick>();
        for (int n = 0; n < years.size(); n++) {
            ticks.add(new Tick(x(n, years.size()), years.get(n).year));
        }
        var lines = new ArrayList<Line>();
        for (var one : all) {
            lines.add(line(one, floor, lines));
        }
        return new YearChart(lines, ticks, floor, target);
    }

    private static Line line(Series one, int floor, List<Line> before) {
        var paths = new ArrayList<String>();
        var points = new ArrayList<Point>();
        var path = new StringBuilder();
        var last = "";
        for (int n = 0; n < one.values.size(); n++) {
            var value = one.values.get(n);
            if (value.value == null) {
                paths.add(path.toString());
                path.setLength(0);
                continue;
            }
            var point = new Point(
                    x(n, one.values.size()),
                    y(value.value, floor),
                    y(value.value + value.margin, floor),
                    y(value.value - value.margin, floor));
            points.add(point);
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", point.x, point.y));
            last = String.format(Locale.ROOT, "%.1f%s", Math.floor(value.value * 10) / 10, one.unit);
        }
        paths.add(path.toString());
        var label = points.isEmpty() ? BOTTOM : points.getLast().y + 4;
        for (var other : before) {
            label = Math.abs(other.labelY - label) < APART ? other.labelY + APART : label;
        }
        return new Line(
                one.name,
                one.css,
                one.mark,
                paths.stream()
                        .map(String::strip)
                        .filter(text -> text.contains(" "))
                        .toList(),
                points,
                label,
                last);
    }

    private static double x(int n, int count) {
        return count < 2 ? RIGHT : LEFT + (RIGHT - LEFT) * (double) n / (count - 1);
    }

    public double y(double value) {
        return y(value, floor);
    }

    private static double y(double value, int floor) {
        return BOTTOM - (Math.clamp(value, floor, 100) - floor) * (BOTTOM - TOP) / (100.0 - floor);
    }

    public List<Integer> grid() {
        var grid = new ArrayList<Integer>();
        for (int value = floor; value <= 100; value += (100 - floor) / 4) {
            grid.add(value);
        }
        return grid;
    }
}
