package org.hemei.platform.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hemei.platform.job.Job;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * From staged rows to what would be created, changed and left alone, with every wrong cell: the same work for the dry run and
 * for the real one. In the transaction at hand, whose temporary tables it fills; it writes errors and nothing else.
 */
@Component
class Plan {

    /** More would help nobody: a wrong column is seen by its first thousand cells. */
    private static final int MOST_ERRORS = 50_000;

    private final JdbcClient jdbc;

    Plan(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether every row is right */
    boolean make(ImportRun run, Sheet sheet, Job job) {
        jdbc.sql("delete from import_error where run = ?").param(run.id()).update();
        job.step("逐格核对");
        reading(run);
        stage(run, sheet);
        job.advance(1);
        job.step("对照已有的数据");
        sheet.resolve().forEach(sql -> jdbc.sql(sql).update());
        jdbc.sql("analyze stage").update();
        job.advance(1);
        job.step("查错");
        repeated(run, sheet);
        scope(run, sheet);
        sheet.checks().forEach(check -> check(run, check.column(), check.expression(), check.wrong()));
        var findings = new Findings(run.id(), Findings.WRONG, run.places(), jdbc);
        sheet.look(findings);
        findings.write();
        job.advance(1);
        return none(run);
    }

    private boolean none(ImportRun run) {
        return jdbc.sql("select not exists (select from import_error where run = ?)")
                .param(run.id())
                .query(Boolean.class)
                .single();
    }

    private void reading(ImportRun run) {
        jdbc.sql("""
                        insert into import_error (run, line, position, words, found)
                        select run, line, split_part(w, E'\\t', 1)::int, split_part(w, E'\\t', 2), 'reading'
                        from import_row, unnest(wrong) w where run = ? and wrong is not null order by line limit ?
                        """).params(run.id(), MOST_ERRORS).update();
    }

    private void stage(ImportRun run, Sheet sheet) {
        var types = sheet.columns().stream()
                .map(column -> column.key() + " " + column.kind().type)
                .collect(Collectors.joining(", "));
        jdbc.sql("create temp table stage (line int primary key, " + types + ") on commit drop")
                .update();
        var values = new ArrayList<String>();
        for (var n = 0; n < run.columns().size(); n++) {
            var cell = "cells[" + (n + 1) + "]";
            var kind = sheet.column(run.columns().get(n)).kind();
            values.add(kind == Column.Kind.CHOICES ? "string_to_array(" + cell + ", '|')" : cell + "::" + kind.type);
        }
        jdbc.sql("insert into stage (line, " + String.join(", ", run.columns()) + ") select line, "
                        + String.join(", ", values) + " from import_row where run = ? and wrong is null")
                .param(run.id())
                .update();
        jdbc.sql("analyze stage").update();
        jdbc.sql("create temp table importer on commit drop as select unnest(?::text[]) as area")
                .param(run.areas().toArray(String[]::new))
                .update();
    }

    private void repeated(ImportRun run, Sheet sheet) {
        check(
                run,
                sheet.identity().column(),
                "'和第 ' || s.first || ' 行是同一个。请留一行。'",
                "s.line > s.first",
                "(select *, min(line) over (partition by " + sheet.identity().expressions()
                        + ") as first from stage s)");
    }

    private void scope(ImportRun run, Sheet sheet) {
        check(
                run,
                sheet.area().column(),
                "'不在您负责的范围里。请交给管那里的人导入。'",
                "not exists (select from importer i where starts_with("
                        + sheet.area().expression() + ", i.area)) and "
                        + sheet.area().expression() + " is not null");
    }

    private void check(ImportRun run, String column, String words, String wrong) {
        check(run, column, words, wrong, "stage");
    }

    private void check(ImportRun run, String column, String words, String wrong, String from) {
        jdbc.sql("insert into import_error (run, line, position, words, found) select ?, s.line, ?, " + words
                        + ", 'checking' from " + from + " s where " + wrong + " order by s.line limit ?")
                .params(run.id(), run.places().getOrDefault(column, 0), MOST_ERRORS)
                .update();
    }

    /** What each part would do with each row: c create, u update, s same, null nothing to do with it. */
    void compare(ImportRun run, Sheet sheet) {
        var parts = sheet.parts();
        for (var n = 0; n < parts.size(); n++) {
            var part = parts.get(n);
            jdbc.sql("alter table stage add p" + n + " text").update();
            var changed = updatable(run, part).stream().map(Part.Field::changed).collect(Collectors.joining(" or "));
            jdbc.sql("update stage s set p" + n
                            + " = case when t.found is null then 'c' when t.changed then 'u' else 's' end from "
                            + "(select s.line, t." + part.id() + "::text as found, "
                            + (changed.isEmpty() ? "false" : changed) + " as changed "
                            + "from stage s left join " + part.table() + " t on t." + part.id() + " = s."
                            + part.target()
                            + " where " + part.when() + ") t where t.line = s.line")
                    .update();
        }
    }

    /** After {@link #compare}: what is right and yet to be thought of. */
    void warn(ImportRun run, Sheet sheet) {
        var warnings = new Findings(run.id(), Findings.NOTED, run.places(), jdbc);
        sheet.warn(warnings);
        warnings.write();
    }

    static List<Part.Field> updatable(ImportRun run, Part part) {
        return part.fields().stream()
                .filter(field -> field.by().stream().anyMatch(run.columns()::contains))
                .toList();
    }

    /** @param along rows that the file has not, which its own take with them */
    record Counts(int creates, int updates, int same, int along) {}

    Counts count(Sheet sheet) {
        var touched = new ArrayList<String>();
        for (var n = 0; n < sheet.parts().size(); n++) {
            touched.add("coalesce(p" + n + ", 's') <> 's'");
        }
        return jdbc.sql(
                        "select count(*) filter (where p0 = 'c') as creates, count(*) filter (where line > 0 and p0 <> 'c' and ("
                                + String.join(" or ", touched)
                                + ")) as updates, count(*) filter (where p0 <> 'c' and not ("
                                + String.join(" or ", touched)
                                + ")) as same, count(*) filter (where line < 0) as along from stage")
                .query(Counts.class)
                .single();
    }
}
