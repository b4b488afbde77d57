package org.hemei.platform.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;

/** A file opened for reading, row by row, the headings first. */
interface Table extends AutoCloseable {

    int MOST_ROWS = 200_000;
    int MOST_COLUMNS = 60;

    /** @param line number as the spreadsheet shows it; @param cells null where empty */
    record Line(int line, List<@Nullable Raw> cells) {}

    /** The next row that has something in it; null at the end. */
    @Nullable
    Line next();

    /** Whether days are counted from 1904, as old files from Macs do. */
    default boolean since1904() {
        return false;
    }

    /** What the importer should know about the file, such as hidden sheets that are not read. */
    default List<String> notes() {
        return List.of();
    }

    @Override
    void close() throws IOException;

    /** By what the file is, whatever its name says. @throws Refusal when it is no spreadsheet that is fit to be read */
    static Table open(Path file) {
        var first = FileStart.of(file);
        return switch (first) {
            case EMPTY -> throw refusal("文件是空的。请选填好的表。");
            case OLD_EXCEL -> throw refusal("这是旧版 .xls 文件，或者加了密码。请用 Excel 另存为 .xlsx，不设密码。");
            case ZIP -> Xlsx.open(file);
            case OTHER -> throw refusal("这不是表格文件。请选 .xlsx 或 .csv。");
            case TEXT -> Csv.open(file);
        };
    }

    static Refusal refusal(String words) {
        return Refusal.of("file", words);
    }
}
