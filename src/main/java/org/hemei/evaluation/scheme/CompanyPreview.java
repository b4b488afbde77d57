package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.CompanyScore;
import org.hemei.evaluation.score.CompanyScore.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a draft would have made of companies' years, which are what a listing rests on. */
@Component
public class CompanyPreview {

    private static final int MOST = 50;

    /** A project as the draft makes it. */
    record Made(
            long company,
            int days,
            @Nullable Integer score,
            @Nullable Integer margin) {}

    /** @param run whether it would be the second failed year in a row, and was not */
    public record Year(
            String company,
            YearResult was,
            @Nullable Integer before,
            YearResult becomes,
            @Nullable Integer after,
            boolean run) {}

    /**
     * @param all companies with a final year
     * @param changed how many would have another result; shifted: another score, whatever the result
     * @param runs how many would come to two failed years
     * @param moved at most {@value #MOST}, two failed years first, then another result
     */
    public record Years(int all, int changed, int shifted, int runs, List<Year> moved) {

        static final Years NONE = new Years(0, 0, 0, 0, List.of());
    }

    private final CompanyResults results;
    private final CompanyYears years;
    private final JdbcClient jdbc;

    CompanyPreview(CompanyResults results, CompanyYears years, JdbcClient jdbc) {
        this.results = results;
        this.years = years;
        this.jdbc = jdbc;
    }

    /** @param made by project; what a company has elsewhere in the year stays as it was */
    Years of(Scheme scheme, int year, Map<Long, Made> made) {
        var companies =
                made.values().stream().map(Made::company).distinct().sorted().toList();
        var projects = results.projects(year, companies);
        var content = scheme.content();
        List<Year> moved = new ArrayList<>();
        int all = 0;
        for (var company : companies) {
            var was = years.latest(company, year).orElse(null);
            if (was == null) {
                continue;
            }
            all++;
            var outcome = CompanyScore.of(
                    new CompanyScore.Inputs(
                            scheme.id(),
                            content.passLine(),
                            content.companyPolicy(),
                            content.contractPolicy(),
                            projects.getOrDefault(company, List.of()).stream()
                                    .map(one -> as(one, made.get(one.project())))
                                    .toList()),
                    "");
            var fails = outcome.result() == YearResult.FAIL && !outcome.marginReachesOverPass();
            var run = fails
                    && !was.failsBeyondDoubt()
                    && years.latest(company, year - 1)
                            .filter(CompanyYears.Year::failsBeyondDoubt)
                            .isPresent();
            if (run || outcome.result() != was.result() || !java.util.Objects.equals(outcome.score(), was.score())) {
                moved.add(new Year(name(company), was.result(), was.score(), outcome.result(), outcome.score(), run));
            }
        }
        return new Years(
                all,
                (int) moved.stream().filter(one -> one.was != one.becomes).count(),
                moved.size(),
                (int) moved.stream().filter(Year::run).count(),
                moved.stream()
                        .sorted(Comparator.comparing(Year::run)
                                .thenComparing(one -> one.was != one.becomes)
                                .reversed()
                                .thenComparing(one -> one.after == null ? Integer.MAX_VALUE : one.after))
                        .limit(MOST)
                        .toList());
    }

    private static Project as(Project stored, @Nullable Made made) {
        return made == null
                ? stored
                : new Project(
                        stored.project(), stored.version(), stored.households(), made.days, made.score, made.margin);
    }

    private String name(long company) {
        return jdbc.sql("select short_name from body where id = ?")
                .param(company)
                .query(String.class)
                .single();
    }
}
