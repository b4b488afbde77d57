package org.hemei.ballot;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.hemei.platform.Command;
import org.springframework.stereotype.Component;

/** {@code ./hemei ballot-root FILE}: the root of a published list, computed from the file alone. */
@Component
class RootCommand implements Command {

    @Override
    public String name() {
        return "ballot-root";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        if (words.size() != 1) {
            out.println("ballot-root FILE: a list as it was published, list.txt or roots.txt");
            return 2;
        }
        try {
            var lines = Files.readAllLines(Path.of(words.getFirst()));
            out.println(HexFormat.of().formatHex(MerkleTree.root(lines)) + "  " + lines.size() + " lines");
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + words.getFirst(), e);
        }
    }
}
