package org.hemei.platform.seal;

import java.io.PrintStream;
import java.util.List;
import org.hemei.platform.Command;
import org.springframework.stereotype.Component;

/** {@code ./hemei verify-audit}: the check of the whole audit log from the command line. */
@Component
class SealCommand implements Command {

    private final Sealing sealing;
    private final SealCheck check;

    SealCommand(Sealing sealing, SealCheck check) {
        this.sealing = sealing;
        this.check = check;
    }

    @Override
    public String name() {
        return "verify-audit";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        sealing.seal();
        var report = check.run(seal -> {});
        for (var found : report.breaks()) {
            out.println("封条 " + (found.seal() == 0 ? "-" : found.seal()) + "  记录 "
                    + (found.entry() == 0 ? "-" : found.entry()) + "  " + found.words());
        }
        if (report.more()) {
            out.println("还有更多，只列前 " + SealCheck.MOST_BREAKS + " 处。");
        }
        out.printf("核对了 %,d 张封条、%,d 条记录：%s%n", report.seals(), report.entries(), report.whole() ? "没有改动" : "有改动");
        return report.whole() ? 0 : 1;
    }
}
