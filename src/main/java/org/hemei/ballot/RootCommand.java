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

/**
 * {@code ./hemei ballot-root FILE}: the root of a published list, computed from the file alone. With the number of a poll instead: all its
 * stored ballots are computed and added up again, and compared with what was sealed.
 */
@Component
class RootCommand implements Command {

    private final PollStore store;
    private final Recount recount;
    private final Tallies tallies;

    RootCommand(PollStore store, Recount recount, Tallies tallies) {
        this.store = store;
        this.recount = recount;
        this.tallies = tallies;
    }

    @Override
    public String name() {
        return "ballot-root";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        if (words.size() != 1) {
            out.println("用法：./hemei ballot-root 文件，文件是公布的名单 list.txt，或各小区的根值 roots.txt；");
            out.println("或 ./hemei ballot-root 投票编号，把这次投票存着的票全部再核一遍");
            return 2;
        }
        var what = words.getFirst();
        return what.matches("\\d{1,18}") ? again(Long.parseLong(what), out) : file(what, out);
    }

    private int again(long id, PrintStream out) {
        var poll = store.find(id).filter(one -> one.root() != null).orElse(null);
        if (poll == null) {
            out.println("没有编号 " + id + " 的投票，或还没有点完。");
            return 2;
        }
        var tally = new Tally(poll, tallies.groups(poll));
        var wrong = recount.all(poll);
        out.println(poll.title() + "，" + tally.groups().size() + " 个小区，"
                + tally.groups().stream().mapToInt(Tally.Group::valid).sum() + " 张票，根值 " + poll.root());
        if (wrong.isEmpty()) {
            out.println("一致。");
            return 0;
        }
        if (wrong.contains(Recount.POLL)) {
            out.println("全部小区合起来的根值：和各小区的根值，或和审计日志里的不一样");
        }
        tally.groups().stream()
                .filter(group -> wrong.contains(group.estate()))
                .forEach(group -> out.println(group.name() + "（" + group.estate() + "）：存着的票、公布的数、封存的根值，有一样变了"));
        out.println("不一致！请查审计日志，从备份里找出点完时的样子。");
        return 1;
    }

    private static int file(String name, PrintStream out) {
        try {
            var lines = Files.readAllLines(Path.of(name), StandardCharsets.UTF_8);
            out.println(HexFormat.of().formatHex(MerkleTree.root(lines)) + "  " + lines.size() + " 行");
            return 0;
        } catch (IOException | InvalidPathException e) {
            out.println("读不了文件 " + name + "。请看看路径对不对。");
            return 2;
        }
    }
}
