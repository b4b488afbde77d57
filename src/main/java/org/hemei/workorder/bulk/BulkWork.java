package org.hemei.workorder.bulk;

import org.hemei.access.Readers;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.springframework.stereotype.Component;

/**
 * An act on many orders that takes longer than a request. Each order is a whole of its own, so a run that was broken off goes
 * on with those that are left; with the grants that whoever asked has now, not then.
 */
@Component
class BulkWork implements BackgroundWork {

    static final String KIND = "order_bulk";

    private final BulkDesk desk;
    private final Bulks bulks;
    private final Readers readers;

    BulkWork(BulkDesk desk, Bulks bulks, Readers readers) {
        this.desk = desk;
        this.bulks = bulks;
        this.readers = readers;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var bulk = bulks.one(Long.parseLong(job.input("bulk")));
        var reader = readers.of(job.account()).orElseThrow(() -> Refusal.of("账号停用了，没有接着办。"));
        var looking = job.input("look").equals("yes");
        job.begin(Math.max(1, bulks.tally(bulk.id()).can()), looking ? "一件一件看" : "一件一件办");
        if (looking) {
            desk.look(reader, bulk, () -> job.advance(1));
            var tally = bulks.tally(bulk.id());
            return new Outcome("看完了：能办 " + tally.can() + " 件，不能办 " + tally.cannot() + " 件。");
        }
        desk.finish(reader, bulk, () -> job.advance(1));
        var tally = bulks.tally(bulk.id());
        return new Outcome("办完了：办成 " + tally.done() + " 件，没办成 " + (tally.failed() + tally.cannot()) + " 件。");
    }
}
