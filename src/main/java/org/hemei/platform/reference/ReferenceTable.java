package org.hemei.platform.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/** A comma-separated table on the class path, of the plainest kind: a heading line, no quotes, no commas in fields. */
public record ReferenceTable(List<String> heading, List<String[]> rows) {

    public static ReferenceTable read(String path) {
        try (var reader = new BufferedReader(
                new InputStreamReader(new ClassPathResource(path).getInputStream(), StandardCharsets.UTF_8))) {
            var lines = reader.lines().filter(line -> !line.isBlank()).toList();
            var heading = List.of(lines.getFirst().split(",", -1));
            var rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
            rows.stream()
                    .filter(row -> row.length != heading.size())
                    .findFirst()
                    .ifPresent(row -> {
                        throw new IllegalStateException(
                                path + ": " + row.length + " fields in line " + String.join(",", row));
                    });
            return new ReferenceTable(heading, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** One column, ready to be bound as an array and spread with {@code unnest}. */
    public String[] column(String name) {
        int at = heading.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no column " + name + " in " + heading);
        }
        return rows.stream().map(row -> row[at]).toArray(String[]::new);
    }

    public List<Row> records() {
        return rows.stream().map(row -> new Row(heading, row)).toList();
    }

    /** One line, its fields by name. */
    public static final class Row {

        private final List<String> heading;
        private final String[] fields;

        private Row(List<String> heading, String[] fields) {
            this.heading = heading;
            this.fields = fields;
        }

        public String get(String name) {
            int at = heading.indexOf(name);
            if (at < 0) {
                throw new IllegalArgumentException("no column " + name + " in " + heading);
            }
            return fields[at];
        }

        public int number(String name) {
            return Integer.parseInt(get(name));
        }
    }
}
