package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hemei.evaluation.CompanyYears.Year;
import org.hemei.evaluation.YearResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two clear fails in two years one after the other, and nothing else. */
class RunTest {

    /** One sign a year from 2020 on: F a clear fail, P a pass, u not rated, m a fail whose margin reaches over the line, . nothing. */
    private static List<Year> years(String signs) {
        var years = new ArrayList<Year>();
        for (int i = 0; i < signs.length(); i++) {
            var year = 2020 + i;
            switch (signs.charAt(i)) {
                case 'F' -> years.add(year(year, YearResult.FAIL, 5_512, false));
                case 'm' -> years.add(year(year, YearResult.FAIL, 5_998, true));
                case 'P' -> years.add(year(year, YearResult.PASS, 6_000, false));
                case 'u' -> years.add(year(year, YearResult.NOT_RATED, null, false));
                default -> {}
            }
        }
        return years;
    }

    private static Year year(int year, YearResult result, @Nullable Integer score, boolean over) {
        return new Year(7, year, 1, result, score, score == null ? null : 100, over, Instant.EPOCH, null, "");
    }

    @ParameterizedTest(name = "{0}: {1} grounds")
    @CsvSource({
        "FF, 1",
        "F, 0",
        "P, 0",
        "FPF, 0",
        "PFF, 1",
        "FFP, 1",
        "FFF, 2",
        "FuF, 0",
        "F.F, 0",
        "FmF, 0",
        "mF, 0",
        "Fm, 0",
        "mm, 0",
        "uu, 0",
        "FFuFF, 2",
        "., 0",
        "FPFPF, 0",
    })
    void a_year_that_is_missing_unrated_passed_or_near_the_line_breaks_the_run(String signs, int grounds) {
        assertThat(Run.grounds(years(signs), 2000)).hasSize(grounds);
    }

    @ParameterizedTest(name = "of {0}, since {1}")
    @CsvSource({"FF, 2021, 1", "FF, 2022, 0", "FFF, 2022, 1"})
    void only_recent_grounds_are_looked_at(String signs, int since, int grounds) {
        assertThat(Run.grounds(years(signs), since)).hasSize(grounds);
    }

    @ParameterizedTest(name = "{0} becomes {1}: {2}")
    @CsvSource({
        "FF, FP, false",
        "FF, PF, false",
        "FF, Fu, false",
        "FF, mF, false",
        "FF, F., false",
        "FF, FF, true",
        "FF, FFP, true"
    })
    void a_ground_holds_while_both_of_its_years_are_clear_fails(String before, String after, boolean holds) {
        var ground = Run.grounds(years(before), 2000).getFirst();
        assertThat(Run.today(years(after), ground).isPresent()).isEqualTo(holds);
    }

    @Property(tries = 300)
    void every_ground_is_two_neighbouring_fails_and_every_such_pair_is_a_ground(
            @ForAll @Size(max = 12) List<@net.jqwik.api.constraints.IntRange(max = 4) Integer> kinds) {
        var signs = new StringBuilder();
        kinds.forEach(kind -> signs.append("FmPu.".charAt(kind)));
        var said = Run.grounds(years(signs.toString()), 0).stream()
                .map(ground -> ground.secondYear() - 2020)
                .toList();
        var expected = new ArrayList<Integer>();
        for (int i = 1; i < signs.length(); i++) {
            if (signs.charAt(i - 1) == 'F' && signs.charAt(i) == 'F') {
                expected.add(i);
            }
        }
        assertThat(said).isEqualTo(expected);
        assertThat(Run.grounds(years(signs.toString()), 0))
                .allMatch(ground -> Run.today(years(signs.toString()), ground).isPresent());
    }
}
