package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What stands under a body of an estate comes along when that one goes with its estate to another community: a group's branch stays
 * the same, so nobody would ever be asked where the group stands. In the transaction of {@link BodyDesk}.
 */
@Component
class Followers {

    private final BodyStore store;
    private final BodyFacts facts;
    private final BodyHistory history;
    private final JdbcClient jdbc;

    Followers(BodyStore store, BodyFacts facts, BodyHistory history, JdbcClient jdbc) {
        this.store = store;
        this.facts = facts;
        this.history = history;
        this.jdbc = jdbc;
    }

    /** @param before the area that all of them stood in */
    void move(Reader reader, Body body, String before, LocalDate day, String basis) {
        var area = body.lastArea();
        for (var id : facts.children(body.id(), day)) {
            var child = store.lock(id);
            if (sameEstate(body, child)
                    && child.until() == null
                    && child.lastArea().equals(before)) {
                child.relocate(area, day);
                store.save(child);
                history.changed(reader, child, day, "moved", Map.of("area", area, "area_before", before), basis);
                move(reader, child, before, day, basis);
            }
        }
    }

    /** The day was wrong: they came along on the right one. */
    void correct(Reader reader, Body body, LocalDate from, LocalDate to, String basis) {
        for (var id : facts.children(body.id(), from.isBefore(to) ? from : to)) {
            var child = store.lock(id);
            if (sameEstate(body, child)) {
                for (var wrong : came(id, from)) {
                    child.correct("moved", from, to, to);
                    store.save(child);
                    history.changed(reader, child, to, "corrected", wrong.corrected(to), basis);
                    correct(reader, child, from, to, basis);
                }
            }
        }
    }

    /** Its own entry of the day on which it came along, unless that was put right already. */
    private List<Corrections.Wrong> came(long body, LocalDate day) {
        return jdbc.sql("""
                        select id as change, verb, day from body_change c
                        where body = :body and verb = 'moved' and day = :day and detail ->> 'area' is not null and detail ->> 'to' is null
                          and not exists (select from body_change later
                                          where later.body = c.body and later.verb in ('corrected', 'taken_back')
                                            and (later.detail ->> 'change')::bigint = c.id)
                        """)
                .param("body", body)
                .param("day", day)
                .query(Corrections.Wrong.class)
                .list();
    }

    private static boolean sameEstate(Body body, Body child) {
        return body.estate() != null && Objects.equals(body.estate(), child.estate());
    }
}
