package org.hemei.platform.transfer;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs as they are kept, and what the pages show of them. */
@Component
class ImportRuns {

    static final int PAGE = 50;

    /** @param letter of the column in the file; empty for the whole row */
    record Wrong(long id, int line, int position, String words) {
        public String letter() {
            return position == 0 ? "" : Column.letter(position);
        }
    }

    private final JdbcClient jdbc;
    private final Sheets sheets;
    private final InstantSource clock;

    ImportRuns(JdbcClient jdbc, Sheets sheets, InstantSource clock) {
        this.jdbc = jdbc;
        this.sheets = sheets;
        this.clock = clock;
    }

    long open(Reader reader, Sheet sheet, String fileName, Heading heading, List<String> notes) {
        return jdbc.sql("""
                        insert into import_run (sheet, account, areas, file_name, columns, positions, notes, state, rows, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, 'checking', 0, ?) returning id
                        """)
                .param(sheet.key())
                .param(reader.account())
                .param(Sheets.areas(sheet, reader))
                .param(fileName)
                .param(heading.keys().toArray(String[]::new))
                .param(heading.positions().toArray(Integer[]::new))
                .param(notes.toArray(String[]::new))
                .param(Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    void started(long id, String state, int rows, long job) {
        jdbc.sql("update import_run set state = ?, rows = ?, job = ?, words = '' where id = ?")
                .params(state, rows, job, id)
                .update();
    }

    /** For work on it: nobody else goes on with it meanwhile. */
    ImportRun locked(long id) {
        return jdbc.sql("select * from import_run where id = ? for update")
                .param(id)
                .query(ImportRun::read)
                .single();
    }

    void checked(ImportRun run, Sheet sheet, boolean right, Plan.Counts counts) {
        jdbc.sql("""
                        update import_run
                        set state = :state, creates = :creates, updates = :updates, same = :same,
                            notes = array(select n from unnest(notes) n where not n like :along) || cast(:notes as text[]),
                            wrong_rows = (select count(distinct line) from import_error where run = :id and found <> 'warning'),
                            wrong_cells = (select count(*) from import_error where run = :id and found <> 'warning'),
                            warnings = (select count(*) from import_error where run = :id and found = 'warning')
                        where id = :id
                        """)
                .param("state", right ? "ready" : "wrong")
                .param("creates", counts.creates())
                .param("updates", counts.updates())
                .param("same", counts.same())
                .param("along", sheet.along().formatted("%"))
                .param(
                        "notes",
                        counts.along() == 0
                                ? new String[0]
                                : new String[] {sheet.along().formatted(counts.along())})
                .param("id", run.id())
                .update();
    }

    void applied(ImportRun run, Plan.Counts counts) {
        jdbc.sql(
                        "update import_run set state = 'applied', creates = ?, updates = ?, same = ?, applied_at = ? where id = ?")
                .params(counts.creates(), counts.updates(), counts.same(), Timestamp.from(clock.instant()), run.id())
                .update();
        forgetRows(run.id());
    }

    void undone(ImportRun run, long account) {
        jdbc.sql("update import_run set state = 'undone', undone_at = ?, undone_by = ? where id = ?")
                .params(Timestamp.from(clock.instant()), account, run.id())
                .update();
    }

    void kept(long id, String words) {
        jdbc.sql("update import_run set state = 'applied', words = ? where id = ?")
                .params(words, id)
                .update();
    }

    void dropped(long id) {
        jdbc.sql("update import_run set state = 'dropped' where id = ?")
                .param(id)
                .update();
        forgetRows(id);
    }

    private void forgetRows(long id) {
        jdbc.sql("delete from import_row where run = ?").param(id).update();
    }

    /** One's own, and those of others that lie within where the reader may load the same sheet. */
    ImportRun one(Reader reader, long id) {
        settle(id);
        return jdbc.sql("select * from import_run where id = ?")
                .param(id)
                .query(ImportRun::read)
                .optional()
                .filter(run -> visible(reader, run))
                .orElseThrow(() -> new Missing("没有这次导入。"));
    }

    private boolean visible(Reader reader, ImportRun run) {
        return sheets.of(reader).stream()
                .filter(sheet -> sheet.key().equals(run.sheet()))
                .map(sheet -> sheet.scope(reader))
                .anyMatch(scope -> run.areas().stream().allMatch(scope::covers));
    }

    /** Where its work was cancelled or failed, the run stands where it stood before. */
    private void settle(long id) {
        jdbc.sql("""
                        update import_run r
                        set state = case r.state when 'checking' then 'dropped' when 'applying' then 'ready' else 'applied' end
                        from job_run j
                        where r.id = ? and j.id = r.job and r.state in ('checking', 'applying', 'undoing') and j.ended_at is not null
                        """).param(id).update();
    }

    /** Newest first, of the sheets the reader may load, where the reader may load them. */
    List<ImportRun> list(Reader reader, long before) {
        var mine = sheets.of(reader);
        return jdbc.sql("""
                        select r.* from import_run r
                        join unnest(:sheets, :areas) s (sheet, areas) on s.sheet = r.sheet
                        where r.id < :before
                          and not exists (select from unnest(r.areas) a
                                          where not exists (select from unnest(string_to_array(s.areas, ',')) mine where starts_with(a, mine)))
                        order by r.id desc limit :most
                        """)
                .param("sheets", mine.stream().map(Sheet::key).toArray(String[]::new))
                .param(
                        "areas",
                        mine.stream()
                                .map(sheet -> String.join(",", Sheets.areas(sheet, reader)))
                                .toArray(String[]::new))
                .param("before", before)
                .param("most", PAGE + 1)
                .query(ImportRun::read)
                .list();
    }

    /** In the order of the file. @param after the last one of the page before; null from the beginning */
    List<Wrong> wrong(long run, @Nullable Wrong after, int most) {
        return cells(run, false, after, most);
    }

    /** What to take note of, in the order of the file. */
    List<Wrong> warnings(long run, @Nullable Wrong after, int most) {
        return cells(run, true, after, most);
    }

    /** All that whoever has it written is told beforehand. */
    Set<String> warningsOf(long run) {
        return Set.copyOf(jdbc.sql(
                        "select line || ' ' || position || ' ' || words from import_error where run = ? and found = 'warning'")
                .param(run)
                .query(String.class)
                .list());
    }

    private List<Wrong> cells(long run, boolean warnings, @Nullable Wrong after, int most) {
        return jdbc.sql("""
                        select id, line, position, words from import_error
                        where run = :run and (found = 'warning') = :warnings and (line, position, id) > (:line, :position, :id) order by line, position, id limit :most
                        """)
                .param("run", run)
                .param("warnings", warnings)
                .param("line", after == null ? 0 : after.line)
                .param("position", after == null ? 0 : after.position)
                .param("id", after == null ? 0 : after.id)
                .param("most", most)
                .query((r, n) -> new Wrong(r.getLong(1), r.getInt(2), r.getInt(3), r.getString(4)))
                .list();
    }

    /** The commonest reasons, to see what to mend first. */
    List<Reason> reasons(long run) {
        return jdbc.sql("""
                        select position, words, count(*) from import_error where run = ? and found <> 'warning'
                        group by position, words having count(*) > 1 order by 3 desc, 1, 2 limit 5
                        """)
                .param(run)
                .query((r, n) ->
                        new Reason(r.getInt(1) == 0 ? "" : Column.letter(r.getInt(1)), r.getString(2), r.getInt(3)))
                .list();
    }

    record Reason(String letter, String words, int count) {}
}
