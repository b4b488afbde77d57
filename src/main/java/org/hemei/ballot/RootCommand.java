package org.hemei.ballot;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
            out.println("用法：./hemei ballot-root 文件，文件是公布的名单 list.txt，或各小区的根值 roots.txt");
            return 2;
        }
        try {
            var lines = Files.readAllLines(Path.of(words.getFirst()), StandardCharsets.UTF_8);
            out.println(HexFormat.of().formatHex(MerkleTree.root(lines)) + "  " + lines.size() + " 行");
            return 0;
        } catch (IOException | InvalidPathException e) {
            out.println("读不了文件 " + words.getFirst() + "。请看看路径对不对。");
            return 2;
        }
    }
}
