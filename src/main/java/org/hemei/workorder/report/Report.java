package org.hemei.workorder.report;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.hemei.platform.Refusal;
import org.hemei.workorder.rates.Period;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One version of one report as it is kept. */
public record Report(
        long id,
        String number,
        Subject subject,
        YearMonth month,
        int version,
        String content,
        String sha256,
        String sm3,
        Instant producedAt,
        boolean byHand,
        @Nullable String reason) {

    public String path() {
        return "/reports/" + id;
    }

    public String monthWords() {
        return Period.words(month);
    }

    public String title() {
        return subject.name() + " " + monthWords() + "三率月报" + (version > 1 ? "（第 " + version + " 版）" : "");
    }

    /** @throws Refusal when the text is no report any more */
    public ReportContent said() {
        return readable().orElseThrow(() -> Refusal.of("这份月报的文字被改坏了，读不出来。“核对”一页写着哪里对不上。"));
    }

    /** What it says; empty when somebody altered the kept text so that it is no report any more. */
    public Optional<ReportContent> readable() {
        try {
            return Optional.of(Digests.read(content));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /** The first signs of the digest, to be read out. */
    public String brief() {
        return sha256.substring(0, 16);
    }
}
