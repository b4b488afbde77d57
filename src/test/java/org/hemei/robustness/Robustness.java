package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code ./hemei robustness}: the bars R1 and R4 at their full length. The name does not end in Test, so the suite leaves it
 * alone; R2 and R3 are tests of the suite as they are.
 */
class Robustness {

    private static final int ROUNDS = Integer.getInteger("hemei.robustness.rounds", 30);

    @Test
    void r1() throws Exception {
        // not the same moments each time: what one run misses another may find
        var seed = Long.getLong("hemei.robustness.seed", Clock.systemUTC().millis());
        var found = new KillRounds(Path.of("target", "robustness", "R1 和美"), ROUNDS, seed).run();
        Bar.write(
                "R1",
                found.breaches(),
                Map.of("rounds", ROUNDS, "acknowledged", found.acknowledged(), "seed", seed, "wrong", found.wrong()));
        assertThat(found.wrong()).isEmpty();
    }

    @Test
    void r4() throws Exception {
        var adversities = new Adversities();
        adversities.run();
        assertThat(adversities.wrong()).isEmpty();
    }
}
