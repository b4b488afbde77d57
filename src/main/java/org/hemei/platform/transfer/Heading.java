package org.hemei.platform.transfer;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;

/** The first row of a file: which column of the sheet stands where. */
record Heading(List<Column> columns, List<Integer> positions) {

    static Heading of(Sheet sheet, Table.@Nullable Line line) {
        if (line == null) {
            throw Table.refusal("表里什么也没有。第一行要是列名，请从模板开始填。");
        }
        if (line.cells().size() > Table.MOST_COLUMNS) {
            throw Table.refusal("有 " + line.cells().size() + " 列，太多了。请只留模板里的列。");
        }
        var columns = new ArrayList<Column>();
        var positions = new ArrayList<Integer>();
        var unknown = new ArrayList<String>();
        for (var n = 0; n < line.cells().size(); n++) {
            var raw = line.cells().get(n);
            if (raw == null) {
                continue;
            }
            var name = name(raw.text());
            var column = sheet.columns().stream()
                    .filter(known -> known.heading().equals(name))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                unknown.add(
                        Column.letter(n + 1) + " 列“" + (name.length() > 20 ? name.substring(0, 20) + "…" : name) + "”");
            } else if (has(columns, column)) {
                throw Table.refusal("“" + name + "”这一列有两个。请删掉一个。");
            } else {
                columns.add(column);
                positions.add(n + 1);
            }
        }
        check(sheet, columns, unknown);
        return new Heading(List.copyOf(columns), List.copyOf(positions));
    }

    private static boolean has(List<Column> columns, Column column) {
        return columns.stream().anyMatch(one -> one.key().equals(column.key()));
    }

    private static String name(String text) {
        return text.replaceAll("[\\s\\u3000\\uFEFF*＊]", "");
    }

    private static void check(Sheet sheet, List<Column> columns, List<String> unknown) {
        var missing = sheet.columns().stream()
                .filter(column -> column.required() && !has(columns, column))
                .map(Column::heading)
                .toList();
        var reasons = new ArrayList<Refusal.Reason>();
        if (columns.isEmpty()) {
            reasons.add(reason("第一行不是“" + sheet.title() + "”表的列名。请下载模板，把内容贴进去。"));
        } else {
            if (!missing.isEmpty()) {
                reasons.add(reason("少了这些列：" + String.join("、", missing) + "。请补上。"));
            }
            if (!unknown.isEmpty()) {
                var shown = unknown.subList(0, Math.min(5, unknown.size()));
                reasons.add(reason("有认不出的列：" + String.join("、", shown)
                        + (unknown.size() > 5 ? "等 " + unknown.size() + " 列" : "") + "。请删掉，或改成模板里的列名。"));
            }
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private static Refusal.Reason reason(String words) {
        return new Refusal.Reason("file", words);
    }

    /** The last position with a name. */
    int width() {
        return positions.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    List<String> keys() {
        return columns.stream().map(Column::key).toList();
    }
}
