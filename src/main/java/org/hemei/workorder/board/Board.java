package org.hemei.workorder.board;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.board.BoardQueries.Spot;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.hemei.workorder.rollup.OrderCounts.Day;
import org.hemei.workorder.rollup.OrderCounts.Month;
import org.hemei.workorder.rollup.OrderCounts.Topic;
import org.hemei.workorder.rollup.RateChart;

/**
 * A board as its page shows it.
 *
 * @param desk whose board it is; {@code desks} all those the reader may choose
 * @param counts of this month, with what is open now
 * @param days the last thirty, today at the end
 * @param topicsSince first day of the month that the topics are counted from
 * @param asOf up to when the counts hold
 */
record Board(
        Desk desk,
        List<Desk> desks,
        Counts counts,
        List<Day> days,
        List<Month> months,
        List<Topic> topics,
        LocalDate topicsSince,
        OrderCounts.Ages ages,
        List<Spot> spots,
        BoardQueries.Changes changes,
        String tiles,
        Instant asOf) {

    /** A bar of the chart of days. */
    record Bar(double x, double filedY, double filedHeight, double doneY, double doneHeight, String label) {}

    private static final int TOP = 14;
    private static final int BOTTOM = 208;
    private static final int LEFT = 36;
    private static final double STEP = 15.8;
    static final double THICK = 6;

    Address self() {
        return desk.on("/board");
    }

    private LocalDate today() {
        return CivilTime.date(asOf);
    }

    Day todays() {
        return days.getLast();
    }

    Day yesterdays() {
        return days.get(days.size() - 2);
    }

    /** How many more were filed than were finished since the beginning of yesterday. */
    int grown() {
        return todays().filed()
                + yesterdays().filed()
                - todays().done()
                - yesterdays().done();
    }

    String fact(String fact) {
        return desk.on("/orders").with("fact", fact).toString();
    }

    String filed(Day from, Day to) {
        return desk.on("/orders").with("from", from.day()).with("to", to.day()).toString();
    }

    String done(Day from, Day to) {
        return desk.on("/orders")
                .with("fact", "done")
                .with("done_from", from.day())
                .with("done_to", to.day())
                .toString();
    }

    String topicWords() {
        return topicsSince.getMonthValue() == today().getMonthValue() ? "这个月" : "上个月以来";
    }

    String topic(Topic topic) {
        return desk.on("/orders")
                .with("category", topic.code())
                .with("from", topicsSince)
                .with("to", today())
                .toString();
    }

    String month(Month month) {
        return desk.on("/orders")
                .with("from", month.first())
                .with("to", month.first().plusMonths(1).minusDays(1))
                .toString();
    }

    /** What is open at an estate; of an area's all, of a body's what it holds. */
    String spot(Spot spot) {
        var address = Address.of("/orders").with("estate", spot.id()).with("fact", "open");
        return (desk.isArea() ? address.with("area", desk.area()) : address.with("holder", desk.body())).toString();
    }

    boolean anySample() {
        return spots.stream().anyMatch(Spot::sample);
    }

    boolean anyLocated() {
        return spots.stream().anyMatch(spot -> spot.longitude() != null);
    }

    RateChart chart() {
        return RateChart.of(months);
    }

    int mostOfADay() {
        return Math.max(
                4,
                days.stream()
                        .mapToInt(day -> Math.max(day.filed(), day.done()))
                        .max()
                        .orElse(0));
    }

    double y(double value) {
        return BOTTOM - value * (BOTTOM - TOP) / mostOfADay();
    }

    List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < days.size(); i++) {
            var day = days.get(i);
            bars.add(new Bar(
                    LEFT + i * STEP,
                    y(day.filed()),
                    BOTTOM - y(day.filed()),
                    y(day.done()),
                    BOTTOM - y(day.done()),
                    (days.size() - 1 - i) % 7 == 0 ? label(day) : ""));
        }
        return bars;
    }

    static String label(Day day) {
        return day.day().getMonthValue() + "/" + day.day().getDayOfMonth();
    }
}
