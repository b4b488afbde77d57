package org.hemei.workorder.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hemei.testing.HemeiTest;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Urgency;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@HemeiTest
class ReferenceDeadlinesTest {

    @Autowired
    ReferenceDeadlines deadlines;

    @Autowired
    JdbcClient jdbc;

    @Test
    void every_urgency_has_a_deadline_for_every_clock() {
        assertThat(jdbc.sql(
                                "select count(*) from (select distinct urgency, clock from deadline_rule where valid @> current_date) r")
                        .query(Long.class)
                        .single())
                .isEqualTo(Urgency.values().length
                        * Arrays.stream(Deadlines.Timer.values())
                                .filter(Deadlines.Timer::ruled)
                                .count());
    }

    @Test
    @Transactional
    void what_an_administrator_changed_stays() {
        jdbc.sql(
                        "update deadline_rule set valid = daterange('2020-01-01', '2021-01-01') where urgency = 'urgent' and clock = 'take'")
                .update();
        assertThat(deadlines.load()).isZero();
    }
}
