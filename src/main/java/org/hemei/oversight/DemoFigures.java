package org.hemei.oversight;

import org.hemei.platform.job.Tick;
import org.springframework.stereotype.Component;

/** Computes the demo city's figures as soon as it is loaded, so that nobody waits for the next round of the job. */
@Component
class DemoFigures implements Tick {

    private final FigureJobs jobs;
    private volatile boolean done;

    DemoFigures(FigureJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return "demo-figures";
    }

    @Override
    public void run() {
        if (!done && (!jobs.demo() || jobs.demoIsLoaded())) {
            if (jobs.demo()) {
                jobs.compute();
            }
            done = true;
        }
    }
}
