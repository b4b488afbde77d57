package org.hemei.workorder.rates;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hemei.platform.web.Address;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tallies;
import org.jspecify.annotations.Nullable;

/**
 * The three rates as their page shows them; every number knows its list.
 *
 * @param asOf up to when the figures hold
 */
record RateView(
        AreaQueries.Picker picker,
        RateFilter filter,
        By by,
        List<By> choices,
        Tallies sum,
        List<Line> lines,
        boolean cut,
        Map<String, String> said,
        Instant asOf) {

    /** As many as one reads; the sheet holds all. */
    static final int MOST = 200;

    record Line(String key, String name, Tallies tallies) {}

    static List<Line> lines(By by, Map<String, String> names, Map<String, Tallies> found) {
        var lines = names.entrySet().stream()
                .map(name -> new Line(name.getKey(), name.getValue(), found.getOrDefault(name.getKey(), Tallies.NONE)))
                .toList();
        return by == By.MONTH
                ? lines.reversed()
                : lines.stream()
                        .sorted(Comparator.comparingLong((Line line) -> -line.tallies.orders())
                                .thenComparing(Line::name))
                        .toList();
    }

    String title() {
        var here = picker.here();
        var company = said.get("company");
        var place = said.containsKey("estate")
                ? said.get("estate")
                : here != null ? here.name() : company == null ? "我们单位" : company;
        return company == null || company.equals(place) ? place : place + "·" + company;
    }

    Address self() {
        return filter.on("/rates").with("by", by.code());
    }

    Address cases(Rate rate, String part) {
        return filter.on("/rates/cases").with("rate", rate.code()).with("part", part);
    }

    String cases(Rate rate, Part part) {
        return cases(rate, part.code()).toString();
    }

    String counted(Rate rate) {
        return cases(rate, "counted").toString();
    }

    /** The filter narrowed to one line. */
    Address narrowed(Line line, Address address) {
        return switch (by) {
            case AREA ->
                line.key.matches("\\d{6}|\\d{9}|\\d{12}") && !estates()
                        ? address.with("area", line.key)
                        : address.with("estate", line.key);
            case ESTATE -> address.with("estate", line.key);
            case COMPANY -> address.with("company", line.key);
            case PROJECT ->
                line.key.isEmpty()
                        ? address
                        : address.with("company", line.key.substring(0, line.key.indexOf('-')))
                                .with("estate", line.key.substring(line.key.indexOf('-') + 1));
            case CATEGORY -> address.with("category", line.key);
            case MONTH -> address.with("month", line.key).without("months");
        };
    }

    private boolean estates() {
        var area = filter.area();
        return area == null || area.length() == 12;
    }

    /** One step down: areas to their parts, branches to their leaves, months to places; null where there is nothing below. */
    @Nullable
    String drill(Line line) {
        if (line.key.isEmpty()) {
            return null;
        }
        var next = switch (by) {
            case AREA -> estates() ? By.MONTH : By.AREA;
            case ESTATE, PROJECT -> By.MONTH;
            case COMPANY -> By.ESTATE;
            case CATEGORY -> filter.category() == null ? By.CATEGORY : By.MONTH;
            case MONTH -> choices.getFirst() == By.MONTH ? null : choices.getFirst();
        };
        return next == null
                ? null
                : narrowed(line, filter.on("/rates")).with("by", next.code()).toString();
    }

    String lineCases(Line line, Rate rate, String part) {
        return narrowed(line, cases(rate, part)).toString();
    }

    List<Part> outside(Rate rate) {
        return Part.outside().stream().filter(part -> sum.of(rate).of(part) > 0).toList();
    }

    String byWords(By one) {
        if (one != By.AREA) {
            return one.words();
        }
        var here = picker.here();
        return switch (here == null ? "community" : here.level()) {
            case "city" -> "区县";
            case "district" -> "街道、乡镇";
            case "street" -> "社区、村";
            default -> "小区";
        };
    }
}
