package org.hemei.platform.db;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What points to the rows of a table, which the database itself knows: so that nothing is taken away that something builds on. */
@Component
public class Pointers {

    /**
     * A column that holds keys of another table.
     *
     * @param words what people call the rows of the table it is in
     * @param key the key column of that table; empty when it has none of one column
     */
    public record Pointer(String table, String column, String type, String words, String key) {}

    private final JdbcClient jdbc;

    Pointers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Foreign keys of one column to the table's key, and columns whose comment says "→ table". */
    public List<Pointer> to(String table) {
        return jdbc.sql("""
                        with pointing (child, attnum) as (
                            select conrelid, conkey[1] from pg_constraint
                            where contype = 'f' and confrelid = cast(:tab as regclass) and cardinality(conkey) = 1 and conparentid = 0
                            union
                            select objoid, objsubid from pg_description
                            where classoid = 'pg_class'::regclass and objsubid > 0 and description = '→ ' || :tab)
                        select p.child::regclass::text, a.attname, format_type(a.atttypid, null),
                               coalesce(obj_description(p.child, 'pg_class'), p.child::regclass::text),
                               coalesce((select k.attname from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = i.indkey[0]
                                         where i.indrelid = p.child and i.indisprimary and i.indnatts = 1), '')
                        from pointing p join pg_attribute a on a.attrelid = p.child and a.attnum = p.attnum
                        order by 1, 2
                        """)
                .param("tab", table)
                .query((r, n) ->
                        new Pointer(r.getString(1), r.getString(2), r.getString(3), r.getString(4), r.getString(5)))
                .list();
    }

    /** What people call that which points to some of the rows; nothing when they can go. */
    public List<String> words(String table, Collection<Long> rows, String but) {
        return to(table).stream()
                .filter(pointer -> !pointer.table().equals(but))
                .filter(pointer -> jdbc.sql("select exists (select from " + pointer.table() + " where "
                                + pointer.column() + " = any(?))")
                        .param(rows.toArray(Long[]::new))
                        .query(Boolean.class)
                        .single())
                .map(Pointer::words)
                .distinct()
                .toList();
    }
}
