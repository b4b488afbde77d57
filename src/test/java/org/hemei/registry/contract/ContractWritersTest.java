package org.hemei.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whose an estate's year is follows from its contracts, so whatever changes one says so. These are all that do: whoever writes them from
 * somewhere else has to announce it as well, and to be named here.
 */
class ContractWritersTest {

    private static final Path MAIN = Path.of("src/main/java");

    /** A statement, a part of a sheet, or the rows of a copy. */
    private static final Pattern WRITES = Pattern.compile(
            "(insert into|update|delete from) contract\\b|Part\\.of\\(\\s*\"contract\"|new Rows\\(\\s*\"contract\"");

    @Test
    void contracts_are_written_by_their_desk_the_import_a_merger_and_the_demo_before_anything_was_evaluated()
            throws IOException {
        try (var files = Files.walk(MAIN)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> WRITES.matcher(read(file)).find())
                            .map(file ->
                                    MAIN.resolve("org/hemei").relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "registry/contract/ContractDesk.java",
                            // of a merger, which says body.merged as well
                            "registry/contract/ContractSuccession.java",
                            "registry/transfer/ContractSheet.java",
                            "demo/Companies.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
