package org.hemei.workorder;

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

    private Grams() {}

    /** The terms of a title and its words, as stored. */
    public static String[] of(String title, String words) {
        return terms(title + "\n" + words).toArray(String[]::new);
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
