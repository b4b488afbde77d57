package org.hemei.registry.policy;

import org.hemei.platform.reference.ReferenceTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The documents that come with the application: laws, and those that the article names. Where their title or number is not
 * known they are marked as samples. Missing ones are added; what is there stays as it was edited.
 */
@Component
@DependsOn("referenceAreas")
class ReferencePolicies implements SmartInitializingSingleton {

    private final JdbcClient jdbc;

    ReferencePolicies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        load();
    }

    int load() {
        var table = ReferenceTable.read("reference/policies.csv");
        return jdbc.sql("""
                        insert into policy (area, kind, number, title, issuer, issued_on, valid_from, sample, summary)
                        select r.area, r.kind, nullif(r.number, ''), r.title, r.issuer, r.issued_on, r.valid_from, r.sample, r.summary
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::date[], ?::date[], ?::boolean[], ?::text[])
                                 as r (area, kind, number, title, issuer, issued_on, valid_from, sample, summary)
                        where exists (select from area a where a.code = r.area)
                          and not exists (select from policy p
                                          where p.title = r.title or p.number is not null and p.number = nullif(r.number, ''))
                        """)
                .param(table.column("area"))
                .param(table.column("kind"))
                .param(table.column("number"))
                .param(table.column("title"))
                .param(table.column("issuer"))
                .param(table.column("issued_on"))
                .param(table.column("valid_from"))
                .param(table.column("sample"))
                .param(table.column("summary"))
                .update();
    }
}
