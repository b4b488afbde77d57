package org.hemei.evaluation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether several decide, or decided, on a case of the blacklist by a company's year: who changes that year changes it too. */
@Component
public class CasesOnYears {

    private final JdbcClient jdbc;

    CasesOnYears(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public boolean rest(long company, int year) {
        return jdbc.sql("""
                select exists (select from listing where company = :company and :year in (first_year, second_year)
                               and state not in ('revoked', 'dropped', 'declined', 'spared'))
                """)
                .param("company", company)
                .param("year", year)
                .query(Boolean.class)
                .single();
    }
}
