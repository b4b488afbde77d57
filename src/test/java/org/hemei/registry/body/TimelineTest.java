package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final LocalDate START = LocalDate.of(2020, 1, 1);

    @Test
    void aDayBelongsToTheSpanThatBeginsOnIt() {
        var line = Timeline.from(START, "a");
        line.change(START.plusDays(10), "b");
        line.end(START.plusDays(20));
        assertThat(line.on(START.minusDays(1))).isNull();
        assertThat(line.on(START)).isEqualTo("a");
        assertThat(line.on(START.plusDays(9))).isEqualTo("a");
        assertThat(line.on(START.plusDays(10))).isEqualTo("b");
        assertThat(line.on(START.plusDays(19))).isEqualTo("b");
        assertThat(line.on(START.plusDays(20))).isNull();
        assertThat(line.nearest(START.minusDays(5))).isEqualTo("a");
        assertThat(line.nearest(START.plusDays(50))).isEqualTo("b");
    }

    @Test
    void noSpanIsEverEmpty() {
        var line = Timeline.from(START, "a");
        assertThatThrownBy(() -> line.change(START, "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> line.end(START)).isInstanceOf(IllegalArgumentException.class);
        line.change(START.plusDays(3), "b");
        assertThat(line.canShift(START.plusDays(3), START.plusDays(1))).isTrue();
        assertThat(line.canShift(START.plusDays(3), START)).isFalse();
    }

    @Test
    void whatHoldsOnADayIsReplacedAndNothingElse() {
        var line = Timeline.from(START, "a");
        line.change(START.plusDays(10), "b");
        line.replace(START.plusDays(9), "A");
        assertThat(line.spans()).extracting(Timeline.Span::value).containsExactly("A", "b");
        line.replace(START.plusDays(10), "B");
        line.replace(START.minusDays(1), "first");
        line.end(START.plusDays(20));
        line.replace(START.plusDays(99), "last");
        assertThat(line.spans()).extracting(Timeline.Span::value).containsExactly("first", "last");
    }

    /** Whatever is changed and put right, exactly one thing holds on every day after the beginning. */
    @Property(tries = 300)
    void oneThingHoldsOnEveryDay(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 9) Integer> steps,
            @ForAll @IntRange(max = 60) int asked) {
        var line = Timeline.from(START, 0);
        var day = START;
        for (var step : steps) {
            day = day.plusDays(step);
            line.change(day, line.spans().size());
            if (step % 3 == 0 && line.canShift(day, day.minusDays(1))) {
                line.shift(day, day.minusDays(1));
            }
        }
        var wanted = START.plusDays(asked);
        assertThat(line.spans().stream().filter(span -> span.holds(wanted))).hasSize(1);
        assertThat(line.spans()).hasSize(steps.size() + 1);
    }
}
