package org.hemei.evaluation.score;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Whose score an estate's year is, when its contract changed within it. By default the company that held it longest, if that was at
 * least half of the year: a judgement of one should not fall on another. A company that merged into another hands its days
 * over with its rights and duties (《民法典》第六十七条).
 */
public final class Attribution {

    /** @param until the first day on which it did not hold; null: still does */
    public record Contract(
            long company, LocalDate from, @Nullable LocalDate until) {}

    /** @param bodies whose contracts the days are of: the company, and those that merged into it; their cases are its own as well */
    public record Held(long company, SortedSet<Long> bodies, int days, boolean counts, String why) {}

    private record Span(SortedSet<Long> bodies, int days, LocalDate last) {

        Span and(Span other) {
            var all = new TreeSet<>(bodies);
            all.addAll(other.bodies);
            return new Span(all, days + other.days, last.isAfter(other.last) ? last : other.last);
        }
    }

    private Attribution() {}

    /**
     * @param successors into which company another one merged
     * @param until the first day that is not looked at
     */
    public static List<Held> of(
            List<Contract> contracts,
            Map<Long, Long> successors,
            LocalDate from,
            LocalDate until,
            ContractPolicy policy,
            int leastDays) {
        Map<Long, Span> spans = new LinkedHashMap<>();
        for (var contract : contracts) {
            var begins = contract.from().isAfter(from) ? contract.from() : from;
            var ends = contract.until() == null || contract.until().isAfter(until) ? until : contract.until();
            if (begins.isBefore(ends)) {
                var days = (int) ChronoUnit.DAYS.between(begins, ends);
                var heir = heir(contract.company(), successors);
                spans.merge(heir, new Span(new TreeSet<>(List.of(heir, contract.company())), days, ends), Span::and);
            }
        }
        var order = Comparator.<Map.Entry<Long, Span>>comparingInt(e -> e.getValue().days)
                .thenComparing(e -> e.getValue().last)
                .reversed();
        List<Held> held = new ArrayList<>();
        for (var entry : spans.entrySet().stream().sorted(order).toList()) {
            held.add(judge(entry.getKey(), entry.getValue(), held.isEmpty(), policy, leastDays));
        }
        return held;
    }

    private static Held judge(long company, Span span, boolean longest, ContractPolicy policy, int leastDays) {
        var days = span.days;
        if (policy == ContractPolicy.LONGEST && !longest) {
            return new Held(company, span.bodies, days, false, "这一年别家管得更久，分数不算这家的");
        }
        if (days < leastDays) {
            return new Held(company, span.bodies, days, false, "这一年管了 " + days + " 天，不到 " + leastDays + " 天：不评定");
        }
        return new Held(company, span.bodies, days, true, "");
    }

    /** Follows mergers to their end; a circle cannot be, but would not hang either. */
    private static long heir(long company, Map<Long, Long> successors) {
        var heir = company;
        for (int steps = 0; steps < 20 && successors.containsKey(heir); steps++) {
            heir = successors.get(heir);
        }
        return heir;
    }
}
