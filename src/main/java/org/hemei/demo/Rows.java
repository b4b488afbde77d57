package org.hemei.demo;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** Rows of one table on their way into the database by COPY, and the numbers they get. */
final class Rows {

    /** A tenure: from a day on, until another or for good. */
    record During(LocalDate from, @Nullable LocalDate until) {
        static During since(LocalDate from) {
            return new During(from, null);
        }
    }

    private static final HexFormat HEX = HexFormat.of();

    private final String copy;
    private final StringBuilder text = new StringBuilder();
    private long last;

    Rows(String table, String columns) {
        this.copy = "copy " + table + " (" + columns + ") from stdin";
    }

    long nextId() {
        return ++last;
    }

    void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            var value = values[i];
            if (value == null) {
                text.append("\\N");
            } else {
                escape(literal(value));
            }
        }
        text.append('\n');
    }

    /** Sends what was gathered and forgets it. */
    void send(CopyManager database) throws SQLException, IOException {
        if (!text.isEmpty()) {
            database.copyIn(copy, new StringReader(text.toString()), 1 << 16);
            text.setLength(0);
        }
    }

    private static String literal(Object value) {
        return switch (value) {
            case byte[] bytes -> "\\x" + HEX.formatHex(bytes);
            case String[] texts -> array(java.util.List.of(texts));
            case Collection<?> items -> array(items);
            case During(var from, var until) -> "[" + from + "," + (until == null ? "" : until) + ")";
            default -> value.toString();
        };
    }

    private static String array(Collection<?> items) {
        return items.stream()
                .map(item -> '"' + item.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
