package org.hemei.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hemei.evaluation.CompanyYears.Outcome;
import org.hemei.evaluation.CompanyYears.Year;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The final results that others build on: versions, the newest holds, nothing is ever changed. */
@HemeiTest
@Transactional
class CompanyYearsTest {

    @Autowired
    CompanyYears years;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Test
    void a_correction_is_a_new_version_and_is_announced() {
        var company = towns.make().near().company();
        years.conclude(company, 2024, null, new Outcome(YearResult.FAIL, 5500, 600, true, "{}"), "");
        years.conclude(company, 2025, null, new Outcome(YearResult.NOT_RATED, null, null, false, "{}"), "");
        var put = years.conclude(company, 2024, null, new Outcome(YearResult.PASS, 6000, 580, false, "{}"), "异议成立");
        assertThat(put.version()).isEqualTo(2);
        assertThat(years.latest(company)).extracting(Year::year).containsExactly(2025, 2024);
        assertThat(years.latest(company, 2024)).contains(put);
        assertThat(years.history(company, 2024))
                .extracting(Year::result)
                .containsExactly(YearResult.PASS, YearResult.FAIL);
        assertThat(years.history(company, 2024).getLast().failsBeyondDoubt()).isFalse();
        assertThat(jdbc.sql("select kind from event_log where subject = ? and kind like 'company.year.%' order by id")
                        .param(String.valueOf(company))
                        .query(String.class)
                        .list())
                .containsExactly("company.year.final", "company.year.final", "company.year.corrected");
    }

    @Test
    void the_database_refuses_to_change_a_result() {
        var company = towns.make().near().company();
        years.conclude(company, 2024, null, new Outcome(YearResult.FAIL, 5500, 600, true, "{}"), "");
        assertThatThrownBy(() -> jdbc.sql("update company_year set result = 'pass' where company = ?")
                        .param(company)
                        .update())
                .hasMessageContaining("never changed");
    }
}
