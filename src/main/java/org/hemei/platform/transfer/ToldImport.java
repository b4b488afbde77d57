package org.hemei.platform.transfer;

import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.job.JobRunner;
import org.springframework.stereotype.Component;

/**
 * An import that a story tells of: read, checked and written as if somebody had handed the file in at the pages, with its run, its
 * background work and what it changed, so that it can be looked at and undone like any other. Within {@code ToldTime} only, and
 * not within a transaction.
 */
@Component
public class ToldImport {

    private final ImportDesk desk;
    private final ImportRuns runs;
    private final JobRunner runner;

    ToldImport(ImportDesk desk, ImportRuns runs, JobRunner runner) {
        this.desk = desk;
        this.runs = runs;
        this.runner = runner;
    }

    /**
     * @param sheet key of the sheet, such as {@code branches}
     * @param file what stands in it, as CSV in UTF-8
     * @throws IllegalStateException when something in the file is wrong
     */
    public void tell(Reader reader, String sheet, String name, byte[] file) {
        var id = desk.told(reader, sheet, name, file);
        work(reader, id, "ready");
        desk.apply(reader, id);
        work(reader, id, "applied");
    }

    private void work(Reader reader, long id, String until) {
        runner.run(Objects.requireNonNull(runs.one(reader, id).job()));
        var run = runs.one(reader, id);
        if (!run.state().equals(until)) {
            throw new IllegalStateException(
                    "the import " + run.fileName() + " is " + run.state() + ": " + runs.wrong(id, null, 5));
        }
    }
}
