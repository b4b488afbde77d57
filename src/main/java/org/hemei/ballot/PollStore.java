package org.hemei.ballot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Polls, their questions, and the roll; their boxes have a place of their own. */
@Repository
class PollStore {

    private static final HexFormat HEX = HexFormat.of();

    /** A household's line on the roll. @param channel null while it has no ballot yet */
    record Entry(
            int district, long estate, long unit, @Nullable String channel, byte @Nullable [] blinded) {}

    private final JdbcClient jdbc;

    PollStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param againOf the poll that is held once more; null for one of its own */
    long insert(PollPlan plan, Instant countBy, int minimum, @Nullable Long againOf) {
        var id = jdbc.sql("""
                        insert into poll (purpose, title, about, area, opens_at, closes_at, count_by, minimum, again_of, withheld)
                        values (:purpose, :title, :about, :area, :opens, :closes, :count, :minimum, :again, :withheld) returning id
                        """)
                .param("purpose", plan.purpose())
                .param("title", plan.title().strip())
                .param("about", plan.about().strip())
                .param("area", plan.area())
                .param("opens", Timestamp.from(plan.opens()))
                .param("closes", Timestamp.from(plan.closes()))
                .param("count", Timestamp.from(countBy))
                .param("minimum", minimum)
                .param("again", againOf, java.sql.Types.BIGINT)
                .param("withheld", plan.withheld())
                .query(Long.class)
                .single();
        for (var n = 0; n < plan.questions().size(); n++) {
            var question = plan.questions().get(n);
            jdbc.sql("insert into poll_question (poll, number, kind, words) values (?, ?, ?, ?)")
                    .params(id, n + 1, question.kind().code(), question.words())
                    .update();
        }
        plan.groups().forEach((estate, units) -> insertGroup(id, estate, units));
        return id;
    }

    private void insertGroup(long poll, long estate, List<Long> units) {
        jdbc.sql("""
                insert into poll_group (district, poll, estate, eligible)
                select district, :poll, id, :eligible from estate where id = :estate
                """)
                .param("poll", poll)
                .param("eligible", units.size())
                .param("estate", estate)
                .update();
        jdbc.sql("""
                insert into ballot_roll (district, poll, estate, unit)
                select e.district, :poll, e.id, u.id from unit u join estate e on e.id = u.estate
                where e.id = :estate and u.id = any(:units)
                """)
                .param("poll", poll)
                .param("estate", estate)
                .param("units", units.toArray(Long[]::new))
                .update();
    }

    /** Units of the plan that are no units of their estate. */
    int strangers(PollPlan plan) {
        return plan.groups().entrySet().stream()
                .mapToInt(group -> group.getValue().size()
                        - jdbc.sql("select count(*) from unit where estate = ? and id = any(?)")
                                .params(group.getKey(), group.getValue().toArray(Long[]::new))
                                .query(Integer.class)
                                .single())
                .sum();
    }

    Optional<Poll> find(long id) {
        return one("id = ?", id);
    }

    Optional<Poll> lock(long id) {
        return one("id = ? for no key update", id);
    }

    Optional<Poll> of(String purpose) {
        return one("purpose = ?", purpose);
    }

    /** The poll that is held once more after this one, however it stands. */
    Optional<Poll> again(long id) {
        return one("again_of = ?", id);
    }

    private Optional<Poll> one(String which, Object value) {
        return jdbc.sql("select * from poll where " + which)
                .param(value)
                .query(this::poll)
                .optional();
    }

    /** The households of an estate that were on the roll. */
    List<Long> units(Boxes.Group group) {
        return jdbc.sql("select unit from ballot_roll where district = ? and poll = ? and estate = ? order by unit")
                .params(group.district(), group.poll(), group.estate())
                .query(Long.class)
                .list();
    }

    /** All that a clock has to look at: a poll is over when its keys are gone. */
    List<Poll> running() {
        return jdbc.sql("select * from poll where not keys_gone order by id")
                .query(this::poll)
                .list();
    }

    private Poll poll(ResultSet row, int number) throws SQLException {
        var root = row.getBytes("root");
        return new Poll(
                row.getLong("id"),
                row.getString("purpose"),
                row.getString("title"),
                row.getString("about"),
                row.getString("area"),
                PollState.of(row.getString("state")),
                row.getInt("version"),
                row.getTimestamp("opens_at").toInstant(),
                row.getTimestamp("closes_at").toInstant(),
                row.getTimestamp("count_by").toInstant(),
                row.getInt("minimum"),
                root == null ? null : HEX.formatHex(root),
                row.getObject("again_of", Long.class),
                row.getBoolean("withheld"),
                row.getTimestamp("shown_at") != null,
                questions(row.getLong("id")));
    }

    private List<Question> questions(long poll) {
        return jdbc.sql("select kind, words from poll_question where poll = ? order by number")
                .param(poll)
                .query((r, n) -> new Question(Question.Kind.of(r.getString("kind")), r.getString("words")))
                .list();
    }

    void move(Poll poll, PollState to) {
        jdbc.sql("update poll set state = ?, version = version + 1 where id = ?")
                .params(to.code(), poll.id())
                .update();
    }

    void closeAt(Poll poll, Instant at) {
        jdbc.sql("update poll set closes_at = least(closes_at, ?) where id = ?")
                .params(Timestamp.from(at), poll.id())
                .update();
    }

    void counted(Poll poll, byte[] root) {
        jdbc.sql("update poll set state = 'counted', root = ?, version = version + 1 where id = ?")
                .params(root, poll.id())
                .update();
    }

    /** @return false when they were shown already, or never withheld */
    boolean shown(Poll poll, Instant at) {
        return jdbc.sql(
                                "update poll set shown_at = ?, version = version + 1 where id = ? and withheld and shown_at is null")
                        .params(Timestamp.from(at), poll.id())
                        .update()
                == 1;
    }

    /** Something about its boxes is other than it was: whoever looks at them looks again. */
    void touch(Poll poll) {
        jdbc.sql("update poll set version = version + 1 where id = ?")
                .param(poll.id())
                .update();
    }

    /** The private keys: nothing can be signed with them any more. The clock need not come back to the poll. */
    void keysGone(long poll) {
        jdbc.sql("update poll_group set key_sealed = null where poll = ? and key_sealed is not null")
                .param(poll)
                .update();
        jdbc.sql("update poll set keys_gone = true where id = ? and not keys_gone")
                .param(poll)
                .update();
    }

    Optional<Entry> entry(long poll, long unit) {
        return jdbc.sql("select * from ballot_roll where poll = ? and unit = ?")
                .params(poll, unit)
                .query((r, n) -> new Entry(
                        r.getInt("district"),
                        r.getLong("estate"),
                        r.getLong("unit"),
                        r.getString("channel"),
                        r.getBytes("blinded")))
                .optional();
    }

    /** Marks that households without a ballot were reminded. @return false when they were already */
    boolean reminded(long poll, Instant at) {
        return jdbc.sql("update poll set reminded_at = ? where id = ? and reminded_at is null")
                        .params(Timestamp.from(at), poll)
                        .update()
                == 1;
    }

    /** @return false when the household had its ballot already */
    boolean take(int district, long poll, long unit, String channel, byte @Nullable [] blinded) {
        return jdbc.sql("""
                        update ballot_roll set channel = :channel, blinded = :blinded
                        where district = :district and poll = :poll and unit = :unit and channel is null
                        """)
                        .param("channel", channel)
                        .param("blinded", blinded, java.sql.Types.BINARY)
                        .param("district", district)
                        .param("poll", poll)
                        .param("unit", unit)
                        .update()
                == 1;
    }
}
