package org.hemei.platform.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file in UTF-8, with or without its mark, in UTF-16 as Excel's "Unicode text", or in GB18030 as Excel in China saves
 * it. Which one it is, is tried on the whole file: a wrong guess would turn names into other names.
 */
final class Csv implements Table {

    private static final int MOST_CHARACTERS = 100_000; // of one row
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> notes;

    private Csv(CsvReader<CsvRecord> reader, List<String> notes) {
        this.reader = reader;
        this.records = reader.iterator();
        this.notes = notes;
    }

    static Csv open(Path file) {
        try {
            var charset = charset(file);
            var text = new BufferedReader(decoded(file, charset));
            text.mark(1);
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            var csv = CsvReader.builder()
                    .fieldSeparator(separator(file, charset))
                    .skipEmptyLines(true)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .maxBufferSize(MOST_CHARACTERS)
                    .ofCsvRecord(text);
            return new Csv(csv, charset.equals(GB18030) ? List.of("文字编码认出来是 GB18030（国标码）。") : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Charset charset(Path file) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(2);
        }
        if (start.length == 2
                && (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE
                        || start[0] == (byte) 0xFE && start[1] == (byte) 0xFF)) {
            if (reads(file, StandardCharsets.UTF_16)) {
                return StandardCharsets.UTF_16;
            }
        } else if (reads(file, StandardCharsets.UTF_8)) {
            return StandardCharsets.UTF_8;
        } else if (reads(file, GB18030)) {
            return GB18030;
        }
        throw Table.refusal("文件里的文字认不出来。请用 Excel 另存为“CSV UTF-8（逗号分隔）”，或直接存成 .xlsx。");
    }

    private static boolean reads(Path file, Charset charset) throws IOException {
        try (var text = decoded(file, charset)) {
            var buffer = new char[1 << 15];
            for (var n = text.read(buffer); n >= 0; n = text.read(buffer)) {
                for (var i = 0; i < n; i++) {
                    // no text of people has these: bytes of another encoding read as this one often do
                    if (buffer[i] == 0
                            || buffer[i] == '\uFFFD'
                            || Character.getType(buffer[i]) == Character.PRIVATE_USE) {
                        return false;
                    }
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Reader decoded(Path file, Charset charset) throws IOException {
        return new InputStreamReader(
                Files.newInputStream(file),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Comma, unless the first line has more of another. */
    private static char separator(Path file, Charset charset) throws IOException {
        var line = new StringBuilder();
        try (var text = new BufferedReader(decoded(file, charset))) {
            for (var c = text.read(); c >= 0 && c != '\n' && line.length() < MOST_CHARACTERS; c = text.read()) {
                line.append((char) c);
            }
        }
        var best = ',';
        for (var other : new char[] {'\t', ';'}) {
            if (count(line, other) > count(line, best)) {
                best = other;
            }
        }
        return best;
    }

    private static long count(StringBuilder line, char wanted) {
        return line.chars().filter(c -> c == wanted).count();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public @Nullable Line next() {
        try {
            while (records.hasNext()) {
                var record = records.next();
                if (record.getFields().stream().anyMatch(field -> !field.isBlank())) {
                    return new Line(Math.toIntExact(record.getStartingLineNumber()), cells(record));
                }
            }
            return null;
        } catch (CsvParseException | UncheckedIOException | ArithmeticException e) {
            throw Table.refusal("表读到一半断了：有一行太长，或者引号没有配对。请用 Excel 打开看看，另存后再传。");
        }
    }

    private static List<@Nullable Raw> cells(CsvRecord record) {
        var cells = new ArrayList<@Nullable Raw>(record.getFieldCount());
        for (var field : record.getFields()) {
            var text = field.strip();
            if (text.isEmpty()) {
                cells.add(null);
            } else {
                // a program that opens the file again would calculate it
                cells.add(new Raw(text.charAt(0) == '=' ? Raw.Kind.FORMULA : Raw.Kind.TEXT, field));
            }
        }
        return cells;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
