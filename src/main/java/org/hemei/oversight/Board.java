package org.hemei.oversight;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.hemei.oversight.CheckQueries.Month;
import org.hemei.platform.MechanismCheck.Part;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;

/** 机制体检 as its page shows it: a card for each rule, for one area. */
record Board(
        Areas.Picker picker,
        List<Card> all,
        @Nullable State state,
        @Nullable Part part,
        boolean inOrder,
        Instant computedAt) {

    /**
     * @param places the areas below with their figures, as they lie
     * @param months the snapshots of the last year, oldest first
     */
    record Card(Rule rule, Place here, List<Place> places, List<Month> months) {

        State state() {
            return here.state();
        }

        String spark() {
            return Trend.spark(months);
        }

        double lastY() {
            var spark = spark();
            return spark.isEmpty() ? 0 : Double.parseDouble(spark.substring(spark.lastIndexOf(',') + 1));
        }

        double lastX() {
            return months.size() < 2 ? 80 : 80.0;
        }

        String path() {
            return "/mechanism/" + rule.code() + "?area=" + here.area().code();
        }

        String path(Place place) {
            return "/mechanism/" + rule.code() + "?area=" + place.area().code();
        }
    }

    Areas.Area here() {
        return picker.path().getLast();
    }

    /** Worst first, or system by system. */
    List<Card> cards() {
        var shown = all.stream()
                .filter(c -> state == null || c.state() == state)
                .filter(c -> part == null || c.rule().part() == part);
        return inOrder
                ? shown.toList()
                : shown.sorted(Comparator.comparing(Card::state)
                                .thenComparing(c -> c.here().figure().whole() == 0
                                        ? 0
                                        : c.here().figure().part()
                                                * 1000
                                                / c.here().figure().whole()))
                        .toList();
    }

    long count(State of) {
        return all.stream().filter(c -> c.state() == of).count();
    }

    long count(Part of) {
        return all.stream().filter(c -> c.rule().part() == of).count();
    }

    Address self() {
        return Address.of("/mechanism")
                .with("area", here().code())
                .with("state", state)
                .with("part", part)
                .with("sort", inOrder ? "part" : null);
    }
}
