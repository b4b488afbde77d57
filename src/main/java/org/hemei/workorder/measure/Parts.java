package org.hemei.workorder.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one order counts in all three rates, as one whole number beside the order; and the columns such numbers add up to.
 *
 * <p>The lowest 4 bits are the number of the part of the response rate. Then 28 bits for the rate of resolution and 28 for
 * that of satisfaction: 4 bits for the part outside (0: none), 12 bits how many ratings are good (or how many cases stand
 * outside), 12 bits how many are poor.
 */
public final class Parts {

    /** A column of counts: how many cases fall into one part of one rate. */
    public record Column(Rate rate, Part part) {

        public String name() {
            return rate.code() + "_" + part.code();
        }
    }

    public static final List<Column> COLUMNS = Arrays.stream(Rate.values())
            .flatMap(rate -> rate.parts().stream().map(part -> new Column(rate, part)))
            .toList();

    /** The number of {@link Part#NOBODY}: that of a part which no number ever holds, for whether it is solved say the ratings. */
    private static final Part SPARE = Part.SOLVED;

    private static final String CODES = Arrays.stream(Part.values())
            .filter(part -> part != Part.NOBODY)
            .map(part -> "'" + (part == SPARE ? Part.NOBODY : part).code() + "'")
            .collect(Collectors.joining(", "));

    private static final int RATING_BITS = 28;
    private static final int OUT_BITS = 4;
    private static final int COUNT_BITS = 12;
    private static final int MOST = (1 << COUNT_BITS) - 1;

    private Parts() {}

    /** Each column's name put into a text, with commas between. */
    public static String each(Function<Column, String> of) {
        return COLUMNS.stream().map(of).collect(Collectors.joining(", "));
    }

    /** The columns of rows of counts added up. @param table alias */
    public static String sums(String table) {
        return each(column -> "coalesce(sum(%1$s.%2$s), 0) as %2$s".formatted(table, column.name()));
    }

    /** Reads a row that has all {@link #COLUMNS}. */
    public static Tallies read(ResultSet r) throws SQLException {
        var rates = new EnumMap<Rate, Tally>(Rate.class);
        for (var rate : Rate.values()) {
            Map<Part, Long> parts = new EnumMap<>(Part.class);
            for (var part : rate.parts()) {
                var cases = r.getLong(new Column(rate, part).name());
                if (cases != 0) {
                    parts.put(part, cases);
                }
            }
            if (!parts.isEmpty()) {
                rates.put(rate, new Tally(rate, parts));
            }
        }
        return new Tallies(rates);
    }

    /** How many cases of a column an order has whose number is {@code packed}, in SQL. */
    public static String count(Column column, String packed) {
        return count(column.rate, column.part, packed);
    }

    private static String count(Rate rate, Part part, String packed) {
        if (rate == Rate.RESPONSE) {
            return "cast(%s & 15 = %d as int)".formatted(packed, number(part));
        }
        int from = shift(rate);
        int at = from + OUT_BITS + (part == rate.poor() ? COUNT_BITS : 0);
        return "case when %1$s >> %2$d & 15 = %3$d then cast(%1$s >> %4$d & %5$d as int) else 0 end"
                .formatted(packed, from, part.out() ? number(part) : 0, at, MOST);
    }

    /** Whether an order with this number has a case in one of the parts, in SQL. */
    public static String any(Rate rate, List<Part> parts, String packed) {
        return parts.stream()
                .map(part -> count(rate, part, packed) + " > 0")
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    /** The number in SQL; parts are texts, those of ratings null where ratings count. */
    static String packed(
            String response, String resolution, String ratings, String solved, String satisfaction, String satisfied) {
        return "%s | (%s << %d) | (%s << %d)"
                .formatted(
                        position(response),
                        rating(resolution, ratings, solved),
                        shift(Rate.RESOLUTION),
                        rating(satisfaction, ratings, satisfied),
                        shift(Rate.SATISFACTION));
    }

    /** The number of what has a part of the response rate only. */
    static String response(String part) {
        return position(part);
    }

    private static String rating(String outside, String ratings, String good) {
        return "(case when %1$s is null then (least(%3$s, %6$d) << %4$d) | (least(%2$s - %3$s, %6$d) << %5$d)"
                        .formatted(outside, ratings, good, OUT_BITS, OUT_BITS + COUNT_BITS, MOST)
                + " else %s | (least(greatest(%s, 1), %d) << %d) end)"
                        .formatted(position(outside), ratings, MOST, OUT_BITS);
    }

    private static String position(String part) {
        return "cast(array_position(cast(array[%s] as text[]), %s) as bigint)".formatted(CODES, part);
    }

    private static int shift(Rate rate) {
        return rate == Rate.RESOLUTION ? OUT_BITS : OUT_BITS + RATING_BITS;
    }

    private static int number(Part part) {
        return (part == Part.NOBODY ? SPARE : part).ordinal() + 1;
    }

    /** Parts a rate shows, its own two first. */
    static List<Part> of(Rate rate) {
        var parts = new ArrayList<>(List.of(rate.good(), rate.poor()));
        Part.outside().stream()
                .filter(part -> part != (rate == Rate.RESPONSE ? Part.UNRATED : Part.NOBODY))
                .forEach(parts::add);
        return List.copyOf(parts);
    }
}
