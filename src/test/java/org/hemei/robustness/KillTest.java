package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short form of R1; {@code ./hemei robustness R1} goes thirty rounds. The data folder has a space. */
class KillTest {

    private static final int ROUNDS = 5;
    private static final long SEED = 20261123;

    @Test
    void nothingAcknowledgedIsLostOrDoubled() throws Exception {
        var found = new KillRounds(Path.of("target", "kill -9 和美"), ROUNDS, SEED).run();
        assertThat(found.wrong()).isEmpty();
        assertThat(found.acknowledged()).as("orders in all rounds").isGreaterThan(ROUNDS * 8L);
    }
}
