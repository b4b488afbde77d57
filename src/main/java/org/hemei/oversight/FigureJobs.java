package org.hemei.oversight;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.InstantSource;
import org.hemei.platform.DemoMode;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Computes the figures every few minutes, and keeps the first day of each month. One copy of the process does it. */
@Configuration(proxyBeanMethods = false)
class FigureJobs {

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

    /** The demo city comes with a past, so its last year is made up for; before it is loaded there is nothing to count. */
    void compute() {
        var loaded = demo && demoIsLoaded();
        if (demo && !loaded) {
            return;
        }
        for (var check : checks.all()) {
            figures.refresh(check);
            if (loaded) {
                figures.months(check, CivilTime.date(clock.instant()).minusMonths(DEMO_MONTHS - 1));
            } else {
                figures.months(check);
            }
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
