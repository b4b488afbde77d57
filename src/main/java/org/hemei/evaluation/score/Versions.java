package org.hemei.evaluation.score;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.hemei.evaluation.score.Scores.Made;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Appends the next versions of scores that were published. One that is new to its company, or worse for it than what holds, waits until it
 * was heard: it is no final one before, also where the campaign is over (decision 82). What is better is never kept waiting.
 */
@Component
class Versions {

    /**
     * A version to come.
     *
     * @param was the newest so far; null where the company had none
     * @param weighs whether it has another weight in the company's year than before
     * @param asked whether the company itself asked for it: for the void of its count, or for what is not worse
     */
    record Next(Made made, @Nullable Score was, boolean weighs, boolean asked) {}

    private final Scores scores;
    private final Hearings hearings;
    private final InstantSource clock;

    Versions(Scores scores, Hearings hearings, InstantSource clock) {
        this.scores = scores;
        this.hearings = hearings;
        this.clock = clock;
    }

    /** @param concluded whether their campaign is over @return the new versions, in the order in which they came */
    List<Score> put(Reader reader, List<Next> next, SchemeContent scheme, boolean concluded, String reason) {
        List<Made> held = new ArrayList<>();
        List<Made> waiting = new ArrayList<>();
        for (var one : next) {
            (concluded && !waits(one, scheme) ? held : waiting).add(one.made);
        }
        var now = clock.instant();
        scores.append(held, true, reason, reader.account(), now);
        scores.append(waiting, false, reason, reader.account(), now);
        List<Score> made = new ArrayList<>();
        for (var one : next) {
            var put = scores.latest(one.made.project()).orElseThrow();
            made.add(put);
            settle(put, scheme);
            if (!one.asked && weighsMore(one.was, one, scheme)) {
                hearings.open(put, words(one.was), scheme.objectionDays(), now);
            }
        }
        return made;
    }

    /**
     * A hearing is about nothing any more where the project was taken from its company again, or is again as good as before what was to be
     * heard. By days it is about its weight as well, and goes on.
     */
    private void settle(Score newest, SchemeContent scheme) {
        var opened = hearings.ofProject(newest.project());
        if (opened.isEmpty()) {
            return;
        }
        var versions = scores.versions(newest.project());
        for (var heard : versions) {
            if (opened.contains(heard.id())) {
                var before = versions.stream()
                        .filter(one -> one.version() == heard.version() - 1)
                        .findFirst()
                        .orElse(null);
                hearings.stands(heard.id(), !over(before, heard, newest, scheme));
            }
        }
    }

    private static boolean over(@Nullable Score before, Score heard, Score newest, SchemeContent scheme) {
        var taken = heard.inputs().counts() && !newest.inputs().counts();
        var good = before != null
                && before.inputs().counts()
                && scheme.contractPolicy() != ContractPolicy.DAYS
                && worse(before, Figures.of(heard), scheme.passLine())
                && !worse(before, Figures.of(newest), scheme.passLine());
        return taken || good;
    }

    /** Compared with what is final, whatever was put right since. */
    private boolean waits(Next next, SchemeContent scheme) {
        if (next.asked) {
            return next.was != null && !next.was.isFinal();
        }
        var holds = scores.versions(next.made.project()).stream()
                .filter(Score::isFinal)
                .findFirst()
                .orElse(null);
        return weighsMore(holds, next, scheme);
    }

    private static boolean weighsMore(@Nullable Score before, Next next, SchemeContent scheme) {
        var inputs = next.made.inputs();
        var fresh = before == null || !before.inputs().counts();
        return inputs.counts() && (fresh || next.weighs)
                || before != null && worse(before, next.made.calculation(), scheme.passLine());
    }

    /** What is compared of a score. */
    private record Figures(
            YearResult result,
            @Nullable Integer score,
            @Nullable Integer margin) {

        static Figures of(Score one) {
            return new Figures(one.result(), one.score(), one.margin());
        }

        static Figures of(Calculation one) {
            return new Figures(one.result(), one.score(), one.margin());
        }

        boolean reaches(int passLine) {
            return score != null && margin != null && score + margin >= passLine;
        }
    }

    static boolean worse(Score before, Calculation after, int passLine) {
        return worse(before, Figures.of(after), passLine);
    }

    /** By its result, its points, or since a fail is now beyond doubt: the one rule of what is worse. */
    private static boolean worse(Score one, Figures after, int passLine) {
        var before = Figures.of(one);
        if (before.result != after.result) {
            return after.result == YearResult.FAIL || before.result == YearResult.PASS;
        }
        if (before.score == null || after.score == null) {
            return false;
        }
        return after.score < before.score
                || after.result == YearResult.FAIL && before.reaches(passLine) && !after.reaches(passLine);
    }

    /** Empty where the score was not the company's. */
    private static String words(@Nullable Score was) {
        return Optional.ofNullable(was)
                .filter(one -> one.inputs().counts())
                .map(one -> one.score() == null
                        ? one.result().words()
                        : Exact.points(one.score()) + " 分（" + one.result().words() + "）")
                .orElse("");
    }
}
