package org.hemei.platform.transfer;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.log.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks, writes and undoes imports, each in one transaction. */
@Component
class ImportWork implements BackgroundWork {

    static final String KIND = "import";

    private static final Logger LOG = LoggerFactory.getLogger(ImportWork.class);

    private final ImportRuns runs;
    private final Sheets sheets;
    private final Plan plan;
    private final Merge merge;
    private final Undo undo;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ImportWork(
            ImportRuns runs,
            Sheets sheets,
            Plan plan,
            Merge merge,
            Undo undo,
            Audit audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.runs = runs;
        this.sheets = sheets;
        this.plan = plan;
        this.merge = merge;
        this.undo = undo;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var id = Long.parseLong(job.input("run"));
        return switch (job.input("action")) {
            case "check" -> in(job, () -> check(id, job));
            case "apply" -> in(job, () -> apply(id, job));
            default -> undo(id, job);
        };
    }

    private Outcome in(Job job, java.util.function.Supplier<Outcome> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // what rows and their checks take for now, and for their author, until the transaction ends
            jdbc.sql("select set_config('hemei.at', ?, true), set_config('hemei.account', ?, true)")
                    .params(clock.instant().toString(), String.valueOf(job.account()))
                    .query((r, n) -> true)
                    .single();
            return work.get();
        }));
    }

    private Outcome check(long id, Job job) {
        var run = runs.locked(id);
        if (!run.state().equals("checking")) {
            return new Outcome("核对好了。");
        }
        return checked(run, sheets.named(run.sheet()), job, 4);
    }

    private Outcome checked(ImportRun run, Sheet sheet, Job job, int steps) {
        job.begin(steps, "逐格核对");
        var right = plan.make(run, sheet, job);
        if (!right) {
            runs.checked(run, sheet, false, new Plan.Counts(0, 0, 0, 0));
            return new Outcome("有错，一行也没有写入。请改好再传。");
        }
        job.step("算出会改什么");
        plan.compare(run, sheet);
        plan.warn(run, sheet);
        runs.checked(run, sheet, true, plan.count(sheet));
        job.advance(1);
        return new Outcome(!runs.warningsOf(run.id()).isEmpty() ? "核对好了，没有错，有要留意的。看过以后再写入。" : "核对好了，没有错。看过以后再写入。");
    }

    private Outcome apply(long id, Job job) {
        var run = runs.locked(id);
        if (!run.state().equals("applying")) {
            return new Outcome("写好了。");
        }
        var sheet = sheets.named(run.sheet());
        // one import of a kind at a time: two would both make what neither found
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0)) is null")
                .param("import:" + run.sheet())
                .query(Boolean.class)
                .single();
        var shown = runs.warningsOf(id);
        checked(run, sheet, job, 4 + sheet.parts().size());
        if (!Objects.equals(stateOf(id), "ready")) {
            return new Outcome("数据在核对以后变了，现在有错，一行也没有写入。");
        }
        if (!shown.containsAll(runs.warningsOf(id))) {
            return new Outcome("数据在核对以后变了，有新的要留意，一行也没有写入。看过以后再写入。");
        }
        try {
            merge.write(run, sheet, job);
        } catch (DataIntegrityViolationException e) {
            LOG.warn("import {} meets a rule of the database that its checks do not know", id, e);
            throw Refusal.of("和已有的数据冲突，一行也没有写入。请重新上传核对。");
        }
        verify(run, sheet);
        sheet.told(id, false);
        var counts = plan.count(sheet);
        runs.applied(run, counts);
        audit.record(
                importer(run.account()),
                0,
                "import.applied",
                "import",
                id,
                null,
                Map.of(
                        "sheet",
                        run.sheet(),
                        "creates",
                        counts.creates(),
                        "updates",
                        counts.updates(),
                        "same",
                        counts.same()));
        return new Outcome(
                "写好了：新建 " + counts.creates() + " 行，更新 " + counts.updates() + " 行，" + counts.same() + " 行没有变。");
    }

    private void verify(ImportRun run, Sheet sheet) {
        var findings = new Findings(run.id(), Findings.WRONG, run.places(), jdbc);
        sheet.verify(findings);
        findings.write();
        var first = runs.wrong(run.id(), null, 1);
        if (!first.isEmpty()) {
            throw Refusal.of(
                    "第 " + first.getFirst().line() + " 行：" + first.getFirst().words() + " 一行也没有写入。");
        }
    }

    private String stateOf(long id) {
        return jdbc.sql("select state from import_run where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private Outcome undo(long id, Job job) {
        try {
            return in(job, () -> {
                var run = runs.locked(id);
                if (!run.state().equals("undoing")) {
                    return new Outcome("撤销了。");
                }
                job.begin(8, "看有没有别的数据依着它");
                sheets.named(run.sheet()).mayUndo(id);
                undo.take(run, sheets.named(run.sheet()), job);
                sheets.named(run.sheet()).told(id, true);
                runs.undone(run, job.account());
                audit.record(
                        importer(job.account()), 0, "import.undone", "import", id, null, Map.of("sheet", run.sheet()));
                return new Outcome("撤销了，数据和导入以前一样。");
            });
        } catch (Refusal refusal) {
            var words = refusal.getMessage();
            transaction.executeWithoutResult(status -> runs.kept(id, words == null ? "" : words));
            throw refusal;
        }
    }

    /** For the audit trail, which takes the account from it and nothing else. */
    private static Reader importer(long account) {
        return new Reader(account, 0, "", List.of(), false);
    }
}
