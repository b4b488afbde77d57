package org.hemei.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is bound to which home today, for themselves and for the community. */
@Component
class Households {

    /** One's own home. */
    record Home(long id, String place, String relation, LocalDate since) {}

    /**
     * Somebody bound to a unit.
     *
     * @param reads whether they have an account, to read with why it ended
     */
    record Member(long id, String unit, String person, String relation, LocalDate since, boolean reads) {}

    /** A binding that the community ended. */
    record Ended(String place, String relation, Instant at, String reason) {}

    private static final String PLACE = "e.name || ' ' || b.name || u.name";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Households(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Home> of(Reader reader) {
        return jdbc.sql("""
                        select m.id, %s, m.relation, lower(m.during)
                        from household_member m
                                 join unit u on u.id = m.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = u.estate
                        where m.person = ? and m.during @> ? order by m.id
                        """.formatted(PLACE))
                .params(reader.person(), today())
                .query((r, n) -> new Home(
                        r.getLong(1),
                        r.getString(2),
                        Bindings.relation(r.getString(3)),
                        r.getObject(4, LocalDate.class)))
                .list();
    }

    /** The newest first, but for homes that they are bound to again, or have asked for since. */
    List<Ended> endedFor(Reader reader) {
        return jdbc.sql("""
                        select %s, x.relation, x.ended_at, x.reason
                        from binding_end x
                                 join unit u on u.id = x.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = u.estate
                        where x.person = :person and x.reason is not null
                          and not exists (select from household_member m
                                          where m.person = x.person and m.unit = x.unit and m.during @> cast(:today as date))
                          and not exists (select from binding_request r join account a on a.id = r.account
                                          where a.person = x.person and r.unit = x.unit and r.asked_at >= x.ended_at)
                        order by x.id desc limit 10
                        """.formatted(PLACE))
                .param("person", reader.person())
                .param("today", today())
                .query((r, n) -> new Ended(
                        r.getString(1),
                        Bindings.relation(r.getString(2)),
                        r.getTimestamp(3).toInstant(),
                        r.getString(4)))
                .list();
    }

    /** All who are bound in a building of the scope, unit by unit. */
    List<Member> in(Scope scope, long building) {
        return jdbc.sql("""
                        select m.id, u.name, p.masked_name, m.relation, lower(m.during),
                               exists (select from account a where a.person = m.person and a.disabled_at is null)
                        from household_member m
                                 join person p on p.id = m.person
                                 join unit u on u.id = m.unit
                                 join estate e on e.id = u.estate
                        where u.building = :building and e.community like any(:patterns) and m.during @> cast(:today as date)
                        order by u.entrance, u.floor, u.name, m.id
                        """)
                .param("building", building)
                .param("patterns", scope.patterns())
                .param("today", today())
                .query((r, n) -> new Member(
                        r.getLong(1),
                        r.getString(2),
                        r.getString(3),
                        Bindings.relation(r.getString(4)),
                        r.getObject(5, LocalDate.class),
                        r.getBoolean(6)))
                .list();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
