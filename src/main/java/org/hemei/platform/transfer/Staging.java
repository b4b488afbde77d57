package org.hemei.platform.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Copies the rows of a file into {@code import_row}, one at a time, each cell in the form its column wants. */
@Component
class Staging {

    private static final int WRONG_IN_A_ROW = 20;

    private final JdbcOperations jdbc;
    private final FieldCipher cipher;

    Staging(JdbcOperations jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** In the transaction at hand. @return how many rows; @throws org.hemei.platform.Refusal when the file cannot be read to its end */
    int copy(long run, Table table, Heading heading) {
        var cells = new Cells(cipher, table.since1904());
        var rows = jdbc.execute((Connection connection) -> {
            try (var out = new BufferedWriter(
                    new OutputStreamWriter(
                            new PGCopyOutputStream(
                                    connection.unwrap(PGConnection.class),
                                    "copy import_row (run, line, cells, wrong) from stdin"),
                            StandardCharsets.UTF_8),
                    1 << 16)) {
                return copy(run, table, heading, cells, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return rows == null ? 0 : rows;
    }

    private static int copy(long run, Table table, Heading heading, Cells cells, Writer out)
            throws IOException, SQLException {
        var rows = 0;
        var last = 0;
        for (var line = table.next(); line != null; line = table.next()) {
            if (++rows > Table.MOST_ROWS) {
                throw Table.refusal("超过 " + Table.MOST_ROWS / 10_000 + " 万行。请分成几个文件。");
            }
            if (line.line() <= last) {
                throw ZipGuard.broken();
            }
            last = line.line();
            write(run, line, heading, cells, out);
        }
        if (rows == 0) {
            throw Table.refusal("只有列名，没有内容。请填好再传。");
        }
        return rows;
    }

    private static void write(long run, Table.Line line, Heading heading, Cells cells, Writer out) throws IOException {
        var values = new ArrayList<@Nullable String>(heading.columns().size());
        var wrong = new ArrayList<String>();
        for (var n = 0; n < heading.columns().size(); n++) {
            var position = heading.positions().get(n);
            var raw = position <= line.cells().size() ? line.cells().get(position - 1) : null;
            var read = cells.read(heading.columns().get(n), raw);
            values.add(read.value());
            if (read.wrong() != null) {
                wrong.add(position + "\t" + read.wrong());
            }
        }
        for (var n = 0; n < line.cells().size() && wrong.size() < WRONG_IN_A_ROW; n++) {
            if (line.cells().get(n) != null && !heading.positions().contains(n + 1)) {
                wrong.add((n + 1) + "\t这一列没有列名。请删掉，或在第一行写上列名。");
            }
        }
        out.write(String.valueOf(run));
        out.write('\t');
        out.write(String.valueOf(line.line()));
        out.write('\t');
        array(values, out);
        out.write('\t');
        if (wrong.isEmpty()) {
            out.write("\\N");
        } else {
            array(wrong, out);
        }
        out.write('\n');
    }

    /** An array in the text form of COPY: quoted for the array, then escaped for COPY. */
    private static void array(List<@Nullable String> values, Writer out) throws IOException {
        out.write('{');
        for (var n = 0; n < values.size(); n++) {
            if (n > 0) {
                out.write(',');
            }
            var value = values.get(n);
            if (value == null) {
                out.write("NULL");
            } else {
                out.write('"');
                for (var i = 0; i < value.length(); i++) {
                    escape(value.charAt(i), out);
                }
                out.write('"');
            }
        }
        out.write('}');
    }

    private static void escape(char c, Writer out) throws IOException {
        switch (c) {
            case '"' -> out.write("\\\\\"");
            case '\\' -> out.write("\\\\\\\\");
            case '\t' -> out.write("\\t");
            case '\n' -> out.write("\\n");
            case '\r' -> out.write("\\r");
            default -> out.write(c);
        }
    }
}
