package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PollVerbTest {

    /** What can happen, and that nothing else can. */
    @Test
    void theTableIsAllThereIs() {
        var moves = Arrays.stream(PollVerb.values())
                .flatMap(verb -> Arrays.stream(PollState.values())
                        .flatMap(from ->
                                verb.after(from).map(to -> from.code() + " " + verb.code() + " " + to.code()).stream()))
                .collect(Collectors.toSet());
        assertThat(moves)
                .isEqualTo(Set.of(
                        "planned open open",
                        "open close closed",
                        "closed count counted",
                        "planned cancel cancelled",
                        "open cancel cancelled",
                        "closed cancel cancelled"));
    }
}
