package org.hemei.workorder.overview;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.Fact;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.hemei.workorder.rollup.OrderCounts.Month;
import org.hemei.workorder.rollup.OrderCounts.Topic;
import org.hemei.workorder.rollup.Quarter;
import org.hemei.workorder.rollup.RateChart;

/**
 * The overview as its page shows it; every figure knows the list behind it.
 *
 * @param now up to when the counts hold
 */
record Overview(
        AreaQueries.Picker picker,
        Quarter quarter,
        List<Line> lines,
        Counts sum,
        List<Month> months,
        List<Topic> kinds,
        Instant now) {

    /** One area below, or one estate. */
    record Line(String code, String name, Counts counts, boolean estate) {}

    static List<Line> lines(List<AreaQueries.Named> names, Map<String, Counts> counts, boolean estates) {
        return names.stream()
                .map(n -> new Line(
                        n.id(),
                        n.name(),
                        counts.getOrDefault(estates ? OrderCounts.estate(Long.parseLong(n.id())) : n.id(), Counts.NONE),
                        estates))
                .toList();
    }

    AreaQueries.Area here() {
        return picker.path().getLast();
    }

    String belowWords() {
        return switch (here().level()) {
            case "city" -> "区县、开发区";
            case "district" -> "街道、乡镇";
            case "street" -> "社区、村";
            default -> "小区";
        };
    }

    Address self() {
        return Address.of("/overview").with("area", here().code()).with("period", quarter);
    }

    private Address orders() {
        return Address.of("/orders").with("area", here().code());
    }

    private Address orders(Line line) {
        return line.estate
                ? orders().with("estate", line.code)
                : Address.of("/orders").with("area", line.code);
    }

    private Address filed(Address address) {
        return address.with("from", quarter.first()).with("to", quarter.last());
    }

    /** The list behind a figure of the whole area. */
    String list(Fact fact) {
        return address(orders(), fact).toString();
    }

    String list(Line line, Fact fact) {
        return address(orders(line), fact).toString();
    }

    /** Open and late count as of now, done by the day of closing, all else by the day of filing. */
    private Address address(Address address, Fact fact) {
        return switch (fact) {
            case OPEN -> address.with("state", "open");
            case OVERDUE -> address.with("late", "1");
            case DONE ->
                address.with("fact", fact.code())
                        .with("done_from", quarter.first())
                        .with("done_to", quarter.last());
            default -> filed(address).with("fact", fact.code());
        };
    }

    /** The cases behind a rate of the whole area. */
    String cases(Rate rate, String part) {
        return quarter.cases(rate, part).with("area", here().code()).toString();
    }

    String cases(Line line, Rate rate, String part) {
        var cases = quarter.cases(rate, part).with("area", line.estate ? here().code() : line.code);
        return (line.estate ? cases.with("estate", line.code) : cases).toString();
    }

    String filedList() {
        return filed(orders()).toString();
    }

    String filedList(Line line) {
        return filed(orders(line)).toString();
    }

    String kindList(Topic kind) {
        return filed(orders()).with("category", kind.code()).toString();
    }

    String monthList(Month month) {
        return orders().with("from", month.first())
                .with("to", month.first().plusMonths(1).minusDays(1))
                .toString();
    }

    String drill(Line line) {
        return line.estate
                ? orders(line).toString()
                : Address.of("/overview")
                        .with("area", line.code)
                        .with("period", quarter)
                        .toString();
    }

    String span() {
        return quarter.span(CivilTime.date(now));
    }

    RateChart chart() {
        return RateChart.of(months);
    }
}
