package org.hemei.workorder.report;

import java.util.List;
import java.util.Map;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tallies;
import org.jspecify.annotations.Nullable;

/**
 * All that a report says, as it is sealed: counts and digests, no words of people and no ids of theirs.
 *
 * @param form the version of this very form
 * @param asOf the moment the figures stand for
 * @param satisfiedFrom the measure of satisfaction that held
 * @param rates by rate and part
 * @param leftOut orders left out by an appeal, by its reason
 * @param reason why it takes the place of an earlier version
 */
public record ReportContent(
        int form,
        String number,
        String level,
        String area,
        @Nullable Long company,
        String name,
        String month,
        int version,
        String asOf,
        int satisfiedFrom,
        Map<String, Map<String, Figure>> rates,
        List<Row> below,
        List<Row> categories,
        Map<String, Long> leftOut,
        @Nullable String reason) {

    static final int FORM = 1;

    /** @param cases SHA-256 of the numbers of the orders that were counted, in order, with commas between them */
    public record Figure(long count, String cases) {}

    public record Row(String key, String name, Map<String, Map<String, Long>> rates) {

        public Tallies tallies() {
            var tallies = Tallies.NONE;
            for (var rate : rates.entrySet()) {
                for (var part : rate.getValue().entrySet()) {
                    tallies = tallies.plus(Rate.of(rate.getKey()), Part.of(part.getKey()), part.getValue());
                }
            }
            return tallies;
        }
    }

    public Tallies tallies() {
        var tallies = Tallies.NONE;
        for (var rate : rates.entrySet()) {
            for (var part : rate.getValue().entrySet()) {
                tallies = tallies.plus(
                        Rate.of(rate.getKey()),
                        Part.of(part.getKey()),
                        part.getValue().count());
            }
        }
        return tallies;
    }
}
