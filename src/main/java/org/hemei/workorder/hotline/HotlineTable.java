package org.hemei.workorder.hotline;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The table that goes back to the hotline: numbers, states and times; nobody's words. That somebody took it is on record. */
@Component
class HotlineTable {

    private static final List<String> HEADINGS =
            List.of("热线工单号", "本系统单号", "状态", "小区", "处理单位", "受理日期", "热线时限", "转单时间", "联系时间", "报处理好", "办结时间", "超过热线时限");
    private static final int PAGE = 500;

    private final HotlineQueries queries;
    private final Audit audit;
    private final InstantSource clock;

    HotlineTable(HotlineQueries queries, Audit audit, InstantSource clock) {
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public void write(Reader reader, LocalDate from, LocalDate to, HttpServletResponse response) throws IOException {
        HotlineQueries.required(reader);
        audit.record(
                reader,
                0,
                "hotline.status_exported",
                "hotline_case",
                reader.account(),
                null,
                Map.of("from", from.toString(), "to", to.toString()));
        var now = clock.instant();
        try (var table = ExcelTable.open(response, "hotline-status", "热线件办理情况", HEADINGS)) {
            var after = "";
            while (table.rows() < ExcelTable.MOST) {
                var some = queries.status(reader, from, to, null, after, PAGE, now);
                for (var one : some) {
                    table.row(
                            one.number(),
                            one.order(),
                            one.state(),
                            one.estate(),
                            one.holder(),
                            one.receivedOn(),
                            one.dueOn(),
                            one.filedAt(),
                            one.contactedAt(),
                            one.resolvedAt(),
                            one.closedAt(),
                            one.late() ? "是" : "否");
                }
                if (some.size() < PAGE) {
                    break;
                }
                after = some.getLast().number();
            }
            table.foot(table.rows() + " 件，" + reader.name() + " 导出于 " + CivilTime.full(now));
        }
    }
}
