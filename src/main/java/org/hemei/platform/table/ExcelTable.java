package org.hemei.platform.table;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/** One list as an Excel sheet, written row by row while it is read. Whoever hands it out records that in the audit trail. */
public final class ExcelTable implements AutoCloseable {

    private final Workbook book;
    private final Worksheet sheet;
    private int line = 1;

    private ExcelTable(Workbook book, Worksheet sheet) {
        this.book = book;
        this.sheet = sheet;
    }

    /**
     * Within the request, for what is small by its nature; a list that can grow is made behind the pages.
     *
     * @param file without its ending; Latin letters only
     */
    public static ExcelTable open(HttpServletResponse response, String file, String title, List<String> headings)
            throws IOException {
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file + ".xlsx\"");
        response.setHeader("Cache-Control", "no-store");
        return open(response.getOutputStream(), title, headings);
    }

    public static ExcelTable open(OutputStream out, String title, List<String> headings) {
        var book = new Workbook(out, "Hemei", "1.0");
        var sheet = book.newWorksheet(title);
        for (int column = 0; column < headings.size(); column++) {
            sheet.value(0, column, headings.get(column));
            sheet.style(0, column).bold().set();
            sheet.width(column, column == 0 ? 36 : 18);
        }
        sheet.freezePane(0, 1);
        return new ExcelTable(book, sheet);
    }

    /** Rows so far, without the headings. */
    public int rows() {
        return line - 1;
    }

    /** Words, numbers, days and instants; null leaves the cell empty. */
    public void row(@Nullable Object... cells) throws IOException {
        for (int column = 0; column < cells.length; column++) {
            cell(column, cells[column]);
        }
        line++;
        if (line % 500 == 0) {
            sheet.flush();
        }
    }

    private void cell(int column, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Number number -> sheet.value(line, column, number);
            case LocalDate day -> {
                sheet.value(line, column, day);
                sheet.style(line, column).format("yyyy-mm-dd").set();
            }
            case Instant at -> {
                sheet.value(line, column, at.atZone(CivilTime.ZONE).toLocalDateTime());
                sheet.style(line, column).format("yyyy-mm-dd hh:mm").set();
            }
            // not through the table of shared texts, which would stay in memory
            default -> sheet.inlineString(line, column, safe(value.toString()));
        }
    }

    /** A last line in words: how many, by whom, when. */
    public void foot(String words) {
        sheet.value(line + 1, 0, safe(words));
    }

    /**
     * A cell that a spreadsheet can never take for a formula, even after it was saved as CSV (OWASP, CSV injection); and
     * without the control characters that no XML may hold.
     */
    public static String safe(String words) {
        var clean = words.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
        return !clean.isEmpty() && "=+-@＝＋－＠\n".indexOf(clean.charAt(0)) >= 0 ? "'" + clean : clean;
    }

    @Override
    public void close() throws IOException {
        book.finish();
    }
}
