package org.hemei.oversight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.oversight.CheckQueries.Month;
import org.hemei.oversight.CheckQueries.Running;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;

/**
 * One rule for one area on one day, as its page shows it.
 *
 * @param computedAt when today's figures were computed; null for a day of the past, computed on the spot
 * @param next the key after which the next page of those who fall short begins; null on the last page
 */
record RuleView(
        Rule rule,
        Areas.Picker picker,
        LocalDate on,
        boolean today,
        @Nullable Instant computedAt,
        Place here,
        List<Place> places,
        List<Month> months,
        List<Thresholds.Version> holding,
        int target,
        List<Shortfall> lacking,
        Map<String, Running> running,
        Map<String, String> names,
        String after,
        @Nullable String next,
        boolean sets) {

    Areas.Area area() {
        return here.area();
    }

    Trend trend() {
        return new Trend(months, target);
    }

    boolean madeUp() {
        return months.stream().anyMatch(Month::later);
    }

    String belowWords() {
        return below(area().level());
    }

    static String below(String level) {
        return switch (level) {
            case "city" -> "区县、开发区";
            case "district" -> "街道、乡镇";
            default -> "社区、村";
        };
    }

    /** Tasks are made of what is missing now, and never of an aim. */
    boolean tasks() {
        return today && !rule.aim() && here.lacking() > 0;
    }

    Address self() {
        return Address.of("/mechanism/" + rule.code())
                .with("area", area().code())
                .with("on", today ? null : on);
    }

    String drill(Place place) {
        return self().with("area", place.area().code()).toString();
    }

    String where(Shortfall one) {
        return names.getOrDefault(one.area(), "");
    }
}
