package org.hemei.registry.company;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The body of a new company or branch with its name and the first line of its history, in the transaction at hand. */
@Component
class CompanyFounding {

    private final JdbcClient jdbc;
    private final Companies companies;
    private final InstantSource clock;
    private final JsonMapper json;

    CompanyFounding(JdbcClient jdbc, Companies companies, InstantSource clock, JsonMapper json) {
        this.json = json;
        this.jdbc = jdbc;
        this.companies = companies;
        this.clock = clock;
    }

    /** @throws Refusal when a company with this code is registered */
    void unknown(String code) {
        jdbc.sql(
                        "select b.name, b.until is not null as ended from company c join body b on b.id = c.body where c.credit_code = ?")
                .param(code)
                .query((r, n) -> "这个代码已经登记过，是“" + r.getString("name") + "”。"
                        + (r.getBoolean("ended") ? "它登记为注销了；注销错了的，请在它的组织页“恢复”。" : "请在名单里找它。"))
                .optional()
                .ifPresent(words -> {
                    throw Refusal.of("code", words);
                });
    }

    long found(Reader reader, CompanyDraft draft) {
        return found(reader, "company", draft.name(), draft.shortName(), draft.area(), draft.since(), null);
    }

    /** Of a company, from the day it begins. */
    long branch(Reader reader, String name, String shortName, String area, long company) {
        return found(reader, "company_branch", name, shortName, area, companies.today(), company);
    }

    private long found(
            Reader reader,
            String kind,
            String name,
            String shortName,
            String area,
            LocalDate since,
            @Nullable Long company) {
        var id = jdbc.sql("""
                        insert into body (kind, name, short_name, area, since, company) values (?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(Arrays.asList(kind, name, shortName, area, since, company))
                .query(Long.class)
                .single();
        jdbc.sql("insert into body_name (body, name, short_name, during) values (?, ?, ?, daterange(?, null))")
                .params(id, name, shortName, since)
                .update();
        change(reader, id, "founded", since, Map.of("name", name, "area", area), null);
        return id;
    }

    void change(Reader reader, long body, String verb, LocalDate day, Map<String, ?> detail, @Nullable String basis) {
        jdbc.sql("""
                        insert into body_change (body, day, verb, detail, basis, account, at)
                        values (?, ?, ?, cast(? as jsonb), ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        body,
                        day,
                        verb,
                        json.writeValueAsString(detail),
                        basis,
                        reader.account(),
                        Timestamp.from(clock.instant())))
                .update();
    }
}
