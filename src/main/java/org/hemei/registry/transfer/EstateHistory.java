package org.hemei.registry.transfer;

import java.util.List;
import java.util.stream.Collectors;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;

/**
 * The line that a file of buildings or dwellings leaves in the history of each estate: how many are new, and of those that differ what
 * they were. One line an estate, since a file can have a hundred thousand dwellings.
 */
final class EstateHistory {

    /** So many are told one by one, and whatever was changed on a basis; the others are counted. */
    static final int TOLD = 50;

    private EstateHistory() {}

    /**
     * What to look up before anything is written.
     *
     * @param table with the rows as they are; @param key column of stage with their ids
     */
    static List<String> resolve(String table, String key) {
        return List.of(
                "alter table stage add change_id bigint, add was jsonb",
                "update stage s set was = to_jsonb(t) from %s t where t.id = s.%s".formatted(table, key),
                "create index on stage (estate_id)");
    }

    /**
     * After the part that writes the rows themselves.
     *
     * @param table that was written; @param key column of stage with the ids; @param name of a row of stage o as people call it
     * @param what building or unit; @param columns that are told; @param basis of a row of stage o, why it was changed
     */
    static Part line(String table, String key, String name, String what, List<String> columns, String basis) {
        var told = columns.stream().map(column -> "'" + column + "'").collect(Collectors.joining(", "));
        var detail = """
                jsonb_build_object('did', 'imported', 'what', '%1$s',
                    'added', (select count(*) from stage o where o.estate_id = s.estate_id and o.p0 = 'c'),
                    'edited', (select count(*) from stage o where o.estate_id = s.estate_id and o.p0 = 'u'),
                    'parts', (select coalesce(jsonb_agg(jsonb_build_object('name', %2$s, 'changes', d.changes, 'basis', %7$s) order by o.line), '[]')
                              from (select o.*, row_number() over (order by o.line) as nth from stage o
                                    where o.estate_id = s.estate_id and o.p0 = 'u') o
                                       join %4$s t on t.id = o.%5$s
                                       cross join lateral (
                                           select jsonb_object_agg(w.key, jsonb_build_array(w.value, n.value)) as changes
                                           from jsonb_each(o.was) w join jsonb_each(to_jsonb(t)) n on n.key = w.key
                                           where w.value is distinct from n.value and w.key in (%6$s)) d
                              where o.nth <= %3$d or %7$s is not null))
                """.formatted(what, name, TOLD, table, key, told, basis);
        return Part.of(
                        "estate_change",
                        "change_id",
                        Field.of("estate", "s.estate_id"),
                        Field.of("verb", "'buildings'::text"),
                        Field.of("detail", detail),
                        Field.of("reason", "'导入'::text"),
                        Field.of("account", Sheet.AUTHOR),
                        Field.of("at", Sheet.NOW))
                .when(
                        "s.p0 in ('c', 'u') and s.line in (select min(o.line) from stage o where o.p0 in ('c', 'u') group by o.estate_id)")
                .trail(
                        Field.of("verb", "'taken_back'"),
                        Field.of("detail", "'{}'::jsonb"),
                        Field.of("reason", "'撤销导入'"),
                        Field.of("account", ":account"),
                        Field.of("at", Sheet.NOW));
    }
}
