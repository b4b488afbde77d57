package org.hemei.platform.crypto;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns the key of the sensitive columns: makes a new one and writes every value anew with it, batch by batch, while the
 * system is in use. Every column called …_cipher is a sensitive one, so a new one is never forgotten, and what was moved to the tables of past years is
 * among them; so is what imports keep of rows for taking them back. A turn that was broken off is
 * taken up where it stood; old keys stay, because backups need them. The key of the blind index is not turned: see decision 22.
 */
@Component
public class KeyTurn {

    private static final int BATCH = 500;

    /** A sealed value in the JSON of a row. */
    private static final Pattern SEALED = Pattern.compile("(\"[a-z_]+_cipher\": \"\\\\\\\\x)([0-9a-f]+)(?=\")");

    /** @param key columns of the primary key */
    record Column(String table, String name, List<String> key) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;

    KeyTurn(JdbcClient jdbc, TransactionTemplate transaction, FieldCipher cipher, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param told a line about each column
     * @return the number of the key that all values are written with now
     */
    public int run(Consumer<String> told) {
        var number = begin();
        cipher.turn(number);
        var columns = columns();
        var values = 0L;
        for (var n = 0; n < columns.size(); n++) {
            var column = columns.get(n);
            var done = rewrite(column, number);
            values += done;
            told.accept("%d/%d %s.%s: %,d values".formatted(n + 1, columns.size(), column.table, column.name, done));
            note(number, n + 1, columns.size(), values);
        }
        told.accept("what imports keep: %,d rows".formatted(rewriteTrail(number)));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update key_turn set finished_at = ? where key_id = ?")
                    .params(Timestamp.from(clock.instant()), number)
                    .update();
            audit.record(Reader.VISITOR, 0, "key.turned", "key", number, null, Map.of("columns", columns.size()));
        });
        return number;
    }

    /** One that was broken off, or the next. */
    private int begin() {
        cipher.look();
        return Objects.requireNonNull(transaction.execute(status -> {
            var open = jdbc.sql("select key_id from key_turn where finished_at is null order by key_id desc limit 1")
                    .query(Integer.class)
                    .optional();
            if (open.isPresent()) {
                return open.get();
            }
            var next = cipher.newest() + 1;
            jdbc.sql("insert into key_turn (key_id, started_at) values (?, ?)")
                    .params(next, Timestamp.from(clock.instant()))
                    .update();
            return next;
        }));
    }

    private void note(int number, int columns, int of, long values) {
        jdbc.sql("update key_turn set columns = ?, of_columns = ?, values_done = ? where key_id = ?")
                .params(columns, of, values, number)
                .update();
    }

    List<Column> columns() {
        return jdbc.sql("""
                        select c.table_name, c.column_name, array_agg(a.attname::text order by k.place) as key
                        from information_schema.columns c
                                 join pg_index i on i.indrelid = cast(quote_ident(c.table_name) as regclass) and i.indisprimary
                                 join unnest(i.indkey) with ordinality k(number, place) on true
                                 join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                        where c.table_schema = current_schema() and c.data_type = 'bytea' and c.column_name like '%\\_cipher'
                        group by c.table_name, c.column_name
                        union all
                        -- past years have no key of their own: each row is there once, by the key of the table it came from
                        select 'archive_years.' || p.relname, o.attname, array_agg(a.attname::text order by k.place)
                        from pg_class p
                                 join pg_namespace y on y.oid = p.relnamespace and y.nspname = 'archive_years'
                                 join pg_attribute o on o.attrelid = p.oid and o.attnum > 0 and not o.attisdropped
                                                            and o.atttypid = cast('bytea' as regtype) and o.attname like '%\\_cipher'
                                 join pg_index i on i.indrelid = to_regclass(quote_ident(p.relname)) and i.indisprimary
                                 join unnest(i.indkey) with ordinality k(number, place) on true
                                 join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
                        where p.relkind = 'p'
                        group by p.relname, o.attname
                        order by 1, 2
                        """)
                .query((r, n) -> new Column(r.getString(1), r.getString(2), List.of((String[])
                        r.getArray(3).getArray())))
                .list();
    }

    /** Walks the primary key; a value that somebody changes meanwhile is left alone, it has the new key by that. */
    private long rewrite(Column column, int number) {
        var rewritten = 0L;
        List<Object> last = List.of();
        while (true) {
            var from = last;
            var batch = Objects.requireNonNull(transaction.execute(status -> batch(column, number, from)));
            rewritten += batch.rewritten;
            if (batch.last.isEmpty()) {
                return rewritten;
            }
            last = batch.last;
        }
    }

    /** @param last the key of the last row looked at; empty when there are no more */
    private record Batch(long rewritten, List<Object> last) {}

    private record Row(List<Object> key, byte[] value) {}

    private Batch batch(Column column, int number, List<Object> after) {
        var key = String.join(", ", column.key);
        var marks = column.key.stream().map(k -> "?").collect(Collectors.joining(", "));
        var rows = jdbc.sql("select %s, %s as value from %s where %s is not null %s order by %s limit %d"
                        .formatted(
                                key,
                                column.name,
                                column.table,
                                column.name,
                                after.isEmpty() ? "" : "and (" + key + ") > (" + marks + ")",
                                key,
                                BATCH))
                .params(after)
                .query((r, n) -> {
                    var own = new ArrayList<Object>();
                    for (var k = 1; k <= column.key.size(); k++) {
                        own.add(r.getObject(k));
                    }
                    return new Row(own, r.getBytes("value"));
                })
                .list();
        var rewritten = 0L;
        for (var row : rows) {
            if (FieldCipher.number(row.value) != number) {
                rewritten += rewrite(column, row);
            }
        }
        return new Batch(rewritten, rows.size() < BATCH ? List.of() : rows.getLast().key);
    }

    private record Kept(
            long run, String tab, String rowId, @Nullable String before, String after) {}

    /** Rows of imports as they were and as they were written. */
    private long rewriteTrail(int number) {
        var rewritten = 0L;
        var last = new Kept(0, "", "", null, "");
        while (true) {
            var from = last;
            var rows = jdbc.sql("""
                            select run, tab, row_id, before::text as before, after::text as after from import_change
                            where (run, tab, row_id) > (?, ?, ?) and (after::text like '%%\\_cipher"%%' or before::text like '%%\\_cipher"%%')
                            order by run, tab, row_id limit %d
                            """.formatted(BATCH))
                    .params(from.run, from.tab, from.rowId)
                    .query(Kept.class)
                    .list();
            rewritten += Objects.requireNonNull(transaction.execute(status ->
                    rows.stream().mapToLong(row -> rewrite(row, number)).sum()));
            if (rows.size() < BATCH) {
                return rewritten;
            }
            last = rows.getLast();
        }
    }

    /** One that an erasure changes meanwhile is left as that left it. */
    private long rewrite(Kept row, int number) {
        var before = row.before == null ? null : resealed(row.before, number);
        var after = resealed(row.after, number);
        if (after.equals(row.after) && Objects.equals(before, row.before)) {
            return 0;
        }
        return jdbc.sql("""
                        update import_change set before = cast(:before as jsonb), after = cast(:after as jsonb)
                        where run = :run and tab = :tab and row_id = :row and after = cast(:was as jsonb)
                          and before is not distinct from cast(:wasBefore as jsonb)
                        """)
                .param("before", before)
                .param("after", after)
                .param("run", row.run)
                .param("tab", row.tab)
                .param("row", row.rowId)
                .param("was", row.after)
                .param("wasBefore", row.before)
                .update();
    }

    private String resealed(String json, int number) {
        return SEALED.matcher(json).replaceAll(found -> {
            var value = HexFormat.of().parseHex(found.group(2));
            var sealed = FieldCipher.number(value) == number
                    ? found.group(2)
                    : HexFormat.of().formatHex(cipher.encrypt(cipher.decrypt(value)));
            return Matcher.quoteReplacement(found.group(1) + sealed);
        });
    }

    private int rewrite(Column column, Row row) {
        var where = column.key.stream().map(k -> k + " = ?").collect(Collectors.joining(" and "));
        List<Object> params = new ArrayList<>();
        params.add(cipher.encrypt(cipher.decrypt(row.value)));
        params.addAll(row.key);
        params.add(row.value);
        return jdbc.sql("update %s set %s = ? where %s and %s = ?"
                        .formatted(column.table, column.name, where, column.name))
                .params(params)
                .update();
    }
}
