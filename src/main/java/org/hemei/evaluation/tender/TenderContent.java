package org.hemei.evaluation.tender;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.PublicListings;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a tender reference says, as it is signed: results, listings and what is under review; no words of people.
 *
 * @param form the version of this very form
 * @param madeAt the moment it stands for
 * @param years the three years that are told, the newest first
 */
public record TenderContent(
        int form,
        String number,
        String area,
        String areaName,
        String tender,
        String tenderNumber,
        String purchaser,
        String madeAt,
        List<Integer> years,
        List<Bidder> bidders) {

    /** Since 2 a bidder can be one that the register does not have. */
    static final int FORM = 2;

    /** 2026年11月26日 周四 10:00, as it is signed. */
    public String moment() {
        return CivilTime.full(Instant.parse(madeAt));
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * @param company null for one that the register does not have: nothing is known of it here
     * @param pending what is objected to or asked for and not answered yet
     */
    public record Bidder(
            @Nullable Long company,
            String name,
            String creditCode,
            List<Year> years,
            List<Listed> listed,
            List<String> pending) {

        /** Whether the register had it. */
        public boolean registered() {
            return company != null;
        }

        /** What keeps it out of the tender: a listing in force whose basis allows that, and nothing else. */
        public boolean excluded() {
            return listed.stream().anyMatch(Listed::excludes);
        }

        /** Its result of a year; null when it has none. */
        public @Nullable Year of(int year) {
            return years.stream().filter(one -> one.year == year).findFirst().orElse(null);
        }
    }

    /** @param score in hundredths of a point; null when not rated */
    public record Year(
            int year,
            int version,
            String result,
            @Nullable Integer score,
            @Nullable Integer margin,
            boolean nearTheLine) {

        public YearResult told() {
            return YearResult.of(result);
        }

        /** 57.25 ± 3.10 */
        public String points() {
            return score == null
                    ? "—"
                    : PublicListings.points(score) + (margin == null ? "" : " ± " + PublicListings.points(margin));
        }
    }

    public record Listed(
            long id, int firstYear, int secondYear, String since, String until, String basis, boolean excludes) {}

    /** One form only: names in order, nothing between the signs (RFC 8785 for strings and whole numbers). */
    String text() {
        return JSON.writeValueAsString(JSON.convertValue(this, new TypeReference<TreeMap<String, Object>>() {}));
    }

    static TenderContent read(String text) {
        return JSON.readValue(text, TenderContent.class);
    }
}
