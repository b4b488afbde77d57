package org.hemei.workorder.rates;

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

    /** All orders of the period: each stands in exactly one part of the response rate. */
    public long orders() {
        return of(Rate.RESPONSE).denominator() + of(Rate.RESPONSE).outside();
    }
}
