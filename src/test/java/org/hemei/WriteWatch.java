package org.hemei;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows which tables were written to and committed, for a test that expects none. Whatever tables there are when it is
 * opened are watched, so those of a new room are too.
 */
final class WriteWatch implements AutoCloseable {

    /** What is written because somebody was turned away, or to know the same request again: it says nothing of the matter itself. */
    private static final Set<String> EXPECTED =
            Set.of("idempotency_key", "sign_in_failure", "sign_in_code", "spring_session", "spring_session_attributes");

    /** The columns of a table that count who was turned away; every other column of it is watched. */
    private static final Map<String, String> COUNTED =
            Map.of("mail_address", "{code_tries}", "second_factor", "{failures,locked_until}");

    private final JdbcClient jdbc;
    private final List<String> tables;

    WriteWatch(JdbcClient jdbc) {
        this.jdbc = jdbc;
        tables = jdbc.sql("""
                select relname from pg_class
                where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
                """).query(String.class).list().stream()
                .filter(table -> !EXPECTED.contains(table))
                .toList();
        run("create table test_written (relation text not null)");
        run("""
                create function test_note_write() returns trigger language plpgsql as $$
                begin
                    insert into test_written values (tg_table_name);
                    return null;
                end $$
                """);
        tables.forEach(table -> {
            var events = COUNTED.containsKey(table) ? "insert or delete" : "insert or update or delete";
            run("create trigger test_watch after " + events + " on \"" + table
                    + "\" for each row execute function test_note_write()");
        });
        COUNTED.forEach((table, columns) -> run("create trigger test_watch_change after update on \"" + table
                + "\" for each row when (to_jsonb(old) - '" + columns + "'::text[] is distinct from to_jsonb(new) - '"
                + columns
                + "'::text[]) execute function test_note_write()"));
    }

    /** The tables written to since the last time somebody asked. */
    List<String> since() {
        return jdbc.sql("""
                with gone as (delete from test_written returning relation) select distinct relation from gone order by 1
                """).query(String.class).list();
    }

    @Override
    public void close() {
        tables.forEach(table -> run("drop trigger test_watch on \"" + table + "\""));
        COUNTED.keySet().forEach(table -> run("drop trigger test_watch_change on \"" + table + "\""));
        run("drop function test_note_write");
        run("drop table test_written");
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }
}
