package org.hemei.workorder.rollup;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.hemei.platform.Command;
import org.springframework.stereotype.Component;

/** {@code ./hemei rebuild-rollups}: counts all orders anew, also beside a running application. */
@Component
class RebuildCommand implements Command {

    private final Rebuild rebuild;

    RebuildCommand(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    @Override
    public String name() {
        return "rebuild-rollups";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        var begin = System.nanoTime();
        var result = rebuild.run(
                (district, done, of, orders) -> out.printf("%d / %d  %s  共 %,d 张工单%n", done, of, district, orders));
        out.printf(
                "数完了：%d 个区县，%,d 张工单，用了 %d 秒%n",
                result.districts(),
                result.orders(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        return 0;
    }
}
