package org.hemei.workorder.rollup;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The same as background work, for whoever looks after the system. A district counted is right by itself, so it may stop anywhere. */
@Component
class RebuildDesk implements BackgroundWork {

    private static final String KIND = "rebuild-rollups";

    private final Rebuild rebuild;
    private final Jobs jobs;
    private final Audit audit;

    RebuildDesk(Rebuild rebuild, Jobs jobs, Audit audit) {
        this.rebuild = rebuild;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** @return the id of the run */
    @Transactional
    long ask(Reader reader) {
        var run = jobs.start(reader, KIND, "重数所有工单", Map.of(), "/system/counts");
        audit.record(reader, 0, "order_counts.rebuild", "job_run", run, null, Map.of());
        return run;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        job.begin(0, "正在看有哪些区县");
        var counted = rebuild.run(new Rebuild.Progress() {
            private boolean begun;

            @Override
            public void counted(String district, int done, int of, long orders) {
                if (!begun) {
                    job.begin(of, district);
                    begun = true;
                }
                job.step("数完了" + district);
                job.advance(1);
            }
        });
        return new Outcome("数完了：%d 个区县，%,d 张工单。".formatted(counted.districts(), counted.orders()));
    }
}
