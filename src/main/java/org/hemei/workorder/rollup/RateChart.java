package org.hemei.workorder.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tally;
import org.hemei.workorder.rollup.OrderCounts.Month;

/**
 * Three rates by month as lines of an SVG drawing. Lines differ by colour, dash and end mark; a month without a
 * denominator breaks its line.
 *
 * @param floor the lowest grid line in percent
 */
public record RateChart(List<Line> lines, List<Tick> ticks, int floor) {

    static final int WIDTH = 520;
    static final int HEIGHT = 240;
    static final int LEFT = 36;
    static final int RIGHT = 430;
    static final int TOP = 14;
    static final int BOTTOM = 208;

    /** @param paths unbroken stretches as SVG points; @param y end of the line; @param labelY where its name stands */
    public record Line(
            String name, String css, String mark, List<String> paths, double x, double y, double labelY, String last) {}

    public record Tick(double x, String label) {}

    /** Grid lines every twenty percent. */
    public List<Integer> grid() {
        var grid = new ArrayList<Integer>();
        for (int percent = floor; percent <= 100; percent += (100 - floor) / 4) {
            grid.add(percent);
        }
        return grid;
    }

    public double y(double percent) {
        return y(percent, floor);
    }

    private static double y(double percent, int floor) {
        return BOTTOM - (Math.max(percent, floor) - floor) * (BOTTOM - TOP) / (100.0 - floor);
    }

    public static RateChart of(List<Month> months) {
        var lowest = months.stream()
                .flatMap(m -> java.util.stream.Stream.of(response(m), resolution(m), satisfaction(m)))
                .filter(rate -> !Double.isNaN(rate))
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        int floor = lowest >= 80 ? 80 : lowest >= 60 ? 60 : lowest >= 40 ? 40 : 0;
        var lines = new ArrayList<Line>();
        lines.add(line("响应", "l-a", "c", months, RateChart::response, floor));
        lines.add(line("解决", "l-b", "s", months, RateChart::resolution, floor));
        lines.add(line("满意", "l-c", "t", months, RateChart::satisfaction, floor));
        return new RateChart(apart(lines), ticks(months), floor);
    }

    private static double response(Month month) {
        return percent(month.counts().of(Rate.RESPONSE));
    }

    private static double resolution(Month month) {
        return percent(month.counts().of(Rate.RESOLUTION));
    }

    private static double satisfaction(Month month) {
        return percent(month.counts().of(Rate.SATISFACTION));
    }

    /** The three rates of a month as a script reads them; empty where there is nothing to divide by. */
    public static String values(Month month) {
        return java.util.stream.DoubleStream.of(response(month), resolution(month), satisfaction(month))
                .mapToObj(rate ->
                        Double.isNaN(rate) ? "" : String.format(Locale.ROOT, "%.1f", Math.floor(rate * 10) / 10))
                .collect(java.util.stream.Collectors.joining(","));
    }

    /** Each of the three rates as a small line on a card, 84 by 26. */
    public static List<String> sparks(List<Month> months) {
        return List.of(
                spark(months, RateChart::response),
                spark(months, RateChart::resolution),
                spark(months, RateChart::satisfaction));
    }

    private static String spark(List<Month> months, ToDoubleFunction<Month> of) {
        var rates = months.stream()
                .mapToDouble(of)
                .filter(rate -> !Double.isNaN(rate))
                .toArray();
        var lowest = java.util.Arrays.stream(rates).min().orElse(0);
        var span = Math.max(1, java.util.Arrays.stream(rates).max().orElse(0) - lowest);
        var path = new StringBuilder();
        for (int i = 0; i < rates.length; i++) {
            var x = rates.length < 2 ? 80 : 2 + 78.0 * i / (rates.length - 1);
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, 22 - 18 * (rates[i] - lowest) / span));
        }
        return path.toString().strip();
    }

    private static double percent(Tally tally) {
        return tally.denominator() == 0 ? Double.NaN : 100.0 * tally.numerator() / tally.denominator();
    }

    private static double x(int index, int count) {
        return count < 2 ? RIGHT : LEFT + (RIGHT - LEFT) * (double) index / (count - 1);
    }

    private static Line line(
            String name, String css, String mark, List<Month> months, ToDoubleFunction<Month> of, int floor) {
        var paths = new ArrayList<String>();
        var path = new StringBuilder();
        double endX = LEFT;
        double endY = BOTTOM;
        var last = "";
        for (int i = 0; i < months.size(); i++) {
            var rate = of.applyAsDouble(months.get(i));
            if (Double.isNaN(rate)) {
                paths.add(path.toString());
                path.setLength(0);
                continue;
            }
            endX = x(i, months.size());
            endY = y(rate, floor);
            last = String.format(Locale.ROOT, "%.1f", Math.floor(rate * 10) / 10);
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", endX, endY));
        }
        paths.add(path.toString());
        return new Line(
                name, css, mark, paths.stream().filter(p -> !p.isBlank()).toList(), endX, endY, endY + 4, last);
    }

    /** Names at the lines' ends never lie on each other. */
    private static List<Line> apart(List<Line> lines) {
        var sorted = new ArrayList<>(lines);
        sorted.sort(java.util.Comparator.comparingDouble(Line::y));
        double free = 0;
        var placed = new ArrayList<Line>();
        for (var line : sorted) {
            var at = Math.max(line.labelY, free);
            free = at + 16;
            placed.add(new Line(line.name, line.css, line.mark, line.paths, line.x, line.y, at, line.last));
        }
        return placed;
    }

    private static List<Tick> ticks(List<Month> months) {
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i < months.size(); i++) {
            if ((months.size() - 1 - i) % 2 == 0) {
                ticks.add(new Tick(x(i, months.size()), months.get(i).label()));
            }
        }
        return ticks;
    }
}
