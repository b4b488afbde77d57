package org.hemei.workorder.measure;

import java.util.EnumMap;
import java.util.Map;

/** The three rates of one thing: an area, an estate, a company. */
public record Tallies(Map<Rate, Tally> rates) {

    public static final Tallies NONE = new Tallies(Map.of());

    public Tallies {
        rates = Map.copyOf(rates);
    }

    public Tally of(Rate rate) {
        return rates.getOrDefault(rate, Tally.none(rate));
    }

    public Tallies plus(Rate rate, Part part, long count) {
        var more = new EnumMap<Rate, Tally>(Rate.class);
        more.putAll(rates);
        more.put(rate, of(rate).plus(part, count));
        return new Tallies(more);
    }

    public Tallies plus(Tallies others) {
        var sum = this;
        for (var tally : others.rates.values()) {
            for (var part : tally.parts().entrySet()) {
                sum = sum.plus(tally.rate(), part.getKey(), part.getValue());
            }
        }
        return sum;
    }

    /** Without others that are among these. */
    public Tallies minus(Tallies others) {
        var rest = NONE;
        for (var column : Parts.COLUMNS) {
            var cases = of(column.rate()).of(column.part())
                    - others.of(column.rate()).of(column.part());
            if (cases != 0) {
                rest = rest.plus(column.rate(), column.part(), cases);
            }
        }
        return rest;
    }

    /** All orders of the period: each stands in exactly one part of the response rate. */
    public long orders() {
        return of(Rate.RESPONSE).denominator() + of(Rate.RESPONSE).outside();
    }
}
