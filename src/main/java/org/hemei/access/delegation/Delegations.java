package org.hemei.access.delegation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one holds oneself, who could do it meanwhile, and what is handed over. */
@Component
public class Delegations {

    /** Of a grant g: in force, one's own, and of a kind that can be handed over. */
    static final String OWN = """
            g.account = :me and g.delegation is null and g.role not in ('RESIDENT', 'SYSTEM', 'SECURITY', 'AUDIT', 'ASSESSOR')
            and g.since <= :now and (g.until is null or g.until > :now)
            """;

    /**
     * Whether account a is a colleague of grant g: a grant of their own, or a post, at the same body, or for an area at a body of those who
     * govern it. Whoever else has their seat there, a company or an owners' committee, and who sits on the residents' or the Party committee
     * for one of them, is nobody's colleague by that.
     */
    private static final String COLLEAGUE = """
            a.disabled_at is null and a.id <> g.account and not exists(select from integration i where i.account = a.id)
            and not exists(select from access_grant o where o.account = a.id and o.role in ('SYSTEM', 'SECURITY', 'AUDIT', 'ASSESSOR')
                           and (o.until is null or o.until > :now))
            and (exists(select from access_grant o where o.account = a.id and o.delegation is null and o.role <> 'RESIDENT'
                        and o.since <= :now and (o.until is null or o.until > :now) and (o.body = g.body or o.area = g.area))
                 or exists(select from appointment t join body b on b.id = t.body join post tp on tp.name = t.post
                           where t.person = a.person and t.during @> cast(:today as date)
                             and tp.duty not in ('part_time_member', 'big_committee_member', 'adviser')
                             and (b.id = g.body
                                  or b.area = g.area
                                     and coalesce(b.party_kind, b.kind) in ('residents_committee', 'street_department', 'industry_department',
                                         'community_committee', 'street_working_committee', 'zone_working_committee',
                                         'district_party_committee', 'city_party_committee'))))
            """;

    private static final String PLACE = "concat_ws(' · ', b.name, e.name, ar.name)";

    private static final String PLACES = """
            left join area ar on ar.code = g.area
            left join estate e on e.id = g.estate
            left join body b on b.id = g.body
            """;

    public record Own(
            long id, Role role, String place, @Nullable Instant until) {}

    public record Colleague(long account, String name) {}

    /** @param what the roles and places; @param given by the reader, else to the reader; @param until the first moment after it */
    public record Handed(
            long id,
            boolean given,
            String other,
            String what,
            String reason,
            Instant since,
            Instant until,
            @Nullable Instant ended) {

        public boolean running(Instant now) {
            return ended == null && until.isAfter(now);
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Delegations(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Own> own(Reader reader) {
        return jdbc.sql("select g.id, g.role, " + PLACE + ", g.until from access_grant g " + PLACES + " where " + OWN
                        + " order by g.id")
                .param("me", reader.account())
                .param("now", now())
                .query((r, n) -> new Own(
                        r.getLong(1),
                        Role.valueOf(r.getString(2)),
                        r.getString(3),
                        r.getTimestamp(4) == null ? null : r.getTimestamp(4).toInstant()))
                .list();
    }

    /** Colleagues of any of the reader's grants. */
    List<Colleague> colleagues(Reader reader) {
        return jdbc.sql("""
                        select a.id as account, p.masked_name || coalesce(' ' || a.username, '') as name
                        from account a join person p on p.id = a.person
                        where exists(select from access_grant g where %s and %s)
                        order by name limit 300
                        """.formatted(OWN, COLLEAGUE))
                .param("me", reader.account())
                .param("now", now())
                .param("today", CivilTime.date(clock.instant()))
                .query(Colleague.class)
                .list();
    }

    /** Of the reader's own grants, those the account is a colleague for. */
    List<Long> grantsFor(Reader reader, long taker) {
        return jdbc.sql("select g.id from access_grant g, account a where a.id = :taker and " + OWN + " and "
                        + COLLEAGUE)
                .param("taker", taker)
                .param("me", reader.account())
                .param("now", now())
                .param("today", CivilTime.date(clock.instant()))
                .query(Long.class)
                .list();
    }

    /** What the reader gave and was given, the running first. */
    List<Handed> of(Reader reader) {
        return handed("d.giver = :me or d.taker = :me", reader.account(), 0);
    }

    Optional<Handed> one(Reader reader, long id) {
        return handed("d.id = :id and (d.giver = :me or d.taker = :me)", reader.account(), id).stream()
                .findFirst();
    }

    private List<Handed> handed(String where, long me, long id) {
        return jdbc.sql("""
                        select d.id, d.giver = :me as given, p.masked_name || coalesce(' ' || a.username, '') as other,
                               (select string_agg(g.role || ' ' || %s, '；' order by g.id) from access_grant g %s where g.delegation = d.id) as what,
                               d.reason, d.since, d.until, d.ended_at
                        from delegation d
                                 join account a on a.id = case when d.giver = :me then d.taker else d.giver end
                                 join person p on p.id = a.person
                        where (%s) and cast(:id as bigint) is not null
                        order by d.ended_at is not null, d.until desc, d.id desc limit 100
                        """.formatted(PLACE, PLACES, where))
                .param("me", me)
                .param("id", id)
                .query((r, n) -> new Handed(
                        r.getLong("id"),
                        r.getBoolean("given"),
                        r.getString("other"),
                        words(r.getString("what")),
                        r.getString("reason"),
                        r.getTimestamp("since").toInstant(),
                        r.getTimestamp("until").toInstant(),
                        r.getTimestamp("ended_at") == null
                                ? null
                                : r.getTimestamp("ended_at").toInstant()))
                .list();
    }

    /** Names of roles for their codes. */
    static String words(@Nullable String what) {
        var words = what == null ? "" : what;
        for (var role : Role.values()) {
            words = words.replace(role.name() + " ", role.words() + " ");
        }
        return words;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
