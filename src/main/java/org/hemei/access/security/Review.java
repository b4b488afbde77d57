package org.hemei.access.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The grants a security administrator should look at: each finding is one query over the grants in force within their area. */
@Component
public class Review {

    static final Duration IDLE = Duration.ofDays(90);
    static final int PAGE = 50;

    /** In force now, one's own, of staff, within the reviewer's area, and not confirmed for this finding. */
    private static final String OPEN = """
            g.since <= :now and (g.until is null or g.until > :now) and g.delegation is null and g.role <> 'RESIDENT'
            and a.disabled_at is null and coalesce(g.area, e.community, b.area) like any(:patterns)
            and not exists(select from grant_review r where r.grant_id = g.id and r.finding = :finding and r.valid_until > :now)
            """;

    private static final String FROM = """
            from access_grant g
                     join account a on a.id = g.account
                     join person p on p.id = a.person
                     left join body b on b.id = g.body
                     left join estate e on e.id = g.estate
                     left join area ar on ar.code = g.area
            """;

    /** A post of the holder t in the body of the grant, or in a body of its area. */
    private static final String POST_HERE = "t.person = a.person and (t.body = g.body or tb.area = g.area)";

    /** @param lastSeen null: never since it is counted */
    public record Row(
            long grant,
            long account,
            String name,
            Role role,
            String place,
            Instant since,
            @Nullable Instant lastSeen) {}

    /** @param what roles and places; @param until the first moment after it */
    public record Running(
            long id, String giver, String taker, String what, String reason, Instant since, Instant until) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Review(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static String condition(Finding finding) {
        return switch (finding) {
            case UNUSED -> "g.since < :idle and coalesce(a.last_seen, a.created_at) < :idle";
            case LEFT -> """
                    exists(select from appointment t join body tb on tb.id = t.body
                           where %1$s and upper(t.during) <= cast(:today as date))
                    and not exists(select from appointment t join body tb on tb.id = t.body
                                   where %1$s and (upper_inf(t.during) or upper(t.during) > cast(:today as date)))
                    """.formatted(POST_HERE);
            case BROADER -> """
                    case when g.body is not null
                         then g.estate is null
                              and exists(select from appointment t where t.person = a.person and t.body = g.body
                                         and t.during @> cast(:today as date) and t.estate is not null)
                              and not exists(select from appointment t where t.person = a.person and t.body = g.body
                                             and t.during @> cast(:today as date) and t.estate is null)
                         else exists(select from appointment t join body tb on tb.id = t.body
                                     where t.person = a.person and t.during @> cast(:today as date)
                                       and starts_with(tb.area, g.area) and tb.area <> g.area)
                              and not exists(select from appointment t join body tb on tb.id = t.body
                                             where t.person = a.person and t.during @> cast(:today as date)
                                               and starts_with(g.area, tb.area))
                    end
                    """;
            case DUPLICATE -> """
                    exists(select from access_grant o
                           where o.account = g.account and o.role = g.role and o.id <> g.id and o.delegation is null
                             and o.since <= :now and (o.until is null or o.until > :now)
                             and case when g.body is not null
                                      then o.body = g.body and (o.estate is null and g.estate is not null
                                                                or o.estate is not distinct from g.estate and o.id < g.id)
                                      else starts_with(g.area, o.area) and (o.area <> g.area or o.id < g.id) end)
                    """;
        };
    }

    List<Row> rows(Scope scope, Finding finding, long after, int most) {
        return ask(scope, finding, """
                        select g.id, g.account, p.masked_name || coalesce(' ' || a.username, '') as name, g.role,
                               concat_ws(' · ', b.name, e.name, ar.name) as place, g.since, a.last_seen
                        """, "and g.id > :after order by g.id limit :most")
                .param("after", after)
                .param("most", most)
                .query(Review::row)
                .list();
    }

    /** How many of each there are. */
    Map<Finding, Integer> counts(Scope scope) {
        Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
        for (var finding : Finding.values()) {
            counts.put(
                    finding,
                    ask(scope, finding, "select count(*)", "")
                            .query(Integer.class)
                            .single());
        }
        return counts;
    }

    /** Whether the grant is among those of this finding; nothing else is confirmed or ended from the list. */
    boolean holds(Scope scope, Finding finding, long grant) {
        return rows(scope, finding, grant - 1, 1).stream().anyMatch(row -> row.grant() == grant);
    }

    private JdbcClient.StatementSpec ask(Scope scope, Finding finding, String what, String end) {
        var now = clock.instant();
        var sql = what + " " + FROM + " where " + OPEN + " and (" + condition(finding) + ") " + end;
        var statement = jdbc.sql(sql)
                .param("now", Timestamp.from(now))
                .param("patterns", scope.patterns())
                .param("finding", finding.code());
        return switch (finding) {
            case UNUSED -> statement.param("idle", Timestamp.from(now.minus(IDLE)));
            case LEFT, BROADER -> statement.param("today", CivilTime.date(now));
            case DUPLICATE -> statement;
        };
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        var seen = r.getTimestamp("last_seen");
        return new Row(
                r.getLong("id"),
                r.getLong("account"),
                r.getString("name"),
                Role.valueOf(r.getString("role")),
                r.getString("place"),
                r.getTimestamp("since").toInstant(),
                seen == null ? null : seen.toInstant());
    }

    /** Whether it runs or is still to come, within the reviewer's area. */
    boolean runs(Scope scope, long delegation) {
        return !running(scope, delegation).isEmpty();
    }

    /** Delegations that run or are still to come, those that end last first. */
    List<Running> running(Scope scope) {
        return running(scope, null);
    }

    private List<Running> running(Scope scope, @Nullable Long one) {
        return jdbc.sql("""
                        select d.id, gp.masked_name || coalesce(' ' || ga.username, '') as giver,
                               tp.masked_name || coalesce(' ' || ta.username, '') as taker,
                               string_agg(distinct g.role || ' ' || concat_ws(' · ', b.name, e.name, ar.name), '；') as what,
                               d.reason, d.since, d.until
                        from delegation d
                                 join account ga on ga.id = d.giver join person gp on gp.id = ga.person
                                 join account ta on ta.id = d.taker join person tp on tp.id = ta.person
                                 join access_grant g on g.delegation = d.id
                                 left join body b on b.id = g.body
                                 left join estate e on e.id = g.estate
                                 left join area ar on ar.code = g.area
                        where d.ended_at is null and d.until > :now and coalesce(g.area, e.community, b.area) like any(:patterns)
                          and (cast(:one as bigint) is null or d.id = :one)
                        group by d.id, gp.masked_name, ga.username, tp.masked_name, ta.username
                        order by d.until desc, d.id limit 200
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("patterns", scope.patterns())
                .param("one", one, Types.BIGINT)
                .query((r, n) -> new Running(
                        r.getLong("id"),
                        r.getString("giver"),
                        r.getString("taker"),
                        words(r.getString("what")),
                        r.getString("reason"),
                        r.getTimestamp("since").toInstant(),
                        r.getTimestamp("until").toInstant()))
                .list();
    }

    private static String words(String what) {
        var words = what;
        for (var role : Role.values()) {
            words = words.replace(role.name() + " ", role.words() + " ");
        }
        return words;
    }
}
