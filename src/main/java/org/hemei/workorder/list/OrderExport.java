package org.hemei.workorder.list;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A list of orders as an Excel table: rows are written while they are read. No names, no phones, no units, and long
 * numbers in titles are masked, because a file goes where no scope follows it. That somebody took it is on record.
 */
@Service
class OrderExport {

    /** Past this the table ends and says so. */
    static final int MOST = 10_000;

    private static final Pattern LONG_NUMBER = Pattern.compile("(?<!\\d)(\\d{3})\\d{4,}(\\d{2,4})(?!\\d)");
    private static final List<String> HEADINGS = List.of(
            "单号", "标题", "小区", "楼栋", "类别", "缓急", "来源", "状态", "处理单位", "点单时间", "到期时间", "联系时间", "报处理好", "办结时间", "解决",
            "满意（1—5）", "也遇到", "催办");

    private final OrderListQueries queries;
    private final Audit audit;
    private final InstantSource clock;

    OrderExport(OrderListQueries queries, Audit audit, InstantSource clock) {
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    /** In one transaction with the audit entry; the table is read through a cursor, so memory stays flat. */
    @Transactional
    public void write(Reader reader, OrderFilter filter, OutputStream out) throws IOException {
        audit.record(
                reader,
                0,
                "work_order.export",
                "work_order_list",
                reader.account(),
                null,
                Map.of("filter", filter.on("").without("q").query()));
        var book = new Workbook(out, "Hemei", "1.0");
        var sheet = book.newWorksheet("工单");
        heading(sheet);
        var line = 1;
        var cut = false;
        try (var rows = queries.stream(reader, filter, MOST + 1)) {
            for (var each = rows.iterator(); each.hasNext(); ) {
                var row = each.next();
                if (line > MOST) {
                    cut = true;
                    break;
                }
                write(sheet, line++, row);
                if (line % 500 == 0) {
                    sheet.flush();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        sheet.value(line + 1, 0, last(reader, line - 1, cut));
        book.finish();
    }

    private String last(Reader reader, int rows, boolean cut) {
        return "共 " + rows + " 行" + (cut ? "，后面的没有导出：一次最多 " + MOST + " 行，请缩小筛选再导" : "") + "。" + reader.name() + " 导出于 "
                + CivilTime.full(clock.instant());
    }

    private static void heading(Worksheet sheet) {
        for (int column = 0; column < HEADINGS.size(); column++) {
            sheet.value(0, column, HEADINGS.get(column));
            sheet.style(0, column).bold().set();
        }
        sheet.freezePane(0, 1);
        sheet.width(1, 36);
        for (int column : new int[] {0, 2, 8, 9, 10, 11, 12, 13}) {
            sheet.width(column, 19);
        }
    }

    private static void write(Worksheet sheet, int line, OrderRow row) {
        int column = 0;
        text(sheet, line, column++, row.number());
        text(sheet, line, column++, masked(row.title()));
        text(sheet, line, column++, row.estate());
        text(sheet, line, column++, row.building());
        text(sheet, line, column++, row.category());
        text(sheet, line, column++, row.urgency().words());
        text(sheet, line, column++, row.channel().words());
        text(sheet, line, column++, row.state().words());
        text(sheet, line, column++, row.holder());
        time(sheet, line, column++, row.submittedAt());
        time(sheet, line, column++, row.clockRuns() ? row.dueAt() : null);
        time(sheet, line, column++, row.contactedAt());
        time(sheet, line, column++, row.resolvedAt());
        time(sheet, line, column++, row.closedAt());
        var solved = row.solved();
        text(sheet, line, column++, solved == null ? "" : solved ? "解决了" : "没解决");
        if (row.satisfied() != null) {
            sheet.value(line, column, row.satisfied());
        }
        column++;
        sheet.value(line, column++, row.joined());
        sheet.value(line, column, row.urged());
    }

    private static void time(Worksheet sheet, int line, int column, @Nullable Instant at) {
        if (at != null) {
            sheet.value(line, column, at.atZone(CivilTime.ZONE).toLocalDateTime());
            sheet.style(line, column).format("yyyy-mm-dd hh:mm").set();
        }
    }

    private static void text(Worksheet sheet, int line, int column, @Nullable String words) {
        sheet.value(line, column, safe(words == null ? "" : words));
    }

    /**
     * A cell that a spreadsheet can never take for a formula, even after it was saved as CSV (OWASP, CSV injection); and
     * without the control characters that no XML may hold.
     */
    static String safe(String words) {
        var clean = words.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
        return !clean.isEmpty() && "=+-@＝＋－＠\n".indexOf(clean.charAt(0)) >= 0 ? "'" + clean : clean;
    }

    /** 138****1234: a phone or an identity number that somebody wrote into their words. */
    static String masked(String words) {
        return LONG_NUMBER.matcher(words).replaceAll("$1****$2");
    }
}
