package org.hemei.workorder.rates;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * One or several calendar months in Shanghai, by the time an order was filed.
 *
 * @param last the last month; @param months how many, counted back from it
 */
public record Period(YearMonth last, int months) {

    private static final Pattern MONTH = Pattern.compile("20\\d\\d-(0[1-9]|1[0-2])");
    private static final Pattern LENGTH = Pattern.compile("[1-9]|1[0-2]");

    public static Period of(YearMonth month) {
        return new Period(month, 1);
    }

    static Period of(@Nullable String month, @Nullable String months, LocalDate today) {
        var last = month != null && MONTH.matcher(month).matches() ? YearMonth.parse(month) : YearMonth.from(today);
        var length = months != null && LENGTH.matcher(months).matches() ? Integer.parseInt(months) : 1;
        return new Period(last, length);
    }

    public YearMonth first() {
        return last.minusMonths(months - 1L);
    }

    public Instant from() {
        return CivilTime.startOf(first().atDay(1));
    }

    /** The first moment after it. */
    public Instant to() {
        return CivilTime.startOf(last.plusMonths(1).atDay(1));
    }

    public static String words(YearMonth month) {
        return month.getYear() + "年" + month.getMonthValue() + "月";
    }

    public String words() {
        return months == 1 ? words(last) : words(first()) + "—" + words(last);
    }

    /** This month and those before it, the latest first. */
    static List<YearMonth> recent(LocalDate today, int count) {
        return Stream.iterate(YearMonth.from(today), m -> m.minusMonths(1))
                .limit(count)
                .toList();
    }
}
