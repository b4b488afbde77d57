package org.hemei.registry.bulk;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.springframework.stereotype.Component;

/** A change of many estates that takes longer than a request; whoever asked was let in when they asked. */
@Component
class BatchWork implements BackgroundWork {

    static final String KIND = "estate_batch";

    private final BatchDesk desk;
    private final Batches batches;

    BatchWork(BatchDesk desk, Batches batches) {
        this.desk = desk;
        this.batches = batches;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var batch = batches.one(Long.parseLong(job.input("batch")));
        var undoing = job.input("undo").equals("yes");
        // after a kill it may have been done already
        if (batch.state().equals(undoing ? "undone" : "done")) {
            return new Outcome("已经办好了。");
        }
        var asker = new Reader(job.account(), 0, "", List.of(), false);
        var count = batches.count(batch.id()).estates();
        job.begin(count, undoing ? "一个一个撤回" : "一个一个改");
        try {
            if (undoing) {
                desk.undo(asker, batch, job::advance);
            } else {
                desk.apply(asker, batch, job::advance);
            }
        } catch (Refusal refusal) {
            desk.refused(batch, undoing, refusal.getMessage());
            throw refusal;
        }
        return new Outcome(count + " 个小区都" + (undoing ? "撤回了。" : "改好了。"));
    }
}
