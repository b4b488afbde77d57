package org.hemei.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.CompanyPolicy;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.Attribution.Contract;
import org.hemei.evaluation.score.Attribution.Held;
import org.hemei.evaluation.score.ProjectInputs.Asked;
import org.hemei.evaluation.score.ProjectInputs.Cases;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ProjectInputs.Look;
import org.junit.jupiter.api.Test;

/** The edges of the score: few ballots, halves, ties, fails that may be none, contracts that change, companies that merge. */
class ScoreEdgesTest {

    private static final SchemeContent SCHEME = SchemeContent.template();
    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 1);
    private static final LocalDate END = LocalDate.of(2026, 1, 1);

    private static ProjectInputs inputs(int ballots, List<Integer> grades, int opinion, Cases cases) {
        var asked = SCHEME.items(Kind.SATISFACTION).stream()
                .map(item -> new Asked(item.code(), grades, 0))
                .toList();
        var look = new java.util.HashMap<String, String>();
        SCHEME.items(Kind.INSPECTION).forEach(item -> look.put(item.code(), "met"));
        var opinions = new java.util.HashMap<String, Integer>();
        SCHEME.items(Kind.TERRITORY).forEach(item -> opinions.put(item.code(), opinion));
        return new ProjectInputs(
                1, "", true, "", 200, ballots, asked, List.of(new Look(1, 1, look)), opinions, cases, List.of());
    }

    private static final Cases NONE = new Cases(500, 0, 0, 0);

    /** Thirty ballots, of which nearly all say 不了解: two that agree have no spread, and are no sure fail for it. */
    @Test
    void a_question_that_few_graded_does_not_count() {
        var two = ProjectScore.of(SCHEME, inputs(30, List.of(2, 0, 0, 0, 0), 0, new Cases(500, 500, 10, 0)));
        assertThat(two.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(two.why()).containsExactly("没有“居民满意度”的结果");
        assertThat(two.parts().getFirst().lines())
                .allSatisfy(line -> assertThat(line.shown()).isEqualTo("2 个人打了分，不到 20 个：不计"));
        var few = ProjectScore.of(SCHEME, inputs(30, List.of(19, 0, 0, 0, 0), 80, NONE));
        assertThat(few.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(ProjectScore.of(SCHEME, inputs(30, List.of(20, 0, 0, 0, 0), 80, NONE))
                        .result())
                .isEqualTo(YearResult.FAIL);
        // one question does not count, the others carry its weight
        var mixed = inputs(30, List.of(0, 0, 0, 30, 0), 80, NONE);
        var asked = new java.util.ArrayList<>(mixed.asked());
        asked.set(0, new Asked("s1", List.of(2, 0, 0, 0, 0), 28));
        var rest = new ProjectInputs(1, "", true, "", 200, 30, asked, mixed.looks(), mixed.opinions(), NONE, List.of());
        assertThat(ProjectScore.of(SCHEME, rest).score()).isEqualTo(8800);
    }

    /** What was published before there was such a number gives the digits it gave, and has the hash it had. */
    @Test
    void an_older_scheme_counts_as_it_did() {
        var json = tools.jackson.databind.json.JsonMapper.builder().build();
        var text = json.writeValueAsString(SCHEME).replace(",\"leastAnswers\":20", "");
        var older = json.readValue(text, SchemeContent.class);
        assertThat(older.leastAnswers()).isNull();
        assertThat(json.writeValueAsString(older)).isEqualTo(text).doesNotContain("leastAnswers");
        var two = ProjectScore.of(older, inputs(30, List.of(2, 0, 0, 0, 0), 80, NONE));
        assertThat(two.result()).isEqualTo(YearResult.FAIL);
        assertThat(two.margin()).isZero();
    }

    @Test
    void twenty_nine_ballots_are_not_rated_and_thirty_are() {
        var few = ProjectScore.of(SCHEME, inputs(29, List.of(0, 0, 0, 29, 0), 80, NONE));
        assertThat(few.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(few.score()).isNull();
        assertThat(few.why()).containsExactly("有效票 29 张，不到 30 张：样本太少，不评定");
        var enough = ProjectScore.of(SCHEME, inputs(30, List.of(0, 0, 0, 30, 0), 80, NONE));
        assertThat(enough.result()).isEqualTo(YearResult.PASS);
        // 0.40·80 + 0.30·100 + 0.20·80 + 0.10·100
        assertThat(enough.score()).isEqualTo(8800);
        assertThat(enough.margin()).isZero(); // all said the same
    }

    @Test
    void each_item_and_the_whole_round_half_up() {
        // 60.005 is 60.01, 59.994999 is not 60
        assertThat(Exact.halfUp(120_010, 20)).isEqualTo(6001);
        assertThat(Exact.halfUp(1, 2)).isEqualTo(1);
        assertThat(Exact.halfUp(499_999, 1_000_000)).isZero();
        // (1·60 + 2·80) ÷ 3 = 73.333… ; 0.4·73.33 = 29.332
        var third = ProjectScore.of(SCHEME, inputs(30, List.of(0, 0, 10, 20, 0), 0, NONE));
        assertThat(third.parts().getFirst().points()).isEqualTo(7333);
        assertThat(third.score()).isEqualTo(6933);
    }

    @Test
    void the_rounded_score_decides_at_the_line() {
        // 40 % of 0, 30 of inspection, 20 % of p: 30 + 0.2·p + 10
        var under = ProjectScore.of(SCHEME, inputs(30, List.of(30, 0, 0, 0, 0), 99, NONE));
        assertThat(under.score()).isEqualTo(5980);
        assertThat(under.result()).isEqualTo(YearResult.FAIL);
        var at = ProjectScore.of(SCHEME, inputs(30, List.of(30, 0, 0, 0, 0), 100, NONE));
        assertThat(at.score()).isEqualTo(6000);
        assertThat(at.result()).isEqualTo(YearResult.PASS);
    }

    @Test
    void a_fail_whose_margin_reaches_the_line_says_so() {
        var split = ProjectScore.of(SCHEME, inputs(30, List.of(14, 0, 0, 2, 14), 20, new Cases(500, 100, 10, 2)));
        assertThat(split.result()).isEqualTo(YearResult.FAIL);
        assertThat(split.reachesOver(SCHEME.passLine())).isTrue();
        // the same shares among many more households: the margin is narrow
        var many =
                ProjectScore.of(SCHEME, inputs(6000, List.of(2800, 0, 0, 400, 2800), 20, new Cases(500, 100, 10, 2)));
        assertThat(many.score()).isEqualTo(split.score());
        assertThat(many.reachesOver(SCHEME.passLine())).isFalse();
        assertThat(many.margin()).isLessThan(split.margin());
    }

    @Test
    void an_objection_raises_its_part_or_changes_nothing() {
        var known = inputs(30, List.of(0, 0, 0, 30, 0), 20, new Cases(500, 42, 30, 15));
        assertThat(raises(known, Kind.TERRITORY, "21")).isTrue();
        assertThat(raises(known, Kind.TERRITORY, "20")).as("the same").isFalse();
        assertThat(raises(known, Kind.TERRITORY, "19")).isFalse();
        assertThat(raises(known, Kind.INSPECTION, "not")).isFalse();
        assertThat(raises(known, Kind.INSPECTION, "na"))
                .as("all others are met")
                .isFalse();
        assertThat(raises(known, Kind.CASES, "90/30/15")).isFalse();
        assertThat(raises(known, Kind.CASES, "10/10/10")).isTrue();
        var nobody = known.without(java.util.Set.of(1L));
        assertThat(raises(nobody, Kind.INSPECTION, "partly")).isTrue();
        assertThat(raises(nobody, Kind.INSPECTION, "not")).as("nothing is more").isFalse();
    }

    private static boolean raises(ProjectInputs inputs, Kind kind, String value) {
        var item = SCHEME.items(kind).getFirst().code();
        return Correctable.raises(SCHEME, inputs, kind, new Correction(1, item, value));
    }

    @Test
    void what_did_not_apply_weighs_nothing_and_what_was_not_given_is_not_guessed() {
        var none = ProjectScore.of(SCHEME, inputs(30, List.of(0, 0, 0, 30, 0), 80, NONE));
        var cases = none.parts().getLast();
        assertThat(cases.lines().getLast().points()).isNull(); // nothing ended, nothing to rectify
        assertThat(cases.points()).isEqualTo(10_000);
        var whole = inputs(30, List.of(0, 0, 0, 30, 0), 80, NONE);
        var silent = new ProjectInputs(
                1, "", true, "", 200, 30, whole.asked(), whole.looks(), Map.of("t1", 80, "t2", 80), NONE, List.of());
        assertThat(ProjectScore.of(SCHEME, silent).why()).containsExactly("没有“街道社区评价”的结果");
    }

    @Test
    void two_looks_count_as_their_mean_and_a_correction_replaces_them() {
        var whole = inputs(30, List.of(0, 0, 0, 30, 0), 80, NONE);
        var second = Map.of("i1", "not", "i2", "met");
        var twice = new ProjectInputs(
                1,
                "",
                true,
                "",
                200,
                30,
                whole.asked(),
                List.of(whole.looks().getFirst(), new Look(2, 2, second)),
                whole.opinions(),
                NONE,
                List.of());
        var line = ProjectScore.of(SCHEME, twice).parts().get(1).lines().getFirst();
        assertThat(line.points()).isEqualTo(5000);
        var put = ProjectScore.of(SCHEME, twice.corrected(List.of(new Correction(7, "i1", "met"))));
        assertThat(put.parts().get(1).points()).isEqualTo(10_000);
    }

    @Test
    void a_company_is_the_mean_of_its_households_over_all_districts() {
        var inputs = new CompanyScore.Inputs(
                1,
                6000,
                CompanyPolicy.HOUSEHOLDS,
                ContractPolicy.LONGEST,
                List.of(
                        new CompanyScore.Project(1, 1, 300, 365, 7000, 300), // 包河
                        new CompanyScore.Project(2, 1, 100, 365, 4000, 400), // 蜀山
                        new CompanyScore.Project(3, 1, 900, 365, null, null))); // too few ballots: weighs nothing
        var year = CompanyScore.of(inputs, "{}");
        assertThat(year.score()).isEqualTo(6250);
        assertThat(year.result()).isEqualTo(YearResult.PASS);
        // √((300·300)² + (100·400)²) ÷ 400 = 246.2…
        assertThat(year.margin()).isEqualTo(247);
        var none = new CompanyScore.Inputs(1, 6000, CompanyPolicy.HOUSEHOLDS, ContractPolicy.LONGEST, List.of());
        assertThat(CompanyScore.of(none, "{}").result()).isEqualTo(YearResult.NOT_RATED);
    }

    /** 60 in one district, 70 in the other: what the estates had to reach, weighed as their scores are, in whatever order. */
    @Test
    void a_company_in_two_districts_is_measured_by_both_lines() {
        var lenient = new CompanyScore.Project(1, 1, 300, 365, 6200, 0, 6000);
        var strict = new CompanyScore.Project(2, 1, 100, 365, 6500, 0, 7000);
        var unrated = new CompanyScore.Project(3, 1, 900, 365, null, null, 9900);
        for (var projects : List.of(List.of(lenient, strict, unrated), List.of(unrated, strict, lenient))) {
            var inputs = new CompanyScore.Inputs(1, 7000, CompanyPolicy.HOUSEHOLDS, ContractPolicy.LONGEST, projects)
                    .lined();
            assertThat(inputs.passLine()).isEqualTo(6250);
            var year = CompanyScore.of(inputs, "{}");
            assertThat(year.score()).isEqualTo(6275);
            assertThat(year.result()).isEqualTo(YearResult.PASS);
        }
        var third = new CompanyScore.Inputs(
                        1, 0, CompanyPolicy.EQUAL, ContractPolicy.LONGEST, List.of(lenient, lenient, strict))
                .lined();
        assertThat(third.passLine()).as("rounded down, to nobody's harm").isEqualTo(6333);
        var before = new CompanyScore.Inputs(
                1,
                6000,
                CompanyPolicy.HOUSEHOLDS,
                ContractPolicy.LONGEST,
                List.of(new CompanyScore.Project(1, 1, 300, 365, 6200, 0)));
        assertThat(before.lined().passLine()).as("kept without lines").isEqualTo(6000);
    }

    @Test
    void days_weigh_where_the_policy_says_so() {
        var projects = List.of(
                new CompanyScore.Project(1, 1, 100, 365, 8000, 0), new CompanyScore.Project(2, 1, 100, 73, 2000, 0));
        var days = new CompanyScore.Inputs(1, 6000, CompanyPolicy.HOUSEHOLDS, ContractPolicy.DAYS, projects);
        assertThat(CompanyScore.of(days, "{}").score()).isEqualTo(7000);
        var equal = new CompanyScore.Inputs(1, 6000, CompanyPolicy.EQUAL, ContractPolicy.LONGEST, projects);
        assertThat(CompanyScore.of(equal, "{}").score()).isEqualTo(5000);
    }

    private static TreeSet<Long> bodies(long... all) {
        return Arrays.stream(all).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void who_held_the_contract_longest_has_the_score() {
        var changed = List.of(
                new Contract(1, LocalDate.of(2020, 1, 1), LocalDate.of(2025, 7, 1)),
                new Contract(2, LocalDate.of(2025, 7, 1), null));
        assertThat(Attribution.of(changed, Map.of(), BEGIN, END, ContractPolicy.LONGEST, 183))
                .containsExactly(
                        new Held(2, bodies(2), 184, true, ""), new Held(1, bodies(1), 181, false, "这一年别家管得更久，分数不算这家的"));
        assertThat(Attribution.of(changed, Map.of(), BEGIN, END, ContractPolicy.DAYS, 30))
                .extracting(Held::company, Held::days, Held::counts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, 184, true),
                        org.assertj.core.groups.Tuple.tuple(1L, 181, true));
    }

    @Test
    void a_tie_goes_to_the_later_one_and_half_a_year_is_the_least() {
        // a leap year has 366 days: each half
        var tie = List.of(
                new Contract(1, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 7, 2)),
                new Contract(2, LocalDate.of(2024, 7, 2), null));
        var held = Attribution.of(
                tie, Map.of(), LocalDate.of(2024, 1, 1), LocalDate.of(2025, 1, 1), ContractPolicy.LONGEST, 183);
        assertThat(held.getFirst().company()).isEqualTo(2);
        assertThat(held.getFirst().days()).isEqualTo(183);
        assertThat(held.getFirst().counts()).isTrue();
        var late = List.of(new Contract(3, LocalDate.of(2025, 9, 1), null));
        assertThat(Attribution.of(late, Map.of(), BEGIN, END, ContractPolicy.LONGEST, 183)
                        .getFirst()
                        .why())
                .contains("122 天");
    }

    @Test
    void a_merged_company_hands_its_days_over() {
        var contracts = List.of(
                new Contract(1, LocalDate.of(2020, 1, 1), LocalDate.of(2025, 6, 1)),
                new Contract(2, LocalDate.of(2025, 6, 1), LocalDate.of(2025, 8, 1)),
                new Contract(3, LocalDate.of(2025, 8, 1), null));
        // 1 merged into 2: 151 + 61 days against 153
        var held = Attribution.of(contracts, Map.of(1L, 2L), BEGIN, END, ContractPolicy.LONGEST, 183);
        assertThat(held)
                .extracting(Held::company, Held::days, Held::counts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, 212, true),
                        org.assertj.core.groups.Tuple.tuple(3L, 153, false));
        // and with the days its cases
        assertThat(held).extracting(Held::bodies).containsExactly(bodies(1, 2), bodies(3));
    }

    /** Whoever held an estate for half a year had half a year's complaints: 12 cases of 300 households are 4 a hundred, and 8 in a whole year. */
    @Test
    void cases_count_by_the_days_held_and_a_published_scheme_keeps_its_digits() {
        var grades = List.of(0, 0, 0, 0, 30);
        var half = inputs(30, grades, 80, new Cases(300, 12, 12, 12, 183, 366));
        assertThat(density(SCHEME, half)).isEqualTo("12 件，300 户，管了 183 天：每百户一年 8.00 件；4000");
        assertThat(density(SCHEME, inputs(30, grades, 80, new Cases(300, 12, 12, 12, 366, 366))))
                .as("who held it all year")
                .isEqualTo("12 件，300 户：每百户 4.00 件；8000");
        assertThat(density(SCHEME, inputs(30, grades, 80, new Cases(300, 12, 12, 12))))
                .as("inputs of before days were kept")
                .isEqualTo("12 件，300 户：每百户 4.00 件；8000");
        assertThat(density(SCHEME, inputs(30, grades, 80, new Cases(300, 12, 12, 12, 182, 366))))
                .as("a day less is a little more, rounded once")
                .isEqualTo("12 件，300 户，管了 182 天：每百户一年 8.04 件；3956");
        assertThat(density(before(), half))
                .as("a scheme of before says: of the year, whoever held it how long")
                .isEqualTo("12 件，300 户：每百户 4.00 件；8000");
    }

    private static String density(SchemeContent scheme, ProjectInputs inputs) {
        var line = ProjectScore.of(scheme, inputs).parts().getLast().lines().getFirst();
        return line.shown() + "；" + line.points();
    }

    private static SchemeContent before() {
        var json = tools.jackson.databind.json.JsonMapper.builder().build();
        return json.readValue(json.writeValueAsString(SCHEME).replace("DENSITY_HELD", "DENSITY"), SchemeContent.class);
    }

    @Test
    void shares_have_wilson_intervals() {
        assertThat(Exact.wilson(24, 30, 196)).isEqualTo(new Exact.Interval(626, 905));
        assertThat(Exact.wilson(0, 30, 196).low()).isZero();
        assertThat(Exact.wilson(30, 30, 196).high()).isEqualTo(1000);
    }

    @Property(tries = 300)
    void a_score_lies_between_its_parts_and_is_the_same_each_time(
            @ForAll @Size(5) List<@IntRange(max = 400) Integer> grades,
            @ForAll @IntRange(max = 100) int opinion,
            @ForAll @IntRange(max = 60) int cases) {
        var inputs = inputs(40, grades, opinion, new Cases(300, cases, cases, cases / 2));
        var once = ProjectScore.of(SCHEME, inputs);
        assertThat(ProjectScore.of(SCHEME, inputs)).isEqualTo(once);
        if (once.score() != null) {
            var points = once.parts().stream().mapToInt(part -> java.util.Objects.requireNonNull(part.points()));
            var range = points.summaryStatistics();
            assertThat(once.score()).isBetween(range.getMin(), range.getMax());
        }
    }
}
