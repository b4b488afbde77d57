package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/listing-states.md is drawn from the transition table; run with -Dhemei.docs=write after changing the table. */
class ListingDiagramTest {

    private static final Path DOC = Path.of("docs", "listing-states.md");

    @Test
    void the_document_says_what_the_table_says() throws IOException {
        var drawn = draw();
        if ("write".equals(System.getProperty("hemei.docs"))) {
            Files.writeString(DOC, drawn);
        }
        assertThat(Files.readString(DOC)).isEqualTo(drawn);
    }

    private static String draw() {
        var text = new StringBuilder("""
                # How a case of the blacklist moves

                Generated from `ListingMoves`, the one table that the aggregate enforces. Two failed years propose and never list; a
                ground that falls ends a case before it was served and revokes it afterwards.

                ```mermaid
                stateDiagram-v2
                    [*] --> proposed : propose 提出拟列入
                """);
        for (var state : ListingState.values()) {
            text.append("    %s : %s %s%n".formatted(state.code(), state.code(), state.words()));
        }
        for (var row : ListingMoves.rows()) {
            if (row.from() != row.to()) {
                text.append("    %s --> %s : %s %s%n"
                        .formatted(
                                row.from().code(),
                                row.to().code(),
                                row.verb().code(),
                                row.verb().words()));
            }
        }
        for (var state : ListingState.values()) {
            if (state.ended()) {
                text.append("    %s --> [*]%n".formatted(state.code()));
            }
        }
        text.append("```\n\n| from | verb | to | who may |\n|---|---|---|---|\n");
        for (var row : ListingMoves.rows()) {
            text.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            row.from().words(),
                            row.verb().words(),
                            row.from() == row.to() ? "不变" : row.to().words(),
                            row.who().stream().map(Party::words).collect(Collectors.joining("、"))));
        }
        return text.toString();
    }
}
