package org.hemei.evaluation.listing;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How serious a case is; the terms that follow from it are data ({@link ListingBook}). */
public enum Weight {
    ORDINARY("一般", 12),
    SERIOUS("严重", 36);

    private final String words;
    private final int longest;

    Weight(String words, int longest) {
        this.words = words;
        this.longest = longest;
    }

    /** For how many months at most such information is published (国办发〔2025〕22号, 2). */
    public int longest() {
        return longest;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Weight of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static @Nullable Weight named(String code) {
        return Arrays.stream(values())
                .filter(weight -> weight.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /**
     * For how long somebody stands on the list. The day of listing is not counted; a term of months ends with the same day
     * of its last month, or with the last day of a month that has no such day (Civil Code arts. 201, 202).
     *
     * @param least months before repair can be applied for
     * @param most months after which publication ends by itself
     * @param basis where the two numbers stand
     */
    public record Term(int least, int most, String basis) {

        /** The last day on which repair cannot be applied for yet. */
        LocalDate leastLast(LocalDate listedOn) {
            return listedOn.plusMonths(least);
        }

        /** The last day of publication. */
        LocalDate mostLast(LocalDate listedOn) {
            return listedOn.plusMonths(most);
        }

        /** 3 个月到 1 年 */
        public String words() {
            return months(least) + "到 " + months(most);
        }

        private static String months(int months) {
            return months % 12 == 0 ? months / 12 + " 年" : months + " 个月";
        }
    }
}
