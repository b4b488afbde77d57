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

    /** Whether an account took part in a decision on one of them: two who did not put right what it rests on. */
    public boolean decided(long company, int year, long account) {
        return jdbc.sql("""
                select exists (select from listing l where l.company = :company and :year in (l.first_year, l.second_year)
                               and l.state not in ('revoked', 'dropped', 'declined', 'spared')
                               and (exists (select from listing_vote v where v.listing = l.id and v.account = :account)
                                    or exists (select from listing_step s
                                               where s.listing = l.id and s.actor = :account and s.verb in ('list', 'spare'))))
                """)
                .param("company", company)
                .param("year", year)
                .param("account", account)
                .query(Boolean.class)
                .single();
    }
}
