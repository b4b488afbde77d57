package org.hemei.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.Grant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything an account was ever granted: as the grant that readers carry, and who gave it when. */
@Component
public class AccountGrants {

    /** @param by who gave it, masked; @param delegated stands for somebody else's */
    public record Held(
            long id,
            Role role,
            String place,
            Instant since,
            @Nullable Instant until,
            String by,
            boolean delegated,
            boolean inForce,
            Grant grant) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AccountGrants(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The newest first. */
    public List<Held> of(long account) {
        var now = clock.instant();
        return jdbc.sql("""
                        select g.*, concat_ws(' · ', b.name, e.name, ar.name, bu.name || u.name) as place,
                               coalesce(p.masked_name || coalesce(' ' || a.username, ''), '系统') as by_name
                        from access_grant g
                                 left join area ar on ar.code = g.area
                                 left join estate e on e.id = g.estate
                                 left join body b on b.id = g.body
                                 left join unit u on u.id = g.unit
                                 left join building bu on bu.id = u.building
                                 left join account a on a.id = g.granted_by
                                 left join person p on p.id = a.person
                        where g.account = ? order by g.until nulls first, g.id desc limit 200
                        """)
                .param(account)
                .query((r, n) -> {
                    var until = instant(r.getTimestamp("until"));
                    var since = r.getTimestamp("since").toInstant();
                    var delegated = r.getObject("delegation") != null;
                    return new Held(
                            r.getLong("id"),
                            Role.valueOf(r.getString("role")),
                            r.getString("place"),
                            since,
                            until,
                            r.getString("by_name"),
                            delegated,
                            !since.isAfter(now) && (until == null || until.isAfter(now)),
                            new Grant(
                                    r.getString("role"),
                                    r.getString("area"),
                                    r.getObject("estate", Long.class),
                                    r.getObject("body", Long.class),
                                    r.getObject("unit", Long.class),
                                    delegated ? r.getObject("granted_by", Long.class) : null));
                })
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
