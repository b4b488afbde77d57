package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/work-order-states.md is drawn from the transition table; run with -Dhemei.docs=write after changing the table. */
class StateDiagramTest {

    private static final Path DOC = Path.of("docs", "work-order-states.md");

    @Test
    void the_document_says_what_the_table_says() throws IOException {
        var drawn = draw();
        if ("write".equals(System.getProperty("hemei.docs"))) {
            Files.createDirectories(DOC.getParent());
            Files.writeString(DOC, drawn);
        }
        assertThat(Files.readString(DOC)).isEqualTo(drawn);
    }

    private static String draw() {
        var text = new StringBuilder("""
                # How a work order moves

                Generated from `Transitions`, the one table that the aggregate enforces. Steps that change facts and not the
                state are in the second table.

                ```mermaid
                stateDiagram-v2
                    [*] --> submitted : submit 点单
                """);
        for (var state : OrderState.values()) {
            text.append("    %s : %s %s%n".formatted(state.code(), state.code(), state.words()));
        }
        for (var row : Transitions.rows()) {
            if (row.from() != row.to()) {
                text.append("    %s --> %s : %s %s%n"
                        .formatted(
                                row.from().code(),
                                row.to().code(),
                                row.verb().code(),
                                row.verb().words()));
            }
        }
        for (var state : OrderState.values()) {
            if (!state.open()) {
                text.append("    %s --> [*]%n".formatted(state.code()));
            }
        }
        text.append("```\n\n| from | verb | to | who may |\n|---|---|---|---|\n");
        for (var row : Transitions.rows()) {
            if (row.from() != row.to()) {
                text.append("| %s | %s | %s | %s |%n"
                        .formatted(
                                row.from().words(), row.verb().words(), row.to().words(), who(row)));
            }
        }
        text.append("\n| step without a move | at | who may |\n|---|---|---|\n");
        var stays = new LinkedHashMap<String, String>();
        for (var row : Transitions.rows()) {
            if (row.from() == row.to()) {
                stays.merge(
                        row.verb().words() + " | %s | " + who(row), row.from().words(), (a, b) -> a + "、" + b);
            }
        }
        stays.forEach((line, states) ->
                text.append("| ").append(line.formatted(states)).append(" |\n"));
        text.append("""

                The reporter rates and opens again. The community or the street does so only for whoever phoned or came and has no
                account, in their words, on the side that verifies, and never whoever did the work (docs/adr/0061).
                """);
        return text.toString();
    }

    private static String who(Transitions.Row row) {
        return row.who().stream().map(Standing::words).collect(Collectors.joining("、"));
    }
}
