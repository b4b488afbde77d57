package org.hemei.evaluation.score;

import java.util.List;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a score can be put right, and to what: never what residents said. Their ballots are destroyed once counted; when the
 * count was wrong, all that is left is that it does not count.
 */
public final class Correctable {

    /** What becomes of all ballots of an estate whose count was wrong. */
    public static final String VOID = "void";

    private Correctable() {}

    /** Of the ballots, only that they do not count. */
    public static List<Item> items(SchemeContent scheme, Kind kind) {
        return kind == Kind.SATISFACTION && !scheme.items(kind).isEmpty()
                ? List.of(Item.of(kind.code(), "点票作废", 100))
                : scheme.items(kind);
    }

    /** Whether a value is one that an item of this sort can have. */
    public static boolean fits(Kind kind, String value) {
        return switch (kind) {
            case SATISFACTION -> value.equals(VOID);
            case INSPECTION -> value.matches("met|partly|not|na");
            case TERRITORY -> value.matches("\\d{1,2}|100");
            case CASES -> value.matches("\\d{1,6}/\\d{1,6}/\\d{1,6}") && ordered(value.split("/", -1));
        };
    }

    private static boolean ordered(String[] numbers) {
        return Integer.parseInt(numbers[0]) >= Integer.parseInt(numbers[1])
                && Integer.parseInt(numbers[1]) >= Integer.parseInt(numbers[2]);
    }

    /** Whether a part of the score comes out higher with a correction: whoever objects does not end with less, nor with a new version of the same. */
    public static boolean raises(
            SchemeContent scheme, ProjectInputs inputs, Kind kind, ProjectInputs.Correction correction) {
        var before = part(scheme, inputs, kind);
        var after = part(scheme, inputs.corrected(List.of(correction)), kind);
        if (before.points() != null) {
            return after.points() != null && after.points() > before.points();
        }
        // the part has no result yet: what is filled in must be worth something, or not apply
        var item = points(after, correction.item());
        var was = points(before, correction.item());
        return item == null ? was == null : item > (was == null ? 0 : was);
    }

    private static Calculation.Part part(SchemeContent scheme, ProjectInputs inputs, Kind kind) {
        return ProjectScore.of(scheme, inputs).parts().stream()
                .filter(part -> part.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Integer points(Calculation.Part part, String item) {
        for (var line : part.lines()) {
            if (line.code().equals(item)) {
                return line.points();
            }
        }
        return null;
    }

    public static String hint(Kind kind) {
        return switch (kind) {
            case SATISFACTION -> "住户投的票谁也不能改。";
            case INSPECTION -> "请选改成什么。";
            case TERRITORY -> "请填 0 到 100 的整数。";
            case CASES -> "请填三个数：工单数/确认办好的/一次办好的，如 42/30/27。";
        };
    }
}
