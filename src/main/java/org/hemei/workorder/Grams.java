package org.hemei.workorder;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The search terms of a text: each run of Chinese gives its overlapping pairs of characters (so that a two-character
 * word is found by index), each run of letters and digits stays a word, and is one with the character after it as well: who looks
 * for 3号 wants no other 3. Of an order they also name its house in one form ({@link HouseNumbers}).
 */
public final class Grams {

    private static final Pattern RUN = Pattern.compile("\\p{IsHan}+|([\\p{Alnum}]+)(?=\\s?(\\p{IsHan})?)");

    private static final int DISTRICT_DIGITS = 6;
    private static final int STREET_DIGITS = 9;
    private static final long SECONDS_OF_A_WEEK = 604_800;

    private Grams() {}

    /** The terms of a title and its words, without the marks of an order. */
    public static String[] of(String title, String words) {
        return terms(title + "\n" + words).toArray(String[]::new);
    }

    /**
     * What an order says of itself, and where it lies in the register.
     *
     * @param place as it was written; not everybody may know it
     * @param anonymous whether it is kept from those who handle it who filed it
     */
    public record Told(
            String title,
            String words,
            String place,
            boolean anonymous,
            @Nullable String building,
            @Nullable Integer entrance,
            @Nullable String unit) {}

    /** The terms of an order as stored: those of its words and its house, and the marks of its place and its week. */
    public static String[] of(Told told, String community, Instant submittedAt) {
        var open = told.title + "\n" + told.words;
        var terms = terms(open + "\n" + told.place);
        var known = new LinkedHashSet<>(HouseNumbers.in(open).terms());
        known.addAll(HouseNumbers.of(told.building, null, null));
        terms.addAll(known);
        terms.addAll(HouseNumbers.in(told.place).terms());
        terms.addAll(HouseNumbers.of(null, told.entrance, told.unit));
        if (told.building != null) {
            terms.addAll(terms(told.building));
        }
        if (told.anonymous) {
            known.forEach(term -> terms.add(known(term)));
        }
        terms.add(place(community.substring(0, DISTRICT_DIGITS)));
        terms.add(place(community.substring(0, STREET_DIGITS)));
        terms.add(place(community));
        terms.add(week(weekOf(submittedAt)));
        return terms.toArray(String[]::new);
    }

    /** The mark of a house that also those may know who may not know where an anonymous order comes from. */
    public static String known(String term) {
        return "=" + term;
    }

    /** The mark of an area: no word that somebody types has it. */
    public static String place(String area) {
        return "@" + area;
    }

    /** Weeks since 1970 began, which were a Thursday: it only has to be the same for writing and finding. */
    public static long weekOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS_OF_A_WEEK);
    }

    public static String week(long number) {
        return "#" + number;
    }

    /** The terms that must all be there when somebody searches for this text. */
    public static Set<String> terms(String text) {
        var terms = new LinkedHashSet<String>();
        var match = RUN.matcher(text.toLowerCase(Locale.ROOT));
        while (match.find()) {
            var run = match.group();
            if (run.codePointCount(0, run.length()) == run.length() && run.codePointAt(0) > 0x2E7F) {
                for (int i = 0; i + 2 <= run.length(); i++) {
                    terms.add(run.substring(i, i + 2));
                }
            } else {
                terms.add(run);
                if (match.group(2) != null) {
                    terms.add(run + match.group(2));
                }
            }
        }
        return terms;
    }
}
