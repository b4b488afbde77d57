package org.hemei.platform.crypto;

import java.io.PrintStream;
import java.util.List;
import org.hemei.platform.Command;
import org.springframework.stereotype.Component;

/** {@code ./hemei rotate-keys} */
@Component
class KeyCommand implements Command {

    private final KeyTurn turn;

    KeyCommand(KeyTurn turn) {
        this.turn = turn;
    }

    @Override
    public String name() {
        return "rotate-keys";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        var number = turn.run(out::println);
        out.println("All sensitive columns are written with key " + number
                + " now. Back the keys up; the older ones are needed as long as there are backups from before.");
        return 0;
    }
}
