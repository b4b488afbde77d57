package org.hemei.oversight;

import java.time.Instant;
import java.util.List;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.Ui;
import org.hemei.registry.Areas;
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
        List<Integer> targets,
        Instant asOf) {

    /** The three rates, never merged. */
    enum Rate {
        RESPONSE("响应", "响应率", "按时联系", "contacted", "contact_counted", "件工单"),
        RESOLUTION("解决", "解决率", "居民说解决了", "solved", "rated", "件有效评价"),
        SATISFACTION("满意", "满意率", "居民打 4—5 分", "satisfied", "rated", "件有效评价");

        private final String brief;
        private final String words;
        private final String gloss;
        private final String partFact;
        private final String wholeFact;
        private final String unit;

        Rate(String brief, String words, String gloss, String partFact, String wholeFact, String unit) {
            this.brief = brief;
            this.words = words;
            this.gloss = gloss;
            this.partFact = partFact;
            this.wholeFact = wholeFact;
            this.unit = unit;
        }

        String brief() {
            return brief;
        }

        String words() {
            return words;
        }

        String gloss() {
            return gloss;
        }

        String partFact() {
            return partFact;
        }

        String wholeFact() {
            return wholeFact;
        }

        String unit() {
            return unit;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        int part(Counts counts) {
            return switch (this) {
                case RESPONSE -> counts.contacted();
                case RESOLUTION -> counts.solved();
                case SATISFACTION -> counts.satisfied();
            };
        }

        int whole(Counts counts) {
            return this == RESPONSE ? counts.contactCounted() : counts.rated();
        }
    }

    /** How many percentage points below its target a rate still reads as near. */
    static final int NEAR = 6;

    /** One area below. */
    record Tile(Areas.Area area, Counts counts, int part, int whole, State state, int target) {

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
                    ? "差 " + points(target * 10L * whole - 1000L * part, whole)
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

    String part(Rate rate) {
        return filed(here().code()).with("fact", rate.partFact).toString();
    }

    String whole(Rate rate) {
        return filed(here().code()).with("fact", rate.wholeFact).toString();
    }

    String whole(Tile tile) {
        return filed(tile.area.code()).with("fact", shown.wholeFact).toString();
    }

    String fact(String fact) {
        return filed(here().code()).with("fact", fact).toString();
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
        return targets.get(rate.ordinal());
    }

    State state(Rate rate) {
        return State.of(rate.part(counts), rate.whole(counts), target(rate), NEAR);
    }

    /** 比上季 +0.5; nothing where one of the two has nothing to divide by. */
    String change(Rate rate) {
        long part = rate.part(counts);
        long whole = rate.whole(counts);
        long partBefore = rate.part(earlier);
        long wholeBefore = rate.whole(earlier);
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
        return tile.whole == 0 ? "—" : Ui.percent(tile.part, tile.whole) + "%";
    }
}
