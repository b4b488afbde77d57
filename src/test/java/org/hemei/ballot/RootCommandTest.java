package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code ./hemei ballot-root FILE}, and that the launcher knows it. */
@HemeiTest
class RootCommandTest {

    @Autowired
    RootCommand command;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... words) {
        return command.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_root_of_a_list_as_it_was_published(@TempDir Path folder) throws Exception {
        var lines = List.of("0a", "0b", "K7QF2M9D0X4T:0c");
        var file = Files.writeString(folder.resolve("list.txt"), String.join("\n", lines) + "\n");
        assertThat(run(file.toString())).isZero();
        assertThat(said())
                .startsWith(HexFormat.of().formatHex(MerkleTree.root(lines)))
                .contains("3 行");
        // one ballot altered, another root
        var altered = Files.writeString(folder.resolve("altered.txt"), "0a\n0b\nK7QF2M9D0X4T:0d\n");
        out.reset();
        assertThat(run(altered.toString())).isZero();
        assertThat(said()).doesNotContain(HexFormat.of().formatHex(MerkleTree.root(lines)));
    }

    @Test
    void a_file_that_is_not_there_or_not_named_is_said_and_ends_with_two(@TempDir Path folder) {
        assertThat(run(folder.resolve("none.txt").toString())).isEqualTo(2);
        assertThat(said()).contains("读不了文件").contains("none.txt");
        out.reset();
        assertThat(run()).isEqualTo(2);
        assertThat(said()).contains("用法");
    }

    @Test
    void the_launcher_offers_both_commands_with_help() throws Exception {
        for (var name : List.of("explain", "ballot-root")) {
            var help = new ProcessBuilder("./hemei", name, "--help")
                    .redirectErrorStream(true)
                    .start();
            var text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(help.waitFor()).as(text).isZero();
            assertThat(text).contains("./hemei " + name);
        }
    }
}
