package org.hemei.evaluation.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.evaluation.CompanyYears.Year;
import org.jspecify.annotations.Nullable;

/**
 * The rule of two failed years in a row (连续两年被评不合格, the article; domain.md §3). A year that is missing or was not rated
 * breaks the run, and so does a fail whose margin of error reaches over the pass line: what might be chance weighs on nobody.
 * A run is that of one company and never goes over to its successor (ADR 49).
 */
public final class Run {

    /** Why a year is no part of a run. */
    public enum Break {
        MISSING("没有成绩"),
        NOT_RATED("不评定"),
        PASSED("合格"),
        MARGIN("误差范围够到合格线");

        private final String words;

        Break(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private Run() {}

    /** Why this year breaks a run; null when it is a clear fail. */
    public static @Nullable Break broken(@Nullable Year year) {
        if (year == null) {
            return Break.MISSING;
        }
        return switch (year.result()) {
            case PASS -> Break.PASSED;
            case NOT_RATED -> Break.NOT_RATED;
            case FAIL -> year.marginReachesOverPass() ? Break.MARGIN : null;
        };
    }

    /** Every two failed years in a row of which the second is not before {@code since}, the earlier first. */
    public static List<Ground> grounds(Collection<Year> years, int since) {
        var byYear = byYear(years);
        List<Ground> grounds = new ArrayList<>();
        byYear.keySet().stream().sorted().filter(year -> year >= since).forEach(year -> {
            var first = byYear.get(year - 1);
            var second = byYear.get(year);
            if (first != null && second != null && broken(first) == null && broken(second) == null) {
                grounds.add(new Ground(year - 1, first.version(), year, second.version()));
            }
        });
        return grounds;
    }

    /** The same two years in their versions of today; empty when they are not both clear fails any more. */
    public static Optional<Ground> today(Collection<Year> years, Ground ground) {
        var byYear = byYear(years);
        var first = byYear.get(ground.firstYear());
        var second = byYear.get(ground.secondYear());
        return first == null || second == null || broken(first) != null || broken(second) != null
                ? Optional.empty()
                : Optional.of(new Ground(ground.firstYear(), first.version(), ground.secondYear(), second.version()));
    }

    private static Map<Integer, Year> byYear(Collection<Year> years) {
        Map<Integer, Year> byYear = new HashMap<>();
        years.forEach(year -> byYear.put(year.year(), year));
        return byYear;
    }
}
