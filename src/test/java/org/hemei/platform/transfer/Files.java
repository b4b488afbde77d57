package org.hemei.platform.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Spreadsheets made for a test. */
final class Files {

    interface Work<T> {
        void on(T it) throws IOException;
    }

    private Files() {}

    /** The first row are the headings; numbers and days stay such. */
    static byte[] excel(Object[]... rows) {
        return book(book -> fill(book.newWorksheet("表"), rows));
    }

    static void fill(Worksheet sheet, Object[]... rows) {
        for (var line = 0; line < rows.length; line++) {
            for (var column = 0; column < rows[line].length; column++) {
                switch (rows[line][column]) {
                    case null -> {}
                    case Number number -> sheet.value(line, column, number);
                    case java.time.LocalDate day -> sheet.value(line, column, day);
                    case Object words -> sheet.value(line, column, words.toString());
                }
            }
        }
    }

    static byte[] book(Work<Workbook> work) {
        try {
            var out = new ByteArrayOutputStream();
            var book = new Workbook(out, "test", "1.0");
            work.on(book);
            book.finish();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same file with some of its parts changed; a part that is not there yet is added. */
    static byte[] changed(byte[] file, Map<String, java.util.function.UnaryOperator<String>> changes) {
        try {
            var parts = new LinkedHashMap<String, byte[]>();
            var kept = java.nio.file.Files.createTempFile("test", ".xlsx");
            java.nio.file.Files.write(kept, file);
            try (var zip = new ZipFile(kept.toFile())) {
                for (var entry : java.util.Collections.list(zip.entries())) {
                    parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            } finally {
                java.nio.file.Files.delete(kept);
            }
            changes.forEach((name, change) -> parts.put(
                    name,
                    change.apply(new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8)));
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                for (var part : parts.entrySet()) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(part.getValue());
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object[] row(Object... cells) {
        return cells;
    }
}
