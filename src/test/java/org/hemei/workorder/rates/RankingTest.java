package org.hemei.workorder.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tally;
import org.hemei.workorder.measure.Wilson;
import org.hemei.workorder.rates.Ranking.Entry;
import org.junit.jupiter.api.Test;

/** Places: ties share, chance is not merit, too few get none; for any figures. */
class RankingTest {

    private static Entry entry(String name, long good, long all) {
        return new Entry(
                name, name, 100, new Tally(Rate.RESOLUTION, Map.of(Part.SOLVED, good, Part.UNSOLVED, all - good)));
    }

    @Test
    void the_same_share_is_the_same_place_and_the_next_is_counted_on() {
        var ranking = Ranking.of(
                List.of(entry("丙", 100, 1000), entry("甲", 950, 1000), entry("乙", 95, 100), entry("丁", 500, 1000)), 10);
        assertThat(ranking.places())
                .extracting(place -> place.number() + ":"
                        + place.entries().stream().map(Entry::name).toList())
                .containsExactly("1:[甲, 乙]", "3:[丁]", "4:[丙]");
    }

    @Test
    void what_chance_can_explain_is_no_merit() {
        var ranking = Ranking.of(List.of(entry("甲", 19, 20), entry("乙", 17, 20)), 10);
        assertThat(ranking.places())
                .singleElement()
                .extracting(Ranking.Place::shared)
                .isEqualTo(2);
    }

    @Test
    void too_few_are_not_ranked_and_stand_by_name() {
        var ranking = Ranking.of(List.of(entry("乙", 9, 9), entry("甲", 0, 0), entry("丙", 8, 10)), 10);
        assertThat(ranking.few()).extracting(Entry::name).containsExactlyInAnyOrder("甲", "乙");
        assertThat(ranking.ranked()).isEqualTo(1);
    }

    @Test
    void wilson_at_known_points() {
        // Brown, Cai and DasGupta 2001 and any table: 0 of 10, 5 of 10, 10 of 10, 81 of 263
        assertThat(Wilson.of(0, 10).high()).isEqualTo(0.2775, within(0.0001));
        assertThat(Wilson.of(5, 10).low()).isEqualTo(0.2366, within(0.0001));
        assertThat(Wilson.of(10, 10)).isEqualTo(new Wilson(Wilson.of(10, 10).low(), 1));
        assertThat(Wilson.of(81, 263).low()).isEqualTo(0.2553, within(0.0001));
        assertThat(Wilson.of(81, 263).high()).isEqualTo(0.3662, within(0.0001));
        assertThat(Wilson.of(0, 0)).isEqualTo(new Wilson(0, 1));
    }

    @Property(tries = 300)
    void every_one_has_one_place_and_a_better_share_never_a_later_one(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 4000) Integer> figures) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < figures.size(); i++) {
            var all = figures.get(i) % 63;
            entries.add(entry("甲" + i, all == 0 ? 0 : figures.get(i) % (all + 1), all));
        }
        var ranking = Ranking.of(entries, 5);
        assertThat(ranking.ranked() + ranking.few().size()).isEqualTo(entries.size());
        var before = 0;
        Entry last = null;
        for (var place : ranking.places()) {
            assertThat(place.number()).isEqualTo(before + 1);
            assertThat(place.shared()).isEqualTo(place.entries().size());
            before += place.shared();
            for (var entry : place.entries()) {
                if (last != null) {
                    assertThat(share(last)).isGreaterThanOrEqualTo(share(entry));
                    if (share(last) == share(entry)) {
                        assertThat(place.entries()).as("ties share").contains(last);
                    }
                }
                last = entry;
            }
        }
    }

    private static double share(Entry entry) {
        return (double) entry.tally().numerator() / entry.tally().denominator();
    }
}
