package org.hemei.evaluation.score;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Measure;
import org.hemei.evaluation.score.Calculation.Line;
import org.hemei.evaluation.score.Calculation.Part;
import org.hemei.evaluation.score.ProjectInputs.Asked;
import org.hemei.evaluation.score.ProjectInputs.Look;
import org.jspecify.annotations.Nullable;

/**
 * The score of a project: a pure function of scheme and inputs. Each item is rounded half up to hundredths, then each part, then
 * the whole, and the rounded whole is what is compared with the pass line: what is published is what decides (ADR 0046).
 *
 * <p>The margin is the one of asking only some households: for each question the standard error of its mean, and for their
 * weighted mean the weighted mean of the errors, the most it can be however the answers hang together; every step rounds up.
 */
public final class ProjectScore {

    private static final int WHOLE = 100;
    private static final Map<String, Integer> LEVELS = Map.of("met", 100, "partly", 50, "not", 0);
    private static final Map<String, String> LEVEL_WORDS =
            Map.of("met", "做到", "partly", "部分做到", "not", "没做到", "na", "不适用");

    private final SchemeContent scheme;
    private final ProjectInputs inputs;

    private ProjectScore(SchemeContent scheme, ProjectInputs inputs) {
        this.scheme = scheme;
        this.inputs = inputs;
    }

    public static Calculation of(SchemeContent scheme, ProjectInputs inputs) {
        return new ProjectScore(scheme, inputs).calculate();
    }

    private Calculation calculate() {
        var parts = scheme.dimensions().stream().map(this::part).toList();
        var why = missing(parts);
        if (!why.isEmpty()) {
            return new Calculation(YearResult.NOT_RATED, null, null, parts, why);
        }
        long sum = 0;
        long margin = 0;
        for (var part : parts) {
            sum += (long) part.weight() * Objects.requireNonNull(part.points());
            margin += (long) part.weight() * part.margin();
        }
        var score = (int) Exact.halfUp(sum, WHOLE);
        var result = score >= scheme.passLine() ? YearResult.PASS : YearResult.FAIL;
        return new Calculation(result, score, (int) Exact.up(margin, WHOLE), parts, List.of());
    }

    private List<String> missing(List<Part> parts) {
        List<String> why = new ArrayList<>();
        if (!inputs.counts()) {
            why.add(inputs.why());
        }
        if (inputs.voided()) {
            why.add("票作废了，一张都不算：不评定");
        } else if (inputs.ballots() < scheme.leastBallots()) {
            why.add("有效票 " + inputs.ballots() + " 张，不到 " + scheme.leastBallots() + " 张：样本太少，不评定");
        }
        for (var part : parts) {
            if (part.points() == null && part.weight() > 0) {
                why.add("没有“" + part.kind().words() + "”的结果");
            }
        }
        return why;
    }

    private Part part(Dimension dimension) {
        var lines = dimension.items().stream()
                .map(item -> switch (dimension.kind()) {
                    case SATISFACTION -> inputs.voided() ? none(item, "票作废了，不算") : asked(item);
                    case INSPECTION -> looked(item);
                    case TERRITORY -> opinion(item);
                    case CASES -> cases(item);
                })
                .toList();
        long weights = 0;
        long sum = 0;
        long margin = 0;
        for (var line : lines) {
            if (line.points() != null) {
                weights += line.weight();
                sum += (long) line.weight() * line.points();
                margin += (long) line.weight() * line.margin();
            }
        }
        var complete = weights > 0
                && switch (dimension.kind()) {
                    case TERRITORY -> weights == WHOLE;
                    case INSPECTION -> dimension.items().stream().allMatch(this::seen);
                    case SATISFACTION, CASES -> true;
                };
        return new Part(
                dimension.kind(),
                dimension.weight(),
                complete ? (int) Exact.halfUp(sum, weights) : null,
                complete ? (int) Exact.up(margin, weights) : 0,
                lines);
    }

    private static Line none(Item item, String shown) {
        return new Line(item.code(), item.words(), item.weight(), shown, null, 0);
    }

    private Line asked(Item item) {
        var asked = inputs.asked().stream()
                .filter(one -> one.item().equals(item.code()))
                .findFirst()
                .orElse(null);
        if (asked == null || asked.answered() == 0) {
            return none(item, "没有人作答");
        }
        if (asked.answered() < scheme.answersNeeded()) {
            return none(item, asked.answered() + " 个人打了分，不到 " + scheme.answersNeeded() + " 个：不计");
        }
        long sum = 0;
        long squares = 0;
        var shown = new StringBuilder();
        for (int grade = 0; grade < asked.grades().size(); grade++) {
            long points = scheme.gradePoints().get(grade);
            long count = asked.grades().get(grade);
            sum += count * points;
            squares += count * points * points;
            shown.append(grade == 0 ? "(" : " + ").append(count).append("×").append(points);
        }
        int n = asked.answered();
        shown.append(") ÷ ").append(n);
        return new Line(
                item.code(),
                item.words(),
                item.weight(),
                shown.toString(),
                (int) Exact.halfUp(WHOLE * sum, n),
                margin(n, sum, squares));
    }

    /** The factor times the standard error of a mean, in hundredths, rounded up. One answer tells nothing of its error. */
    private int margin(long n, long sum, long squares) {
        if (n == 1) {
            return WHOLE * WHOLE;
        }
        var spread = BigInteger.valueOf(n)
                .multiply(BigInteger.valueOf(squares))
                .subtract(BigInteger.valueOf(sum).pow(2));
        var factor = BigInteger.valueOf(scheme.confidence()).pow(2);
        return (int) Exact.rootUp(
                factor.multiply(spread), BigInteger.valueOf(n).pow(2).multiply(BigInteger.valueOf(n - 1)));
    }

    private @Nullable String correction(Item item) {
        return inputs.corrections().stream()
                .filter(one -> one.item().equals(item.code()))
                .reduce((a, b) -> b)
                .map(ProjectInputs.Correction::value)
                .orElse(null);
    }

    /** Whose word it was that an item was put right: an objection's, or the keeper's own. */
    private String right(Item item) {
        return inputs.corrections().stream()
                .filter(one -> one.item().equals(item.code()))
                .reduce((a, b) -> b)
                .map(one -> one.objection() == 0 ? "后来更正" : "异议成立")
                .orElse("");
    }

    /** Whether somebody looked at an item, or it was put right; one that does not apply here was seen as well. */
    private boolean seen(Item item) {
        return correction(item) != null
                || inputs.looks().stream().anyMatch(look -> look.levels().containsKey(item.code()));
    }

    /** The mean of the turns in which the item applied. */
    private Line looked(Item item) {
        var corrected = correction(item);
        var levels = corrected != null
                ? List.of(corrected)
                : inputs.looks().stream()
                        .map(Look::levels)
                        .map(found -> found.get(item.code()))
                        .filter(Objects::nonNull)
                        .toList();
        var points = levels.stream().map(LEVELS::get).filter(Objects::nonNull).toList();
        var words = levels.stream().map(level -> LEVEL_WORDS.getOrDefault(level, level));
        var shown = (corrected == null ? "" : right(item) + "，改为") + String.join("、", words.toList());
        if (points.isEmpty()) {
            return none(item, levels.isEmpty() ? "没有检查" : shown);
        }
        long sum = points.stream().mapToInt(Integer::intValue).sum();
        var value = (int) Exact.halfUp(WHOLE * sum, points.size());
        return new Line(item.code(), item.words(), item.weight(), shown, value, 0);
    }

    private Line opinion(Item item) {
        var corrected = correction(item);
        var points = corrected == null ? inputs.opinions().get(item.code()) : Integer.valueOf(corrected);
        if (points == null) {
            return none(item, "没有打分");
        }
        var shown = corrected == null ? points + " 分" : right(item) + "，改为 " + points + " 分";
        return new Line(item.code(), item.words(), item.weight(), shown, points * WHOLE, 0);
    }

    private Line cases(Item item) {
        var corrected = correction(item);
        var counted = corrected == null ? inputs.cases() : corrected(corrected);
        var mark = corrected == null ? "" : right(item) + "，改后：";
        if (item.measure() == Measure.RECTIFIED) {
            if (counted.ended() == 0) {
                return none(item, mark + "没有办完的工单");
            }
            return new Line(
                    item.code(),
                    item.words(),
                    item.weight(),
                    mark + counted.solved() + " ÷ " + counted.ended(),
                    (int) Exact.halfUp((long) WHOLE * WHOLE * counted.solved(), counted.ended()),
                    0);
        }
        return density(item, counted, mark);
    }

    /**
     * Full points up to one density, none from another on, straight in between; rounded once. By days, half a year's cases count as half
     * of a year's.
     */
    private static Line density(Item item, ProjectInputs.Cases counted, String mark) {
        var partly = item.measure() == Measure.DENSITY_HELD && counted.partly();
        long year = partly ? Objects.requireNonNull(counted.year()) : 1;
        long held = partly ? Objects.requireNonNull(counted.days()) : 1;
        long scaled = (long) counted.cases()
                * WHOLE
                * WHOLE
                * year; // hundredths of cases by 100 households, times households, times days
        long full = (long) item.full() * counted.households() * held;
        long zero = (long) item.zero() * counted.households() * held;
        long above = Math.clamp(zero - scaled, 0, zero - full);
        return new Line(
                item.code(),
                item.words(),
                item.weight(),
                "%s%,d 件，%,d 户%s：每百户%s %s 件"
                        .formatted(
                                mark,
                                counted.cases(),
                                counted.households(),
                                partly ? "，管了 " + held + " 天" : "",
                                partly ? "一年" : "",
                                Exact.points(Exact.halfUp(scaled, counted.households() * held))),
                (int) Exact.halfUp(WHOLE * WHOLE * above, zero - full),
                0);
    }

    private ProjectInputs.Cases corrected(String value) {
        var numbers = value.split("/", -1);
        return new ProjectInputs.Cases(
                inputs.cases().households(),
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                inputs.cases().days(),
                inputs.cases().year());
    }

    /** What the answers of an item were, for the share of the satisfied on its page. */
    public static @Nullable Asked answers(ProjectInputs inputs, String item) {
        return inputs.asked().stream()
                .filter(one -> one.item().equals(item))
                .findFirst()
                .orElse(null);
    }
}
