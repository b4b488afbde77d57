package org.hemei.platform.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.dhatim.fastexcel.Workbook;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what is stored of a sheet as a file of the same columns, row by row while it is read. */
@Component
class ExportFile {

    private static final int FLUSH = 500;

    /** Where rows go. */
    private interface Target {
        void row(int line, List<@Nullable Object> cells) throws IOException;
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;

    ExportFile(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long count(Sheet sheet, List<String> areas) {
        return jdbc.sql("select count(*) from (" + sheet.export() + ") e")
                .param("areas", areas.toArray(String[]::new))
                .param("today", CivilTime.date(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** In a transaction, so that the rows come through a cursor. @param progress told the number of rows so far, now and then */
    int write(Sheet sheet, List<String> areas, String format, OutputStream out, LongConsumer progress)
            throws IOException {
        return format.equals("csv") ? csv(sheet, areas, out, progress) : excel(sheet, areas, out, progress);
    }

    private int csv(Sheet sheet, List<String> areas, OutputStream out, LongConsumer progress) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // Excel takes a CSV for UTF-8 by this mark only
        text.write('\uFEFF');
        var csv = CsvWriter.builder().build(text);
        csv.writeRecord(sheet.columns().stream().map(Column::title).toList());
        var rows = each(
                sheet,
                areas,
                progress,
                (line, cells) -> csv.writeRecord(cells.stream()
                        .map(cell -> cell == null ? "" : cell.toString())
                        .toList()));
        csv.flush();
        text.flush();
        return rows;
    }

    private int excel(Sheet sheet, List<String> areas, OutputStream out, LongConsumer progress) throws IOException {
        var book = new Workbook(out, "Hemei", "1.0");
        var page = book.newWorksheet(sheet.title());
        Template.heading(page, sheet);
        var rows = each(sheet, areas, progress, (line, cells) -> {
            for (var n = 0; n < cells.size(); n++) {
                switch (cells.get(n)) {
                    case null -> {}
                    case Number number -> page.value(line, n, number);
                    // not through the table of shared texts, which would stay in memory
                    case Object words -> page.inlineString(line, n, words.toString());
                }
            }
            if (line % FLUSH == 0) {
                page.flush();
            }
        });
        book.finish();
        return rows;
    }

    private int each(Sheet sheet, List<String> areas, LongConsumer progress, Target target) throws IOException {
        var columns = sheet.columns();
        var rows = new int[1];
        try {
            RowCallbackHandler each = r -> {
                var cells = new ArrayList<@Nullable Object>(columns.size());
                for (var n = 0; n < columns.size(); n++) {
                    cells.add(cell(columns.get(n), r, n + 1));
                }
                try {
                    target.row(++rows[0], cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (rows[0] % FLUSH == 0) {
                    progress.accept(FLUSH);
                }
            };
            jdbc.sql(sheet.export())
                    .param("areas", areas.toArray(String[]::new))
                    .param("today", CivilTime.date(clock.instant()))
                    .withFetchSize(FLUSH)
                    .query(each);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return rows[0];
    }

    private static @Nullable Object cell(Column column, ResultSet r, int n) throws SQLException {
        var value = r.getObject(n);
        if (value == null) {
            return null;
        }
        return switch (column.kind()) {
            case WHOLE -> value;
            case DECIMAL ->
                BigDecimal.valueOf(((Number) value).longValue())
                        .divide(BigDecimal.valueOf(column.factor()), 2, RoundingMode.HALF_UP);
            case DAY -> r.getObject(n, LocalDate.class).toString();
            case CHOICE -> words(column, value.toString());
            case FLAG -> Boolean.TRUE.equals(value) ? "是" : "否";
            case CHOICES -> String.join("、", (String[]) r.getArray(n).getArray());
            case TEXT, CODE, NAME, PHONE, SAID -> ExcelTable.safe(value.toString());
        };
    }

    private static String words(Column column, String value) {
        return column.choices().entrySet().stream()
                .filter(choice -> choice.getValue().equals(value))
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElse(value);
    }
}
