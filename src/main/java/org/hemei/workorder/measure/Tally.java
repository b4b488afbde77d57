package org.hemei.workorder.measure;

import java.util.EnumMap;
import java.util.Map;

/** How many fall into each part of one rate. */
public record Tally(Rate rate, Map<Part, Long> parts) {

    public Tally {
        parts = Map.copyOf(parts);
    }

    public static Tally none(Rate rate) {
        return new Tally(rate, Map.of());
    }

    public long of(Part part) {
        return parts.getOrDefault(part, 0L);
    }

    public long numerator() {
        return of(rate.good());
    }

    public long denominator() {
        return of(rate.good()) + of(rate.poor());
    }

    /** How many stand outside, whatever the reason. */
    public long outside() {
        return parts.entrySet().stream()
                .filter(part -> part.getKey().out())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether it stays below so many percent. Nothing counted is not below. */
    public boolean below(int percent) {
        return numerator() * 100 < denominator() * percent;
    }

    public Wilson interval() {
        return Wilson.of(numerator(), denominator());
    }

    Tally plus(Part part, long count) {
        var more = new EnumMap<Part, Long>(Part.class);
        more.putAll(parts);
        more.merge(part, count, Long::sum);
        return new Tally(rate, more);
    }
}
