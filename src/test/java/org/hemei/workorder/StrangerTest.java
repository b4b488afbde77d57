package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StrangerTest {

    /** Whatever a stranger subtracts from what they hear, they do not get at one to four. */
    @Property
    void nothingThatIsToldLeavesASmallRest(
            @ForAll @IntRange(max = 40) int whole, @ForAll @IntRange(max = 40) int part) {
        var told = Stranger.told(Math.min(part, whole), whole);
        if (told != null) {
            assertThat(told).isGreaterThanOrEqualTo(Stranger.LEAST);
            assertThat(whole - told)
                    .satisfiesAnyOf(
                            rest -> assertThat(rest).isZero(),
                            rest -> assertThat(rest).isGreaterThanOrEqualTo(Stranger.LEAST));
        }
    }

    @Test
    void theExamplesOfTheDecision() {
        assertThat(Stranger.told(19, 20)).isNull();
        assertThat(Stranger.told(5, 6)).isNull();
        assertThat(Stranger.told(4, 20)).isNull();
        assertThat(Stranger.told(20, 20)).isEqualTo(20);
        assertThat(Stranger.told(15, 20)).isEqualTo(15);
        assertThat(Stranger.told(4)).isNull();
    }
}
