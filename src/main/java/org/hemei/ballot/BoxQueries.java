package org.hemei.ballot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lists and panels show of polls. */
@Component
class BoxQueries {

    static final int ESTATES = 100;
    private static final java.time.Duration LATELY = java.time.Duration.ofDays(30);

    /** A poll in a list. */
    record Shown(long id, String title, PollState state, Instant opensAt, Instant closesAt, int estates) {}

    /** An estate of a poll. @param voided whether its ballots do not count, given up or annulled */
    record Estate(long id, String name, int eligible, boolean voided) {

        /** As long as it is heard about. */
        Estate standing() {
            return new Estate(id, name, eligible, false);
        }
    }

    /** A poll at an estate. */
    record At(long poll, String title, PollState state, Instant closesAt, long estate, String name, boolean voided) {

        At standing() {
            return new At(poll, title, state, closesAt, estate, name, false);
        }
    }

    /** A poll in which one of the reader's homes is drawn. @param closed nothing is taken any more, whether it is counted or not; channel how its ballot was taken; null while it was not */
    record Home(
            long poll,
            String title,
            Instant closesAt,
            boolean closed,
            boolean counted,
            boolean voided,
            long estate,
            long unit,
            String home,
            @Nullable String channel) {

        Home standing() {
            return new Home(poll, title, closesAt, closed, counted, false, estate, unit, home, channel);
        }
    }

    private final JdbcClient jdbc;
    private final List<PollHearings> hearings;

    BoxQueries(JdbcClient jdbc, List<PollHearings> hearings) {
        this.jdbc = jdbc;
        this.hearings = hearings;
    }

    /** Whether it is still heard about that the count of an estate is to be annulled: until then it stays. */
    boolean heard(long poll, long estate) {
        return heard(List.of(poll)).contains(new PollHands.Place(poll, estate));
    }

    private Set<PollHands.Place> heard(Collection<Long> polls) {
        return hearings.stream().flatMap(room -> room.heard(polls).stream()).collect(Collectors.toSet());
    }

    static final int PAGE = 50;

    /** What everybody may look at, the last to close first; one more than a page where there are more. @param after the last one seen */
    List<Shown> shown(long after) {
        return jdbc.sql("""
                        select p.*, (select count(*) from poll_group g where g.poll = p.id) as estates
                        from poll p where p.state in ('open', 'closed', 'counted')
                          and (:after = 0 or (p.closes_at, p.id) < (select l.closes_at, l.id from poll l where l.id = :after))
                        order by p.closes_at desc, p.id desc limit :most
                        """)
                .param("after", after)
                .param("most", PAGE + 1)
                .query((r, n) -> new Shown(
                        r.getLong("id"),
                        r.getString("title"),
                        PollState.of(r.getString("state")),
                        r.getTimestamp("opens_at").toInstant(),
                        r.getTimestamp("closes_at").toInstant(),
                        r.getInt("estates")))
                .list();
    }

    /** By name; one more than a page where there are more. @param after the last one seen, 0 for none */
    List<Estate> estates(long poll, String q, long after) {
        var found = jdbc.sql("""
                        select e.id, e.name, g.eligible, coalesce(g.voided_at, g.annulled_at) is not null from poll_group g join estate e on e.id = g.estate
                        where g.poll = :poll and strpos(e.name, :q) > 0
                          and (:after = 0 or (e.name, e.id) > (select l.name, l.id from estate l where l.id = :after))
                        order by e.name, e.id limit :most
                        """)
                .param("poll", poll)
                .param("q", q)
                .param("after", after)
                .param("most", ESTATES + 1)
                .query((r, n) -> new Estate(r.getLong(1), r.getString(2), r.getInt(3), r.getBoolean(4)))
                .list();
        var heard = found.stream().anyMatch(Estate::voided) ? heard(List.of(poll)) : Set.of();
        return found.stream()
                .map(one -> heard.contains(new PollHands.Place(poll, one.id)) ? one.standing() : one)
                .toList();
    }

    /** The root over all public keys, as it stands in the audit log since the poll was opened; null before. */
    @Nullable
    String audited(long poll) {
        return jdbc.sql("""
                        select detail ->> 'keys' from audit_entry
                        where subject_kind = 'poll' and subject_id = ? and action = 'poll.opened' order by id limit 1
                        """)
                .param(String.valueOf(poll))
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** What runs at an estate, or was counted there within the last weeks; what ends first stands first. */
    List<At> at(long estate, Instant now) {
        return at(
                "g.estate = :subject and (p.state in ('open', 'closed') or p.state = 'counted' and p.closes_at > :lately)",
                estate,
                now);
    }

    /** What runs where the reader lives, although none of their homes is drawn: they can follow it. */
    List<At> around(Scope resident, Instant now) {
        var units = resident.grants().stream()
                .map(grant -> grant.unit())
                .filter(java.util.Objects::nonNull)
                .toArray(Long[]::new);
        return units.length == 0 ? List.of() : at("""
                        g.estate in (select estate from unit where id = any(:subject)) and p.state in ('open', 'closed')
                        and not exists (select from ballot_roll r where r.poll = p.id and r.unit = any(:subject))
                        and p.closes_at > :lately
                        """, units, now);
    }

    private List<At> at(String where, Object subject, Instant now) {
        var found = jdbc.sql("""
                        select p.id, p.title, p.state, p.closes_at, g.estate, e.name, coalesce(g.voided_at, g.annulled_at) is not null as voided
                        from poll_group g join poll p on p.id = g.poll join estate e on e.id = g.estate
                        where %s order by p.state = 'counted', p.closes_at, p.id
                        """.formatted(where))
                .param("subject", subject)
                .param("lately", java.sql.Timestamp.from(now.minus(LATELY)))
                .query((r, n) -> new At(
                        r.getLong("id"),
                        r.getString("title"),
                        PollState.of(r.getString("state")),
                        r.getTimestamp("closes_at").toInstant(),
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getBoolean("voided")))
                .list();
        var heard =
                heard(found.stream().filter(At::voided).map(At::poll).distinct().toList());
        return found.stream()
                .map(one -> heard.contains(new PollHands.Place(one.poll, one.estate)) ? one.standing() : one)
                .toList();
    }

    /** Polls that concern the reader's homes: open ones, those that wait to be counted, and those counted within the last weeks. */
    List<Home> homes(Reader reader, Scope resident, Instant now) {
        var units = resident.grants().stream().map(grant -> grant.unit()).toArray(Long[]::new);
        if (!reader.signedIn() || units.length == 0) {
            return List.of();
        }
        var found = jdbc.sql("""
                        select p.id, p.title, p.closes_at,
                               p.state <> 'open' or p.closes_at <= :now as closed, p.state = 'counted' as counted, coalesce(g.voided_at, g.annulled_at) is not null as voided, r.estate, r.unit,
                               e.name || ' ' || b.name || u.name as home, r.channel
                        from ballot_roll r
                                 join poll p on p.id = r.poll
                                 join poll_group g on g.district = r.district and g.poll = r.poll and g.estate = r.estate
                                 join unit u on u.id = r.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = r.estate
                        where r.unit = any(:units)
                          and (p.state in ('open', 'closed') or p.state = 'counted' and p.closes_at > :lately)
                        order by p.state = 'counted', p.closes_at, p.id
                        """)
                .param("units", units)
                .param("now", java.sql.Timestamp.from(now))
                .param("lately", java.sql.Timestamp.from(now.minus(LATELY)))
                .query((r, n) -> new Home(
                        r.getLong("id"),
                        r.getString("title"),
                        r.getTimestamp("closes_at").toInstant(),
                        r.getBoolean("closed"),
                        r.getBoolean("counted"),
                        r.getBoolean("voided"),
                        r.getLong("estate"),
                        r.getLong("unit"),
                        r.getString("home"),
                        r.getString("channel")))
                .list();
        var heard = heard(
                found.stream().filter(Home::voided).map(Home::poll).distinct().toList());
        return found.stream()
                .map(one -> heard.contains(new PollHands.Place(one.poll, one.estate)) ? one.standing() : one)
                .toList();
    }
}
