package org.hemei.platform.transfer;

import java.util.stream.Collectors;
import org.hemei.platform.job.Job;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes a plan without errors, part by part, and keeps what every row was before and is now. */
@Component
class Merge {

    private static final int MANY = 1_000;

    private final JdbcClient jdbc;

    Merge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the transaction of the plan. */
    void write(ImportRun run, Sheet sheet, Job job) {
        for (var n = 0; n < sheet.parts().size(); n++) {
            var part = sheet.parts().get(n);
            job.step("写入"
                    + (sheet.parts().size() > 1
                            ? "（" + (n + 1) + "/" + sheet.parts().size() + "）"
                            : ""));
            update(run, part, n);
            create(run, part, n);
            job.advance(1);
        }
        if (run.rows() >= MANY) {
            // what is looked at next, in the same transaction, must not be planned as if the tables were as small as
            // before
            sheet.parts().stream()
                    .map(Part::table)
                    .distinct()
                    .forEach(table -> jdbc.sql("analyze " + table).update());
        }
    }

    private void update(ImportRun run, Part part, int n) {
        var fields = Plan.updatable(run, part);
        if (fields.isEmpty()) {
            return;
        }
        jdbc.sql(
                        "insert into import_change (run, part, tab, row_id, before, after) select ?, ?, ?, t.%1$s::text, to_jsonb(t), '{}' "
                                        .formatted(part.id())
                                + "from " + part.table() + " t join stage s on s." + part.target() + " = t." + part.id()
                                + " where s.p" + n + " = 'u' for update of t")
                .params(run.id(), n, part.table())
                .update();
        jdbc.sql("update " + part.table() + " t set "
                        + fields.stream()
                                .map(field -> field.column() + " = " + field.updated())
                                .collect(Collectors.joining(", "))
                        + (part.versioned() ? ", version = t.version + 1" : "")
                        + " from stage s where s.p" + n + " = 'u' and s." + part.target() + " = t." + part.id())
                .update();
        jdbc.sql("update import_change c set after = to_jsonb(t) from " + part.table()
                        + " t where c.run = ? and c.part = ? and c.before is not null and t." + part.id()
                        + "::text = c.row_id")
                .params(run.id(), n)
                .update();
    }

    private void create(ImportRun run, Part part, int n) {
        if (part.generated()) {
            jdbc.sql("update stage s set " + part.target() + " = nextval(pg_get_serial_sequence('" + part.table()
                            + "', '" + part.id() + "')) where s.p" + n + " = 'c'")
                    .update();
        }
        var columns = part.fields().stream().map(Part.Field::column).collect(Collectors.joining(", "));
        var values = part.fields().stream().map(Part.Field::value).collect(Collectors.joining(", "));
        jdbc.sql(
                        "with made as (insert into %1$s as t (%2$s, %3$s) select s.%4$s, %5$s from stage s where s.p%6$d = 'c' order by s.line returning t.*) "
                                        .formatted(part.table(), part.id(), columns, part.target(), values, n)
                                + "insert into import_change (run, part, tab, row_id, after) select ?, ?, ?, made."
                                + part.id() + "::text, to_jsonb(made) from made")
                .params(run.id(), n, part.table())
                .update();
    }
}
