package org.hemei.testing;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every application of a test run that starts on the shared database would give the hundreds of towns already there the
 * thresholds a city begins with: 54,000 rows, where a real city has some eighty. The towns live by the rules' own values.
 */
public class FewThresholds {

    private final JdbcClient jdbc;

    FewThresholds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    void forget() {
        jdbc.sql("delete from rule_threshold where policy is null and set_by is null")
                .update();
    }
}
