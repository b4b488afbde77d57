package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.hemei.platform.GrantHolders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds accounts by what they were granted. Those who answer for a body are its managers, and the helpers of a utility. */
@Component
class Holders implements GrantHolders {

    private static final String ANSWERING = "g.role in ('MANAGER', 'HELPER')";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Holders(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Long> accounts(String role, String area) {
        return jdbc.sql("""
                select distinct g.account
                from access_grant g join account a on a.id = g.account and a.disabled_at is null
                where g.role = :role and g.area = any (array [:area, left(:area, 9), left(:area, 6), left(:area, 4)])
                  and g.since <= :now and (g.until is null or g.until > :now)
                """)
                .param("role", role)
                .param("area", area)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .list();
    }

    @Override
    public Set<Integer> nobodyAt(List<Desk> desks) {
        return jdbc.sql("""
                select d.place - 1
                from unnest(cast(:roles as text[]), cast(:areas as text[]), cast(:bodies as bigint[])) with ordinality d (role, area, body, place)
                where not exists (
                    select from access_grant g join account a on a.id = g.account and a.disabled_at is null
                    where d.body is not null and g.body = d.body and %s
                      and g.since <= :now and (g.until is null or g.until > :now))
                  and not exists (
                    select from access_grant g join account a on a.id = g.account and a.disabled_at is null
                    where d.body is null and g.role = d.role and g.area = any (array [d.area, left(d.area, 9), left(d.area, 6), left(d.area, 4)])
                      and g.since <= :now and (g.until is null or g.until > :now))
                """.formatted(ANSWERING))
                .param("roles", desks.stream().map(Desk::role).toArray(String[]::new))
                .param("areas", desks.stream().map(Desk::area).toArray(String[]::new))
                .param("bodies", desks.stream().map(Desk::body).toArray(Long[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .query(Integer.class)
                .set();
    }

    @Override
    public List<Long> anywhere(String role) {
        return jdbc.sql("""
                select distinct g.account
                from access_grant g join account a on a.id = g.account and a.disabled_at is null
                where g.role = :role and g.since <= :now and (g.until is null or g.until > :now)
                """)
                .param("role", role)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> ofBody(long body) {
        return ofBody(body, ANSWERING, null);
    }

    @Override
    public List<Long> ofBodyAt(long body, long estate) {
        return ofBody(body, ANSWERING, estate);
    }

    @Override
    public List<Long> ofWholeBody(long body) {
        return ofBody(body, "g.role = 'MANAGER' and g.estate is null", null);
    }

    private List<Long> ofBody(long body, String which, @Nullable Long estate) {
        return jdbc.sql("""
                select distinct g.account
                from access_grant g join account a on a.id = g.account and a.disabled_at is null
                where %s and g.body = :body and (g.estate is null or g.estate = coalesce(:estate, g.estate))
                  and g.since <= :now and (g.until is null or g.until > :now)
                """.formatted(which))
                .param("body", body)
                .param("estate", estate, java.sql.Types.BIGINT)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .list();
    }
}
