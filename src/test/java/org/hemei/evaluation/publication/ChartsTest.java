package org.hemei.evaluation.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.hemei.evaluation.publication.Ratings.Band;
import org.hemei.evaluation.publication.YearChart.Series;
import org.hemei.evaluation.publication.YearChart.Value;
import org.junit.jupiter.api.Test;

/** Bars begin at zero and are as high as what they count; a year without a figure breaks its line. */
class ChartsTest {

    @Test
    void bars_are_in_proportion_and_the_line_stands_at_the_pass_line() {
        var chart = BandChart.of(List.of(new Band(50, 3), new Band(60, 6), new Band(90, 1)), 6000, 6000);
        var bars = chart.bars();
        assertThat(bars).hasSize(10);
        assertThat(bars.get(5).height() * 2).isEqualTo(bars.get(6).height(), within(0.01));
        assertThat(bars.get(0).height()).isZero();
        assertThat(bars.get(6).y() + bars.get(6).height()).isEqualTo(BandChart.BOTTOM, within(0.01));
        // exactly on the line is right of it, and whoever has 60.00 is in the band that begins there
        assertThat(bars.get(5).x() + bars.get(5).width()).isLessThan(Objects.requireNonNull(chart.line()));
        assertThat(bars.get(6).x()).isGreaterThan(chart.line());
        assertThat(bars)
                .filteredOn(BandChart.Bar::own)
                .extracting(BandChart.Bar::from)
                .containsExactly(60);
        assertThat(chart.grid().getFirst().count()).isZero();
        assertThat(chart.grid().getLast().count()).isGreaterThanOrEqualTo(6);
        assertThat(BandChart.of(List.of(new Band(90, 1)), null, 10000)
                        .bars()
                        .getLast()
                        .own())
                .isTrue();
        assertThat(BandChart.of(List.of(new Band(10, 4321)), null, null).grid()).hasSizeBetween(4, 6);
        assertThat(BandChart.of(List.of(), null, null).bars()).allMatch(bar -> bar.height() == 0);
    }

    @Test
    void a_year_without_a_figure_breaks_the_line_and_margins_reach_both_ways() {
        var chart = YearChart.of(
                List.of(new Series(
                        "得分",
                        "l-a",
                        "c",
                        "",
                        List.of(
                                new Value(2023, 71.0, 2),
                                new Value(2024, 72.5, 1),
                                new Value(2025, null, 0),
                                new Value(2026, 66.66, 1.5)))),
                null);
        var line = chart.lines().getFirst();
        assertThat(line.paths()).hasSize(1); // one point alone is a mark, no line
        assertThat(line.points()).hasSize(3);
        assertThat(line.last()).isEqualTo("66.6"); // cut, not rounded up
        assertThat(chart.floor()).isEqualTo(60);
        var first = line.points().getFirst();
        assertThat(first.low() - first.y()).isEqualTo(first.y() - first.high(), within(0.01));
        assertThat(chart.ticks()).extracting(YearChart.Tick::year).containsExactly(2023, 2024, 2025, 2026);
    }

    @Test
    void names_at_the_end_of_lines_do_not_lie_upon_each_other() {
        var same = List.of(new Value(2025, 90.0, 0), new Value(2026, 91.0, 0));
        var chart = YearChart.of(
                List.of(new Series("合格", "l-b", "s", "%", same), new Series("有评定", "l-a", "c", "%", same)), null);
        assertThat(Math.abs(chart.lines().get(0).labelY() - chart.lines().get(1).labelY()))
                .isGreaterThanOrEqualTo(16);
        assertThat(chart.floor()).isEqualTo(80);
    }
}
