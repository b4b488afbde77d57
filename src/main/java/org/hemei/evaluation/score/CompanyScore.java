package org.hemei.evaluation.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.util.List;
import org.hemei.evaluation.CompanyYears.Outcome;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent.CompanyPolicy;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How projects make a company's year: the mean of its rated projects, weighted as the scheme says, rounded half up once. Estates are
 * drawn apart from each other, so the margins of their means add as squares.
 */
public final class CompanyScore {

    /**
     * One project of the company as it is stored with the year.
     *
     * @param version of its score, so that the very one can be looked up
     * @param score null when the project was not rated; it then weighs nothing
     * @param line the pass line of its own campaign; null in years of before it was kept, which have one line for all
     */
    public record Project(
            long project,
            int version,
            int households,
            int days,
            @Nullable Integer score,
            @Nullable Integer margin,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer line) {

        public Project(
                long project,
                int version,
                int households,
                int days,
                @Nullable Integer score,
                @Nullable Integer margin) {
            this(project, version, households, days, score, margin, null);
        }
    }

    /** What is stored with a company's year, enough to compute it again. */
    public record Inputs(
            long scheme, int passLine, CompanyPolicy policy, ContractPolicy contracts, List<Project> projects) {

        /**
         * With the lines of its rated projects, weighed like their scores and rounded down: what each had to reach where it was evaluated,
         * whichever campaign ended last. Where none of them has a line, it stays as it is.
         */
        public Inputs lined() {
            long weights = 0;
            long sum = 0;
            for (var project : projects) {
                if (project.score() != null && project.line() != null) {
                    weights += weight(project);
                    sum += weight(project) * project.line();
                }
            }
            return weights == 0 ? this : new Inputs(scheme, (int) (sum / weights), policy, contracts, projects);
        }

        /** Whether its projects had to reach different points. */
        public boolean severalLines() {
            return projects.stream().map(Project::line).distinct().count() > 1;
        }

        /** How much a project weighs. */
        public long weight(Project project) {
            long households = policy == CompanyPolicy.HOUSEHOLDS ? project.households() : 1;
            return contracts == ContractPolicy.DAYS ? households * project.days() : households;
        }
    }

    private CompanyScore() {}

    /** @param stored the inputs as text, to be kept with the outcome */
    public static Outcome of(Inputs inputs, String stored) {
        long weights = 0;
        long sum = 0;
        var squares = BigInteger.ZERO;
        for (var project : inputs.projects()) {
            if (project.score() != null && project.margin() != null) {
                var weight = inputs.weight(project);
                weights += weight;
                sum += weight * project.score();
                squares = squares.add(
                        BigInteger.valueOf(weight * project.margin()).pow(2));
            }
        }
        if (weights == 0) {
            return new Outcome(YearResult.NOT_RATED, null, null, false, stored);
        }
        var score = (int) Exact.halfUp(sum, weights);
        var margin = (int) Exact.rootUp(squares, BigInteger.valueOf(weights).pow(2));
        var fail = score < inputs.passLine();
        return new Outcome(
                fail ? YearResult.FAIL : YearResult.PASS,
                score,
                margin,
                fail && score + margin >= inputs.passLine(),
                stored);
    }
}
