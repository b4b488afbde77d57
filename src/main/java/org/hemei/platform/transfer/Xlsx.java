package org.hemei.platform.transfer;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** The first visible sheet of an Excel file, read as a stream after {@link ZipGuard} and {@link SharedTexts} have looked through it. */
final class Xlsx implements Table {

    private final ReadableWorkbook book;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final List<String> notes;

    private Xlsx(ReadableWorkbook book, Stream<Row> stream, List<String> notes) {
        this.book = book;
        this.stream = stream;
        this.rows = stream.iterator();
        this.notes = notes;
    }

    static Xlsx open(Path file) {
        var merged = ZipGuard.check(file);
        SharedTexts.check(file);
        ReadableWorkbook book;
        try {
            book = new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true));
        } catch (IOException | RuntimeException e) {
            throw ZipGuard.broken();
        }
        try {
            var sheets = book.getSheets().toList();
            var sheet = sheets.stream()
                    .filter(Xlsx::visible)
                    .findFirst()
                    .orElseThrow(() -> Table.refusal("工作表都藏起来了。请取消隐藏再传。"));
            unmerged(merged, file, sheet);
            return new Xlsx(book, sheet.openStream(), notes(sheets, sheet));
        } catch (org.hemei.platform.Refusal e) {
            close(book);
            throw e;
        } catch (IOException | RuntimeException e) {
            close(book);
            throw ZipGuard.broken();
        }
    }

    private static void close(ReadableWorkbook book) {
        try {
            book.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean visible(Sheet sheet) {
        return sheet.getVisibility() == SheetVisibility.VISIBLE;
    }

    private static void unmerged(Map<String, List<String>> merged, Path file, Sheet sheet) {
        if (merged.isEmpty()) {
            return;
        }
        var part = SheetParts.of(file).get(sheet.getId());
        // a sheet that cannot be told from others is as good as all of them
        var found = part == null
                ? merged.values().stream().flatMap(List::stream).toList()
                : merged.getOrDefault(part, List.of());
        if (!found.isEmpty()) {
            var more = found.size() > 3 ? "等处" : "";
            throw Table.refusal("有合并的单元格：" + String.join("、", found.subList(0, Math.min(3, found.size()))) + more
                    + "。请取消合并，每一格都填上。");
        }
    }

    private static List<String> notes(List<Sheet> sheets, Sheet read) {
        var notes = new ArrayList<String>();
        if (sheets.size() > 1) {
            notes.add("只读了第一张工作表“" + shortened(read.getName()) + "”。");
        }
        sheets.stream()
                .filter(sheet -> !visible(sheet))
                .limit(3)
                .forEach(sheet -> notes.add("隐藏的工作表“" + shortened(sheet.getName()) + "”没有读。"));
        return notes;
    }

    private static String shortened(String name) {
        return name.length() > 31 ? name.substring(0, 31) + "…" : name;
    }

    @Override
    public boolean since1904() {
        return book.isDate1904();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public @Nullable Line next() {
        try {
            while (rows.hasNext()) {
                var row = rows.next();
                var cells = cells(row);
                if (!cells.isEmpty()) {
                    return new Line(row.getRowNum(), cells);
                }
            }
            return null;
        } catch (RuntimeException e) {
            throw ZipGuard.broken();
        }
    }

    private static List<@Nullable Raw> cells(Row row) {
        var cells = new ArrayList<@Nullable Raw>();
        for (var n = 0; n < row.getCellCount(); n++) {
            var raw = raw(row.getCell(n));
            if (raw != null) {
                while (cells.size() < n) {
                    cells.add(null);
                }
                cells.add(raw);
            }
        }
        return cells;
    }

    private static @Nullable Raw raw(@Nullable Cell cell) {
        if (cell == null) {
            return null;
        }
        if (cell.getFormula() != null) {
            return new Raw(Raw.Kind.FORMULA, "");
        }
        return switch (cell.getType()) {
            case EMPTY -> null;
            case FORMULA -> new Raw(Raw.Kind.FORMULA, "");
            case ERROR -> new Raw(Raw.Kind.ERROR, "");
            case NUMBER -> number(cell.asNumber());
            case BOOLEAN -> Raw.text(Boolean.TRUE.equals(cell.asBoolean()) ? "是" : "否");
            case STRING -> cell.asString().isBlank() ? null : Raw.text(cell.asString());
        };
    }

    /** As Excel shows it, to 15 digits; numbers of no use to anybody could be written out a billion digits long. */
    private static Raw number(BigDecimal value) {
        var size = (long) value.precision() - value.scale();
        return size > 20 || size < -20
                ? new Raw(Raw.Kind.ERROR, "")
                : new Raw(Raw.Kind.NUMBER, value.round(new MathContext(15)).toPlainString());
    }

    @Override
    public void close() throws IOException {
        stream.close();
        book.close();
    }
}
