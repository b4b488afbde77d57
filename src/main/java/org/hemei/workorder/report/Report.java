package org.hemei.workorder.report;

import java.time.Instant;
import java.time.YearMonth;
import org.hemei.workorder.rates.Period;
import org.jspecify.annotations.Nullable;

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

    public ReportContent said() {
        return Digests.read(content);
    }

    /** The first signs of the digest, to be read out. */
    public String brief() {
        return sha256.substring(0, 16);
    }
}
