package org.hemei.workorder;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The search terms of a text: each run of Chinese gives its overlapping pairs of characters (so that a two-character
 * word is found by index), each run of letters and digits stays a word.
 */
public final class Grams {

    private static final Pattern RUN = Pattern.compile("\\p{IsHan}+|[\\p{Alnum}]+");

    private static final int DISTRICT_DIGITS = 6;
    private static final int STREET_DIGITS = 9;
    private static final long SECONDS_OF_A_WEEK = 604_800;

    private Grams() {}

    /** The terms of a title and its words, without the marks of an order. */
    public static String[] of(String title, String words) {
        return terms(title + "\n" + words).toArray(String[]::new);
    }

    /** The terms of an order as stored: those of its words, and the marks of its place and its week. */
    public static String[] of(String title, String words, String community, Instant submittedAt) {
        var terms = terms(title + "\n" + words);
        terms.add(place(community.substring(0, DISTRICT_DIGITS)));
        terms.add(place(community.substring(0, STREET_DIGITS)));
        terms.add(place(community));
        terms.add(week(weekOf(submittedAt)));
        return terms.toArray(String[]::new);
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
            }
        }
        return terms;
    }
}
