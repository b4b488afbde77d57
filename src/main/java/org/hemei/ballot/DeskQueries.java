package org.hemei.ballot;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            int issued) {

        String key() {
            return closesAt.getEpochSecond() + "_" + poll + "_" + estate;
        }
    }

    record Page(List<Line> lines, @Nullable String next) {}

    /** A unit that has no ballot yet. */
    record Unit(long id, String name) {}

    private final JdbcClient jdbc;

    DeskQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest to close first. */
    Page page(Scope scope, @Nullable PollState state, String after) {
        var parts = after.matches("\\d{1,11}_\\d{1,18}_\\d{1,18}") ? after.split("_") : null;
        var lines = jdbc.sql("""
                        select p.id, p.title, p.state, date_trunc('second', p.closes_at) as closes, e.id as estate, e.name, g.eligible,
                               (select count(r.channel) from ballot_roll r
                                where r.district = g.district and r.poll = g.poll and r.estate = g.estate) as issued
                        from poll_group g join poll p on p.id = g.poll join estate e on e.id = g.estate
                        where e.community like any(:patterns) and (cast(:state as text) is null or p.state = :state)
                          and (cast(:at as timestamptz) is null or (date_trunc('second', p.closes_at), p.id, e.id) < (:at, :poll, :estate))
                        order by closes desc, p.id desc, e.id desc limit :most
                        """)
                .param("patterns", scope.patterns())
                .param("state", state == null ? null : state.code(), java.sql.Types.VARCHAR)
                .param(
                        "at",
                        parts == null ? null : Timestamp.from(Instant.ofEpochSecond(Long.parseLong(parts[0]))),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("poll", parts == null ? 0 : Long.parseLong(parts[1]))
                .param("estate", parts == null ? 0 : Long.parseLong(parts[2]))
                .param("most", PAGE + 1)
                .query((r, n) -> new Line(
                        r.getLong("id"),
                        r.getString("title"),
                        PollState.of(r.getString("state")),
                        r.getTimestamp("closes").toInstant(),
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getInt("eligible"),
                        r.getInt("issued")))
                .list();
        return lines.size() > PAGE
                ? new Page(lines.subList(0, PAGE), lines.get(PAGE - 1).key())
                : new Page(lines, null);
    }

    List<Unit> without(int district, long poll, long estate) {
        return jdbc.sql("""
                        select u.id, b.name || u.name as name from ballot_roll r
                                 join unit u on u.id = r.unit join building b on b.id = u.building
                        where r.district = ? and r.poll = ? and r.estate = ? and r.channel is null
                        order by b.position, u.entrance, u.floor, u.name, u.id
                        """)
                .params(district, poll, estate)
                .query((r, n) -> new Unit(r.getLong(1), r.getString(2)))
                .list();
    }

    Optional<String> community(int district, long poll, String serial) {
        return jdbc.sql("""
                        select e.community from ballot_sheet s join estate e on e.id = s.estate
                        where s.district = ? and s.poll = ? and s.serial = ?
                        """).params(district, poll, serial).query(String.class).optional();
    }
}
