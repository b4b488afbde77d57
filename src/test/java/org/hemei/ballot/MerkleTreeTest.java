package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /** The first entries of the known test vectors of RFC 6962 as its implementations share them; the leaf is the empty string. */
    @Test
    void theRootsAreThoseOfTheStandard() {
        assertThat(hex(List.of())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hex(List.of(""))).isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Property(tries = 50)
    void oneLineMoreLessOrOtherIsAnotherRoot(
            @ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(max = 39) int at) {
        var lines = IntStream.range(0, size).mapToObj(n -> "line " + n).toList();
        var other = new java.util.ArrayList<>(lines);
        other.set(at % size, "changed");
        var more = new java.util.ArrayList<>(lines);
        more.add(lines.getLast());
        assertThat(List.of(hex(other), hex(more), hex(lines.subList(0, size - 1))))
                .doesNotContain(hex(lines));
    }

    private static String hex(List<String> lines) {
        return HexFormat.of().formatHex(MerkleTree.root(lines));
    }
}
