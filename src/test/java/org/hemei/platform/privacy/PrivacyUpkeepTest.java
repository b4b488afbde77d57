package org.hemei.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a person is told about how long something is kept is how long it is kept: to the day, and not a day less. */
@HemeiTest
class PrivacyUpkeepTest {

    @Autowired
    PrivacyUpkeep upkeep;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource clock;

    private Town.Side here;
    private Reader reader;
    private LocalDate today;

    @BeforeEach
    void build() {
        here = towns.make().near();
        reader = towns.reader(towns.account());
        today = CivilTime.date(clock.instant());
    }

    private void lived(LocalDate past) {
        jdbc.sql(
                        "insert into household_member (unit, person, relation, during) values (?, ?, 'tenant', daterange('2001-01-01', ?))")
                .params(here.unit(), towns.person("搬走的"), past)
                .update();
    }

    private List<LocalDate> left() {
        return jdbc.sql("select upper(during) from household_member where unit = ? and relation = 'tenant' order by 1")
                .param(here.unit())
                .query(LocalDate.class)
                .list();
    }

    private void answered(LocalDate day) {
        var at = Timestamp.from(CivilTime.startOf(day));
        jdbc.sql("""
                        insert into privacy_request (account, person, kind, asked_at, due_at, state, answered_at, answered_by)
                        values (?, ?, 'correction', ?, ?, 'done', ?, ?)
                        """)
                .params(reader.account(), reader.person(), at, at, at, reader.account())
                .update();
    }

    private void ended(LocalDate day) {
        jdbc.sql(
                        "insert into binding_end (person, unit, relation, ended_at, ended_by, reason) values (?, ?, 'tenant', ?, ?, '搬走了')")
                .params(reader.person(), here.unit(), Timestamp.from(CivilTime.startOf(day)), reader.account())
                .update();
    }

    private List<LocalDate> days(String column, String table) {
        return jdbc.sql("select cast(" + column + " at time zone 'Asia/Shanghai' as date) from " + table
                        + " where person = ? order by 1")
                .param(reader.person())
                .query(LocalDate.class)
                .list();
    }

    @Test
    void whatIsOverGoesOnTheDayThatWasSaidAndLeavesAnEntry() {
        var two = today.minusYears(2);
        var three = today.minusYears(3);
        lived(two);
        lived(two.plusDays(1));
        ended(two.minusDays(1));
        ended(two);
        answered(three.minusDays(1));
        answered(three);
        upkeep.run();
        assertThat(left()).containsExactly(two.plusDays(1));
        assertThat(days("ended_at", "binding_end")).containsExactly(two);
        assertThat(days("answered_at", "privacy_request")).containsExactly(three);
        assertThat(jdbc.sql("select distinct subject_kind from audit_entry where action = 'privacy.forgotten'")
                        .query(String.class)
                        .list())
                .contains("household_member", "binding_end", "privacy_request");
    }
}
