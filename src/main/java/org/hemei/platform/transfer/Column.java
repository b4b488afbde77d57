package org.hemei.platform.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One column of a sheet: how it is called, what may stand in it, and what its reader is told.
 *
 * @param key its name in SQL
 * @param choices what people write → what is stored; empty where anything goes
 * @param least smallest number; @param most largest number, or longest text
 * @param factor a decimal is kept as a whole number of this size: 100 makes fen of yuan
 * @param form what a text looks like; null for any
 */
public record Column(
        String key,
        String heading,
        Kind kind,
        boolean required,
        String example,
        String hint,
        Map<String, String> choices,
        long least,
        long most,
        int factor,
        @Nullable Pattern form) {

    /** What a column holds, and as what it is staged. */
    public enum Kind {
        TEXT("text"),
        /** A code or number that is no quantity; without blanks. */
        CODE("text"),
        WHOLE("int"),
        DECIMAL("bigint"),
        DAY("date"),
        CHOICE("text"),
        CHOICES("text[]"),
        FLAG("boolean"),
        /** A person's name: encrypted before it is staged; empty or masked means as it was. */
        NAME("text"),
        /** The same for a phone, with its blind index. */
        PHONE("text"),
        /** What somebody said: encrypted before it is staged; may go over several lines. */
        SAID("text");

        final String type;

        Kind(String type) {
            this.type = type;
        }

        boolean secret() {
            return this == NAME || this == PHONE || this == SAID;
        }
    }

    private static Column of(String key, String heading, Kind kind, long least, long most) {
        return new Column(key, heading, kind, false, "", "", Map.of(), least, most, 1, null);
    }

    public static Column text(String key, String heading, int most) {
        return of(key, heading, Kind.TEXT, 0, most);
    }

    /** @param form regular expression */
    public static Column code(String key, String heading, String form) {
        return new Column(key, heading, Kind.CODE, false, "", "", Map.of(), 0, 60, 1, Pattern.compile(form));
    }

    public static Column whole(String key, String heading, int least, int most) {
        return of(key, heading, Kind.WHOLE, least, most);
    }

    public static Column decimal(String key, String heading, int factor, long most) {
        return new Column(key, heading, Kind.DECIMAL, false, "", "", Map.of(), 0, most, factor, null);
    }

    public static Column day(String key, String heading) {
        return of(key, heading, Kind.DAY, 0, 0);
    }

    public static Column flag(String key, String heading) {
        return of(key, heading, Kind.FLAG, 0, 0).among(Map.of("是", "true", "否", "false"));
    }

    /** One of several. @param wordsAndValues in turn */
    public static Column choice(String key, String heading, String... wordsAndValues) {
        return of(key, heading, Kind.CHOICE, 0, 0).among(inTurn(wordsAndValues));
    }

    /** Any number of several, divided by 、 */
    public static Column choices(String key, String heading, List<String> words) {
        var same = new LinkedHashMap<String, String>();
        words.forEach(word -> same.put(word, word));
        return of(key, heading, Kind.CHOICES, 0, 0).among(same);
    }

    public static Column name(String key, String heading) {
        return of(key, heading, Kind.NAME, 0, 0);
    }

    public static Column phone(String key, String heading) {
        return of(key, heading, Kind.PHONE, 0, 0);
    }

    /** A phone that may be one of a house as well, with its area code. */
    public static Column anyPhone(String key, String heading) {
        return new Column(
                key,
                heading,
                Kind.PHONE,
                false,
                "",
                "",
                Map.of(),
                0,
                0,
                1,
                Pattern.compile("1[3-9]\\d{9}|0\\d{9,11}|\\d{7,8}"));
    }

    public static Column said(String key, String heading, int most) {
        return of(key, heading, Kind.SAID, 0, most);
    }

    public Column among(Map<String, String> others) {
        return new Column(key, heading, kind, required, example, hint, others, least, most, factor, form);
    }

    /** The file must have it, and every row a value in it. */
    public Column must() {
        return new Column(key, heading, kind, true, example, hint, choices, least, most, factor, form);
    }

    public Column example(String words) {
        return new Column(key, heading, kind, required, words, hint, choices, least, most, factor, form);
    }

    public Column hint(String words) {
        return new Column(key, heading, kind, required, example, words, choices, least, most, factor, form);
    }

    /** A star marks what must be filled in. */
    String title() {
        return required ? heading + "*" : heading;
    }

    /** A, B, … Z, AA: how a spreadsheet names the column at this position, from 1. */
    static String letter(int position) {
        var letters = new StringBuilder();
        for (var rest = position; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    private static Map<String, String> inTurn(String... wordsAndValues) {
        var map = new LinkedHashMap<String, String>();
        for (var n = 0; n < wordsAndValues.length; n += 2) {
            map.put(wordsAndValues[n], wordsAndValues[n + 1]);
        }
        return map;
    }
}
