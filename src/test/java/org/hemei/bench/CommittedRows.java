package org.hemei.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hemei.outside.Sql;

/**
 * The rows that one submission commits, found in the tables themselves: every row of every table that carries the
 * transaction of the submission, in the order of its commands.
 */
record CommittedRows(List<Row> rows) {

    /** @param values column → value as text; columns that the database fills itself are left out */
    record Row(String table, int command, Map<String, String> values) {}

    static CommittedRows ofOrder(Sql sql, String order) throws SQLException {
        var tx = sql.list(
                        "select (tx::text::bigint & 4294967295)::text from event_log where subject = ? order by id limit 1",
                        order)
                .getFirst();
        var rows = new ArrayList<Row>();
        for (var table : tables(sql)) {
            rows.addAll(rowsOf(sql, table, tx));
        }
        rows.sort((a, b) -> Integer.compare(a.command(), b.command()));
        return new CommittedRows(List.copyOf(rows));
    }

    /** How many rows each table holds: compared before and after, it shows that no row was overlooked. */
    static Map<String, Long> counts(Sql sql) throws SQLException {
        var counts = new TreeMap<String, Long>();
        for (var table : tables(sql)) {
            counts.put(table, sql.number("select count(*) from " + table));
        }
        return counts;
    }

    /** Table → how many rows, for people to read. */
    String summary() {
        return rows.stream()
                .collect(Collectors.groupingBy(Row::table, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<Row> rowsOf(Sql sql, String table, String tx) throws SQLException {
        var columns = sql.list("""
                select quote_ident(attname) from pg_attribute
                where attrelid = ?::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''
                  and atttypid <> 'xid8'::regtype
                order by attnum
                """, table);
        var texts = columns.stream().map(column -> column + "::text").collect(Collectors.joining(", "));
        var rows = new ArrayList<Row>();
        for (var found : sql.rows("select cmin::text, " + texts + " from " + table + " where xmin::text = ?", tx)) {
            var values = new LinkedHashMap<String, String>();
            for (var n = 0; n < columns.size(); n++) {
                if (found.get(n + 1) != null) {
                    values.put(columns.get(n), found.get(n + 1));
                }
            }
            rows.add(new Row(table, Integer.parseInt(found.getFirst()), values));
        }
        return rows;
    }

    private static List<String> tables(Sql sql) throws SQLException {
        return sql.list("""
                select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname = 'public' order by 1
                """);
    }
}
