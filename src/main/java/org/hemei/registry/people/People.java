package org.hemei.registry.people;

import org.hemei.platform.Reader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose posts somebody may look at. */
@Component
class People {

    private final JdbcClient jdbc;

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether this person holds or held a post that the reader may look at. */
    boolean visible(Reader reader, long person) {
        return jdbc
                        .sql(Appointments.BODY + "where b.id in (select a.body from appointment a where a.person = ?)")
                        .param(person)
                        .query(Appointments::body)
                        .list()
                        .stream()
                        .anyMatch(body -> PeopleScope.sees(reader, body))
                || servesHere(reader, person);
    }

    /** Staff of a company are seen where they work, wherever their company is registered. */
    private boolean servesHere(Reader reader, long person) {
        return jdbc.sql("""
                        select exists (
                            select from appointment a join estate e on e.id = a.estate
                            where a.person = :person and e.community like any(:patterns))
                        """)
                .param("person", person)
                .param("patterns", reader.scope(PeopleScope.LOOK).patterns())
                .query(Boolean.class)
                .single();
    }
}
