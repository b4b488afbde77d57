package org.hemei.platform.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** What a file is, by its first bytes. */
enum FileStart {
    EMPTY,
    ZIP,
    OLD_EXCEL,
    TEXT,
    OTHER;

    private static final int LENGTH = 4096;

    static FileStart of(Path file) {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (start.length == 0) {
            return EMPTY;
        }
        if (start.length > 8 && ReadableWorkbook.isOOXMLZipHeader(start)) {
            return ZIP;
        }
        if (start.length > 8 && ReadableWorkbook.isOLE2Header(start)) {
            return OLD_EXCEL;
        }
        var wide = start.length > 1
                && (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE
                        || start[0] == (byte) 0xFE && start[1] == (byte) 0xFF);
        for (var b : start) {
            if (!wide && b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return OTHER;
            }
        }
        return TEXT;
    }
}
