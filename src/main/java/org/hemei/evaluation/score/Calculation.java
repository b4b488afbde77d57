package org.hemei.evaluation.score;

import java.util.List;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How a project's score comes about, down to single items: what its page and the command show.
 *
 * @param score in hundredths; null when not rated
 * @param why what is missing when it is not rated
 */
public record Calculation(
        YearResult result,
        @Nullable Integer score,
        @Nullable Integer margin,
        List<Part> parts,
        List<String> why) {

    /** @param points in hundredths; null when nothing was there to compute them from */
    public record Part(Kind kind, int weight, @Nullable Integer points, int margin, List<Line> lines) {}

    /**
     * @param shown the sum in figures
     * @param points in hundredths; null when the item does not apply here
     */
    public record Line(
            String code,
            String words,
            int weight,
            String shown,
            @Nullable Integer points,
            int margin) {}

    /** Whether a fail may be none: its margin reaches to the pass line. */
    public boolean reachesOver(int passLine) {
        return result == YearResult.FAIL && score != null && margin != null && score + margin >= passLine;
    }
}
