package org.hemei.ballot;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the desk of polls shows. */
@Component
class DeskQueries {

    static final int PAGE = 30;

    /** An estate's part of a poll. */
    record Line(
            long poll,
            String title,
            PollState state,
            Instant closesAt,
            long estate,
            String name,
            int eligible,
            int issued,
            @Nullable PollDue due) {

        String key() {
            return closesAt.getEpochSecond() + "_" + poll + "_" + estate;
        }
    }

    record Page(List<Line> lines, @Nullable String next) {}

    /** A unit that has no ballot yet. */
    record Unit(long id, String name) {}

    private final JdbcClient jdbc;
    private final Keyers keyers;

    DeskQueries(JdbcClient jdbc, Keyers keyers) {
        this.jdbc = jdbc;
        this.keyers = keyers;
    }

    /** What waits for somebody at an estate of a poll, as a word; null for nothing. */
    private static final String DUE = """
            case when exists (select from unnest(:barredPolls, :barredEstates) b (poll, estate)
                              where b.poll = g.poll and b.estate = g.estate) then null
                 when p.state = 'closed' and g.stuck_at is not null and g.voided_at is null then 'stuck'
                 when p.state = 'planned' and p.opens_at < :stalled or p.state = 'open' and p.closes_at < :stalled
                      or p.state = 'closed' and p.count_by < :stalled then 'stalled'
                 when p.state in ('open', 'closed') and exists (
                     select from ballot_sheet s
                     where s.district = g.district and s.poll = g.poll and s.estate = g.estate and s.state in ('once', 'differs')
                       and not exists (select from ballot_keying k where k.district = s.district and k.poll = s.poll
                                                                     and k.serial = s.serial and k.keyed_by = :me)) then 'sheets'
                 when p.state = 'open' and p.closes_at < :soon and exists (
                     select from ballot_roll r
                     where r.district = g.district and r.poll = g.poll and r.estate = g.estate and r.channel is null) then 'closes'
                 when p.state = 'planned' and p.opens_at < :soon then 'opens' end
            """;

    private JdbcClient.StatementSpec bound(String sql, Reader reader, Scope scope, Instant now) {
        var barred = keyers.barred(reader);
        return jdbc.sql(sql)
                .param("barredPolls", barred.stream().map(PollHands.Place::poll).toArray(Long[]::new))
                .param(
                        "barredEstates",
                        barred.stream().map(PollHands.Place::estate).toArray(Long[]::new))
                .param("patterns", scope.patterns())
                .param("me", reader.account())
                .param("stalled", Timestamp.from(now.minus(PollDue.GRACE)))
                .param("soon", Timestamp.from(now.plus(PollDue.SOON)));
    }

    /** The latest to close first. */
    Page page(Reader reader, Scope scope, PollFilter filter, Instant now) {
        var from = filter.key();
        var lines = bound("""
                        select * from (
                            select p.id, p.title, p.state, date_trunc('second', p.closes_at) as closes, e.id as estate, e.name, g.eligible,
                                   (select count(r.channel) from ballot_roll r
                                    where r.district = g.district and r.poll = g.poll and r.estate = g.estate) as issued, %s as due
                            from poll_group g join poll p on p.id = g.poll join estate e on e.id = g.estate
                            where e.community like any(:patterns) and starts_with(e.community, :area)
                              and (cast(:state as text) is null or p.state = :state)
                              and (:q = '' or strpos(e.name, :q) > 0 or strpos(p.title, :q) > 0)
                              and (cast(:year as int) is null or extract(year from p.closes_at at time zone 'Asia/Shanghai') = :year)
                              and (cast(:at as timestamptz) is null
                                   or (date_trunc('second', p.closes_at), p.id, e.id) < (:at, :poll, :estate))
                        ) l where not :waits or due is not null
                        order by closes desc, id desc, estate desc limit :most
                        """.formatted(DUE), reader, scope, now)
                .param("area", filter.area())
                .param("q", filter.q())
                .param("year", filter.year(), java.sql.Types.INTEGER)
                .param("waits", filter.waits())
                .param("state", filter.state() == null ? null : filter.state().code(), java.sql.Types.VARCHAR)
                .param("at", from == null ? null : Timestamp.from(from.closes()), java.sql.Types.TIMESTAMP)
                .param("poll", from == null ? 0 : from.poll())
                .param("estate", from == null ? 0 : from.estate())
                .param("most", PAGE + 1)
                .query((r, n) -> new Line(
                        r.getLong("id"),
                        r.getString("title"),
                        PollState.of(r.getString("state")),
                        r.getTimestamp("closes").toInstant(),
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getInt("eligible"),
                        r.getInt("issued"),
                        PollDue.of(r.getString("due"))))
                .list();
        return lines.size() > PAGE
                ? new Page(lines.subList(0, PAGE), lines.get(PAGE - 1).key())
                : new Page(lines, null);
    }

    /** Years in which a poll closes, the newest first. */
    List<Integer> years() {
        return jdbc.sql("""
                        select distinct cast(extract(year from closes_at at time zone 'Asia/Shanghai') as int) as year
                        from poll order by year desc
                        """).query(Integer.class).list();
    }

    /** At how many estates something waits for one who works there. */
    int due(Reader reader, Scope scope, Instant now) {
        return bound("""
                        select count(%s) from poll p join poll_group g on g.poll = p.id join estate e on e.id = g.estate
                        where p.state in ('planned', 'open', 'closed') and e.community like any(:patterns)
                        """.formatted(DUE), reader, scope, now)
                .query(Integer.class)
                .single();
    }

    /** How many polls that reach into the scope should have been moved by the clock and were not. */
    int stalled(Scope scope, Instant now) {
        return jdbc.sql("""
                        select count(*) from poll
                        where (area like any(:patterns) or exists (select from unnest(:areas) as a (code) where a.code like area || '%'))
                          and (state = 'planned' and opens_at < :stalled or state = 'open' and closes_at < :stalled
                               or state = 'closed' and count_by < :stalled)
                        """)
                .param("patterns", scope.patterns())
                .param("areas", scope.areas().toArray(String[]::new))
                .param("stalled", Timestamp.from(now.minus(PollDue.GRACE)))
                .query(Integer.class)
                .single();
    }

    List<Unit> without(int district, long poll, long estate) {
        return units("r.channel is null", district, poll, estate);
    }

    /** Households that were handed a sheet on this day. */
    List<Unit> handedOut(int district, long poll, long estate, LocalDate day) {
        return units("r.channel = 'paper' and r.paper_on = ?", district, poll, estate, day);
    }

    private List<Unit> units(String which, Object... params) {
        return jdbc.sql("""
                        select u.id, b.name || u.name as name from ballot_roll r
                                 join unit u on u.id = r.unit join building b on b.id = u.building
                        where r.district = ? and r.poll = ? and r.estate = ? and %s
                        order by b.position, u.entrance, u.floor, u.name, u.id
                        """.formatted(which))
                .params(params)
                .query((r, n) -> new Unit(r.getLong(1), r.getString(2)))
                .list();
    }

    Optional<Long> estate(int district, long poll, String serial) {
        return jdbc.sql("select estate from ballot_sheet where district = ? and poll = ? and serial = ?")
                .params(district, poll, serial)
                .query(Long.class)
                .optional();
    }
}
