package org.hemei.workorder.rollup;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;

/** A quarter of a year, the period that figures are told for. */
public record Quarter(int year, int number) {

    private static final Pattern FORM = Pattern.compile("(20\\d\\d)Q([1-4])");

    public static Quarter of(@Nullable String text, LocalDate today) {
        var match = FORM.matcher(text == null ? "" : text);
        return match.matches()
                ? new Quarter(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                : holding(today);
    }

    public static Quarter holding(LocalDate day) {
        return new Quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    public LocalDate first() {
        return LocalDate.of(year, number * 3 - 2, 1);
    }

    public LocalDate last() {
        return first().plusMonths(3).minusDays(1);
    }

    /** Where the cases of a rate stand that were filed in it. @param part of the rate, or counted, or outside */
    public Address cases(Rate rate, String part) {
        return Address.of("/rates/cases")
                .with("rate", rate.code())
                .with("part", part)
                .with("month", YearMonth.from(last()))
                .with("months", 3);
    }

    public Quarter before() {
        return holding(first().minusDays(1));
    }

    /** This one and the seven before it, the latest first. */
    public static List<Quarter> recent(LocalDate today) {
        return Stream.iterate(holding(today), Quarter::before).limit(8).toList();
    }

    public String words() {
        return year + " 年第" + "一二三四".charAt(number - 1) + "季度";
    }

    /** 10月1日—11月23日: up to today while it runs. */
    public String span(LocalDate today) {
        var end = last().isAfter(today) ? today : last();
        var from = CivilTime.day(first());
        var to = CivilTime.day(end);
        return from.substring(from.indexOf('年') + 1) + "—" + to.substring(to.indexOf('年') + 1);
    }

    @Override
    public String toString() {
        return year + "Q" + number;
    }
}
