package org.hemei.oversight;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.InstantSource;
import java.util.ArrayList;
import org.hemei.platform.DemoMode;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.time.CivilTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Computes the figures every few minutes, and keeps the first day of each month. One copy of the process does it. */
@Configuration(proxyBeanMethods = false)
class FigureJobs {

    private static final Logger LOG = LoggerFactory.getLogger(FigureJobs.class);
    private static final int MINUTES = 3;
    private static final int DEMO_MONTHS = 12;

    private final Checks checks;
    private final Figures figures;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final boolean demo;

    FigureJobs(Checks checks, Figures figures, JdbcClient jdbc, InstantSource clock, DemoMode demo) {
        this.checks = checks;
        this.figures = figures;
        this.jdbc = jdbc;
        this.clock = clock;
        this.demo = demo.on();
    }

    @Bean
    Task<Void> mechanismFiguresTask() {
        return Tasks.recurring("mechanism-figures", FixedDelay.ofMinutes(MINUTES))
                .execute((task, context) -> compute());
    }

    /**
     * The demo city comes with a past, so its last year is made up for; before it is loaded there is nothing to count. A rule that fails holds up no other; the run
     * counts as failed all the same.
     */
    void compute() {
        var loaded = demo && demoIsLoaded();
        if (demo && !loaded) {
            return;
        }
        var failed = new ArrayList<RuntimeException>();
        for (var check : checks.all()) {
            try {
                compute(check, loaded);
            } catch (RuntimeException failure) {
                LOG.error(
                        "The figures of the rule {} could not be computed",
                        check.rule().code(),
                        failure);
                failed.add(failure);
            }
        }
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
    }

    private void compute(MechanismCheck check, boolean loaded) {
        figures.refresh(check);
        if (loaded) {
            figures.months(check, CivilTime.date(clock.instant()).minusMonths(DEMO_MONTHS - 1));
        } else {
            figures.months(check);
        }
    }

    boolean demo() {
        return demo;
    }

    boolean demoIsLoaded() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }
}
