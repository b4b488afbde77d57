package org.hemei.platform.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.db.Pointers;
import org.hemei.platform.job.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes a whole import back: rows it made go, rows it changed get back what they were. Refused while anything builds on it,
 * which the database itself knows: rows that were changed since, and rows of any table that point to one that would go. Lines of
 * history stay; one more for each says that it was taken back.
 */
@Component
class Undo {

    private final JdbcClient jdbc;
    private final Pointers pointers;
    private final FieldCipher cipher;

    Undo(JdbcClient jdbc, Pointers pointers, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.pointers = pointers;
        this.cipher = cipher;
    }

    /** In the transaction at hand. @throws Refusal with everything that builds on it */
    void take(ImportRun run, Sheet sheet, Job job) {
        job.step("看有没有别的数据依着它");
        var trails = sheet.parts().stream().filter(Part::isTrail).toList();
        var tables = jdbc.sql("""
                        select tab from import_change where run = ? and tab <> all(?) group by tab order by max(part) desc, tab
                        """)
                .param(run.id())
                .param(trails.stream().map(Part::table).toArray(String[]::new))
                .query(String.class)
                .list();
        jdbc.sql(
                        "create temp table made on commit drop as select tab, row_id, before is null as made, part from import_change where run = ?")
                .param(run.id())
                .update();
        jdbc.sql("create unique index on made (tab, row_id)").update();
        jdbc.sql("analyze made").update();
        var reasons = new ArrayList<Refusal.Reason>();
        for (var table : tables) {
            changed(run, table, reasons);
            job.advance(1);
            builtOn(table, reasons);
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        job.step("改回原样");
        // what points to others stands first: it goes, or points elsewhere again, before they go
        for (var table : tables) {
            takeBack(run, table);
            job.advance(1);
        }
        trails.stream().map(Part::table).distinct().forEach(table -> tell(run, trails, table, job.account()));
    }

    /** Appends, for every line of history that the import wrote, the one that takes it back. */
    private void tell(ImportRun run, List<Part> trails, String table, long account) {
        var part = trails.stream()
                .filter(one -> one.table().equals(table))
                .findFirst()
                .orElseThrow();
        var values = new LinkedHashMap<String, String>();
        trails.stream()
                .filter(one -> one.table().equals(table))
                .forEach(one -> one.fields().forEach(field -> values.put(field.column(), "r." + field.column())));
        part.reversal().forEach(field -> values.put(field.column(), field.value()));
        jdbc.sql("insert into " + table + " (" + String.join(", ", values.keySet()) + ") select "
                        + String.join(", ", values.values()) + " from import_change c join " + table + " r on r."
                        + part.id() + "::text = c.row_id where c.run = :run and c.tab = :tab order by r." + part.id())
                .param("run", run.id())
                .param("tab", table)
                .param("account", account)
                .update();
    }

    /** New rows make way for what was there before, unless changed rows of the same table point to them. */
    private void takeBack(ImportRun run, String table) {
        if (pointers.to(table).stream().anyMatch(pointer -> pointer.table().equals(table))) {
            restore(run, table);
            delete(table);
        } else {
            delete(table);
            restore(run, table);
        }
    }

    /** Rows that are no longer what the run left. A sealed value is compared by what it says: turning the key writes it anew. */
    private void changed(ImportRun run, String table, List<Refusal.Reason> reasons) {
        var rows = new HashSet<String>();
        jdbc.sql("""
                        select c.row_id, d.key, d.then, d.now
                        from import_change c left join %s t on t.%s::text = c.row_id
                                 cross join lateral (select k.key, c.after ->> k.key as then, to_jsonb(t) ->> k.key as now
                                                     from jsonb_object_keys(c.after) k (key)) d
                        where c.run = ? and c.tab = ? and d.then is distinct from d.now
                        """.formatted(table, key(table))).params(run.id(), table).query(r -> {
            if (!r.getString("key").endsWith("_cipher") || !says(r.getString("then"), r.getString("now"))) {
                rows.add(r.getString("row_id"));
            }
        });
        if (!rows.isEmpty()) {
            reasons.add(new Refusal.Reason(null, "有 " + rows.size() + " 条“" + words(table) + "”后来又改过或删掉了。"));
        }
    }

    private boolean says(@Nullable String then, @Nullable String now) {
        return then != null && now != null && opened(then).equals(opened(now));
    }

    /** @param sealed bytes as JSON has them */
    private String opened(String sealed) {
        return cipher.decrypt(HexFormat.of().parseHex(sealed, 2, sealed.length()));
    }

    /** Rows of other tables that point to what would go, but for those that go as well. */
    private void builtOn(String table, List<Refusal.Reason> reasons) {
        for (var pointer : pointers.to(table)) {
            var itself = pointer.key().isEmpty()
                    ? ""
                    : " and not exists (select from made x where x.tab = '" + pointer.table() + "' and x.row_id = p."
                            + pointer.key() + "::text)";
            var count = jdbc.sql("select count(*) from " + pointer.table()
                            + " p join made m on m.tab = ? and m.made and m.row_id::" + pointer.type() + " = p."
                            + pointer.column() + " where true" + itself)
                    .param(table)
                    .query(Long.class)
                    .single();
            if (count > 0) {
                reasons.add(new Refusal.Reason(
                        null, "有 " + count + " 条“" + pointer.words() + "”用到了导入的“" + words(table) + "”。请先处理它们。"));
            }
        }
    }

    private void restore(ImportRun run, String table) {
        var key = key(table);
        var columns = jdbc.sql("""
                        select k from import_change c, jsonb_object_keys(c.before) k
                        where c.run = ? and c.tab = ? and c.before is not null group by k order by k
                        """).params(run.id(), table).query(String.class).list();
        columns.remove(key);
        if (columns.isEmpty()) {
            return;
        }
        jdbc.sql("update " + table + " t set "
                        + columns.stream()
                                .map(column ->
                                        column + " = " + (column.equals("version") ? "t.version + 1" : "b." + column))
                                .collect(Collectors.joining(", "))
                        + " from import_change c cross join lateral jsonb_populate_record(null::" + table
                        + ", c.before) b"
                        + " where c.run = ? and c.tab = ? and c.before is not null and t." + key + "::text = c.row_id")
                .params(run.id(), table)
                .update();
    }

    private void delete(String table) {
        var key = key(table);
        jdbc.sql("delete from " + table + " t using made m where m.tab = ? and m.made and m.row_id = t." + key
                        + "::text")
                .param(table)
                .update();
    }

    private String key(String table) {
        return jdbc.sql("""
                        select k.attname from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = i.indkey[0]
                        where i.indrelid = cast(? as regclass) and i.indisprimary
                        """).param(table).query(String.class).single();
    }

    private String words(String table) {
        return jdbc.sql("select coalesce(obj_description(cast(? as regclass), 'pg_class'), ?)")
                .params(table, table)
                .query(String.class)
                .single();
    }
}
