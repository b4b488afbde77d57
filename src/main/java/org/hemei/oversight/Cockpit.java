package org.hemei.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.Ui;
import org.hemei.registry.Areas;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tally;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.hemei.workorder.rollup.OrderCounts.Month;
import org.hemei.workorder.rollup.OrderCounts.Topic;
import org.hemei.workorder.rollup.Quarter;
import org.hemei.workorder.rollup.RateChart;

/**
 * 驾驶舱 as its page shows it: the quarter's three rates, the areas below, the year's course, what people say, what needs an
 * eye. Every figure knows the list behind it.
 *
 * @param counts of the quarter; {@code earlier} of the quarter before
 * @param asOf up to when the counts hold
 */
record Cockpit(
        Areas.Picker picker,
        Quarter quarter,
        Rate shown,
        Counts counts,
        Counts earlier,
        List<Tile> tiles,
        List<Boundaries.Shape> shapes,
        List<Month> months,
        List<Subject> subjects,
        OrderCounts.Ages ages,
        List<Watch> watched,
        List<Covered> covered,
        Map<Rate, Integer> targets,
        Instant asOf) {

    /** How many percentage points below its target a rate still reads as near. */
    static final int NEAR = 6;

    /** One area below. */
    record Tile(Areas.Area area, Counts counts, Tally tally, State state, int target) {

        String name() {
            return Tiles.name(area);
        }

        String css() {
            return switch (state) {
                case MET -> "s-ok";
                case NEAR -> "s-near";
                case NOT_MET -> "s-no";
                case NONE -> "s-na";
            };
        }

        /** 差 7.4 */
        String words() {
            return state == State.NEAR || state == State.NOT_MET
                    ? "差 " + points(target * 10L * tally.denominator() - 1000L * tally.numerator(), tally.denominator())
                    : state == State.NONE ? "没有" : state.words();
        }
    }

    /** A topic with how it went since the quarter before. */
    record Subject(Topic topic, int before) {

        String icon() {
            return topic.filed() > before ? "up" : topic.filed() < before ? "dn" : "minus";
        }

        String change() {
            if (before == 0) {
                return topic.filed() == 0 ? "持平" : "新出现";
            }
            var percent = Math.round(100.0 * Math.abs(topic.filed() - before) / before);
            return percent == 0 ? "持平" : (topic.filed() > before ? "多 " : "少 ") + percent + "%";
        }
    }

    /** One thing that needs an eye: how many, and where most of them are. */
    record Watch(
            String what,
            String icon,
            String word,
            String tone,
            String many,
            String path,
            List<Spot> spots,
            String who) {}

    record Spot(String name, int count, String path) {}

    /** A rule of the mechanism on the card of coverage. */
    record Covered(Rule rule, long part, long whole, String path) {}

    Areas.Area here() {
        return picker.path().getLast();
    }

    String belowWords() {
        return RuleView.below(here().level());
    }

    boolean city() {
        return here().level().equals("city");
    }

    Address self() {
        return Address.of("/cockpit")
                .with("area", here().code())
                .with("period", quarter)
                .with("rate", shown.code());
    }

    /** An area below: another cockpit down to the district, the street's own table from there. */
    String drill(Tile tile) {
        return city()
                ? self().with("area", tile.area.code()).toString()
                : Address.of("/overview")
                        .with("area", tile.area.code())
                        .with("period", quarter)
                        .toString();
    }

    private Address orders(String area) {
        return Address.of("/orders").with("area", area);
    }

    private Address filed(String area) {
        return orders(area).with("from", quarter.first()).with("to", quarter.last());
    }

    /** The cases behind a figure of the whole area. */
    String cases(Rate rate, String part) {
        return quarter.cases(rate, part).with("area", here().code()).toString();
    }

    String counted(Tile tile) {
        return quarter.cases(shown, "counted").with("area", tile.area.code()).toString();
    }

    String now(String fact) {
        return orders(here().code()).with("fact", fact).toString();
    }

    String subject(Topic topic) {
        return filed(here().code()).with("category", topic.code()).toString();
    }

    String month(Month month) {
        return orders(here().code())
                .with("from", month.first())
                .with("to", month.first().plusMonths(1).minusDays(1))
                .toString();
    }

    int target(Rate rate) {
        return targets.getOrDefault(rate, 0);
    }

    State state(Rate rate) {
        return State.of(counts.of(rate).numerator(), counts.of(rate).denominator(), target(rate), NEAR);
    }

    /** 比上季 +0.5; nothing where one of the two has nothing to divide by. */
    String change(Rate rate) {
        long part = counts.of(rate).numerator();
        long whole = counts.of(rate).denominator();
        long partBefore = earlier.of(rate).numerator();
        long wholeBefore = earlier.of(rate).denominator();
        if (whole == 0 || wholeBefore == 0) {
            return "上季没有可比的";
        }
        var more = 1000 * (part * wholeBefore - partBefore * whole);
        return "比上季 " + (more < 0 ? "−" : "+") + points(Math.abs(more), whole * wholeBefore);
    }

    private static String points(long tenths, long whole) {
        var rounded = Math.round((double) tenths / whole);
        return rounded / 10 + "." + rounded % 10;
    }

    RateChart chart() {
        return RateChart.of(months);
    }

    List<String> sparks() {
        return RateChart.sparks(months);
    }

    Tile tile(Boundaries.Shape shape) {
        return tiles.stream()
                .filter(tile -> tile.area.code().equals(shape.area()))
                .findFirst()
                .orElseThrow();
    }

    /** 87.0%, or a word where there is nothing. */
    static String percent(Tile tile) {
        return tile.tally.denominator() == 0 ? "—" : Ui.percent(tile.tally.numerator(), tile.tally.denominator()) + "%";
    }
}
