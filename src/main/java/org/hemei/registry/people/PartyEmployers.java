package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which property company employs whom, by the posts they hold there; advisers are sent, not employed. */
@Component
class PartyEmployers {

    private final JdbcClient jdbc;

    PartyEmployers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Nullable
    Long on(long person, LocalDate day) {
        return on(List.of(person), day).get(person);
    }

    /** Of several; whoever works for none on the day is not in it. */
    Map<Long, Long> on(Collection<Long> persons, LocalDate day) {
        Map<Long, Long> companies = new HashMap<>();
        jdbc.sql("""
                        select distinct on (a.person) a.person, coalesce(b.company, b.id) as company
                        from appointment a
                                 join body b on b.id = a.body and b.kind in ('company', 'company_branch')
                                 join post po on po.name = a.post and po.duty <> 'adviser'
                        where a.person = any(?) and a.during @> ? order by a.person, a.id
                        """).params(persons.toArray(Long[]::new), day).query(r -> {
            companies.put(r.getLong("person"), r.getLong("company"));
        });
        return companies;
    }

    Map<Long, String> names(Collection<Long> companies) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("select id, short_name from body where id = any(?)")
                .param(companies.toArray(Long[]::new))
                .query(r -> {
                    names.put(r.getLong("id"), r.getString("short_name"));
                });
        return names;
    }
}
