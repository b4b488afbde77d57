package org.hemei.registry.check;

import java.time.LocalDate;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bodies, posts, coverage and contracts straight into the tables, with the days a test needs. */
public record Network(JdbcClient jdbc, FieldCipher cipher) {

    public long body(
            String kind, @Nullable String party, String name, String area, @Nullable Long estate, LocalDate since) {
        return jdbc.sql("""
                insert into body (kind, party_kind, name, short_name, area, estate, since)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """)
                .params(kind, party, name, name, area, estate, since)
                .query(Long.class)
                .single();
    }

    public long party(String kind, String area, @Nullable Long estate, LocalDate since) {
        return body("party_organisation", kind, "试" + kind, area, estate, since);
    }

    public long company(String area, LocalDate since) {
        var id = body("company", null, "试企业", area, null, since);
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(id, CreditCode.complete("91340111MA%07d".formatted(id)).value())
                .update();
        return id;
    }

    public void end(long body, LocalDate day) {
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(day, body)
                .update();
    }

    public long person() {
        return jdbc.sql("insert into person (name_cipher, masked_name, sample) values (?, '王**', true) returning id")
                .param(cipher.encrypt("王小试"))
                .query(Long.class)
                .single();
    }

    /** @param until the first day on which it no longer holds */
    public void post(long person, long body, String post, LocalDate since, @Nullable LocalDate until) {
        jdbc.sql("insert into appointment (person, body, post, during) values (?, ?, ?, daterange(?, ?))")
                .params(person, body, post, since, until)
                .update();
    }

    public void covered(
            long company,
            String mode,
            @Nullable Long organisation,
            @Nullable Long adviser,
            LocalDate since,
            @Nullable LocalDate until) {
        jdbc.sql("""
                insert into company_coverage (company, mode, organisation, adviser, during) values (?, ?, ?, ?, daterange(?, ?))
                """).params(company, mode, organisation, adviser, since, until).update();
    }

    public void contract(long company, long estate, LocalDate since, @Nullable LocalDate until) {
        jdbc.sql("insert into contract (company, estate, during) values (?, ?, daterange(?, ?))")
                .params(company, estate, since, until)
                .update();
    }

    public void noContract(long estate) {
        jdbc.sql("delete from contract where estate = ?").param(estate).update();
    }
}
