package org.hemei.workorder.report;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.measure.Rate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;

/** The list of published reports can be taken away by whoever signed in: what stands in it is public. */
@Configuration(proxyBeanMethods = false)
class ReportExports {

    private static final int STEP = 500;

    @Bean
    ListExport reportsExport(ListSheets sheets, Reports reports) {
        var heads = new ArrayList<>(List.of("编号", "哪里", "哪一级", "月份", "第几版"));
        for (var rate : Rate.values()) {
            heads.addAll(List.of(rate.words() + "（%）", rate.words() + "分子", rate.words() + "分母"));
        }
        heads.addAll(List.of("封存时间", "SHA-256"));
        return sheets.of(
                "reports",
                "三率月报",
                List.copyOf(heads),
                reader -> {
                    if (!reader.signedIn()) {
                        throw new AccessDeniedException("sheets are handed to accounts");
                    }
                },
                (reader, query, most, rows) -> {
                    var wanted = ReportPages.wanted(query);
                    long after = 0;
                    for (var left = most; left > 0; left -= STEP) {
                        var some = reports.list(wanted, after, Math.min(left, STEP));
                        for (var one : some) {
                            rows.row(cells(one));
                        }
                        if (some.size() < STEP) {
                            return;
                        }
                        after = some.getLast().id();
                    }
                });
    }

    private static Object[] cells(Report report) {
        var cells = new ArrayList<Object>(List.of(
                report.number(),
                report.subject().name(),
                report.subject().level().words(),
                report.month().toString(),
                report.version()));
        var said = report.readable().orElse(null);
        for (var rate : Rate.values()) {
            var tally = said == null ? null : said.tallies().of(rate);
            var counted = tally == null ? 0 : tally.denominator();
            cells.add(tally == null || counted == 0 ? "" : 100.0 * tally.numerator() / counted);
            cells.add(tally == null ? "读不出" : tally.numerator());
            cells.add(counted);
        }
        cells.add(report.producedAt());
        cells.add(report.sha256());
        return cells.toArray();
    }
}
