package org.hemei.registry.company;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The body of a new company or branch with its name and the first line of its history, in the transaction at hand. */
@Component
class CompanyFounding {

    private final JdbcClient jdbc;
    private final Companies companies;
    private final InstantSource clock;

    CompanyFounding(JdbcClient jdbc, Companies companies, InstantSource clock) {
        this.jdbc = jdbc;
        this.companies = companies;
        this.clock = clock;
    }

    /** @throws Refusal when a company with this code is registered */
    void unknown(String code) {
        jdbc.sql("select b.name from company c join body b on b.id = c.body where c.credit_code = ?")
                .param(code)
                .query(String.class)
                .optional()
                .ifPresent(name -> {
                    throw Refusal.of("code", "这个代码已经登记过，是“" + name + "”。请在名单里找它。");
                });
    }

    long found(Reader reader, CompanyDraft draft) {
        return found(reader, "company", draft.name(), draft.shortName(), draft.area(), null);
    }

    long found(Reader reader, String kind, String name, String shortName, String area, @Nullable Long company) {
        var today = companies.today();
        var id = jdbc.sql("""
                        insert into body (kind, name, short_name, area, since, company) values (?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(Arrays.asList(kind, name, shortName, area, today, company))
                .query(Long.class)
                .single();
        jdbc.sql("insert into body_name (body, name, short_name, during) values (?, ?, ?, daterange(?, null))")
                .params(id, name, shortName, today)
                .update();
        change(reader, id, "founded", today, null);
        return id;
    }

    void change(Reader reader, long body, String verb, LocalDate day, @Nullable String basis) {
        jdbc.sql("insert into body_change (body, day, verb, basis, account, at) values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(body, day, verb, basis, reader.account(), Timestamp.from(clock.instant())))
                .update();
    }
}
