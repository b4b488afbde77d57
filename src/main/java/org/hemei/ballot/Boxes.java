package org.hemei.ballot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The boxes of a poll, one for the households of each estate: its key, whether it is open, and what became of its count. */
@Repository
class Boxes {

    /**
     * @param modulus of the public key; null until it was made
     * @param root null until it was counted
     * @param sheetsRoot of the list of sheets; null until it was counted, and where it was counted by an earlier version
     * @param counts digest of the published numbers; null until it was counted, and where it was counted by an earlier version
     * @param stuck whether its count failed, since its box does not open; voided: whether it was given up for that
     */
    record Group(
            int district,
            long poll,
            long estate,
            boolean casting,
            byte @Nullable [] modulus,
            byte @Nullable [] keySealed,
            byte @Nullable [] root,
            byte @Nullable [] sheetsRoot,
            byte @Nullable [] counts,
            boolean stuck,
            boolean voided) {

        /** Whether nothing more is to be done about it. */
        boolean over() {
            return root != null || voided;
        }
    }

    private final JdbcClient jdbc;

    Boxes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Opens or shuts the boxes. Shutting waits for every ballot that is just coming in. */
    void casting(long poll, boolean on) {
        jdbc.sql("update poll_group set casting = ? where poll = ?")
                .params(on, poll)
                .update();
    }

    List<Group> all(long poll) {
        return jdbc.sql("select * from poll_group where poll = ? order by estate")
                .param(poll)
                .query(Boxes::group)
                .list();
    }

    /** The public keys, a line each: whoever has seen one can tell that it is everybody's. */
    List<String> keys(Poll poll) {
        return jdbc.sql("""
                        select estate || ':' || encode(sha256(key_modulus), 'hex') from poll_group
                        where poll = ? and key_modulus is not null order by estate
                        """).param(poll.id()).query(String.class).list();
    }

    Optional<Group> find(long poll, long estate) {
        return jdbc.sql("""
                        select g.* from poll_group g join estate e on e.id = g.estate and e.district = g.district
                        where g.poll = ? and g.estate = ?
                        """).params(poll, estate).query(Boxes::group).optional();
    }

    /** The group, held as it is until the transaction ends: it is not closed meanwhile. */
    Optional<Group> hold(int district, long poll, long estate) {
        return jdbc.sql("select * from poll_group where district = ? and poll = ? and estate = ? for share")
                .params(district, poll, estate)
                .query(Boxes::group)
                .optional();
    }

    /** The group for one alone: nobody casts, keys or counts there until the transaction ends. */
    Optional<Group> seize(int district, long poll, long estate) {
        return jdbc.sql("select * from poll_group where district = ? and poll = ? and estate = ? for no key update")
                .params(district, poll, estate)
                .query(Boxes::group)
                .optional();
    }

    private static Group group(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getInt("district"),
                row.getLong("poll"),
                row.getLong("estate"),
                row.getBoolean("casting"),
                row.getBytes("key_modulus"),
                row.getBytes("key_sealed"),
                row.getBytes("root"),
                row.getBytes("sheets_root"),
                row.getBytes("counts_digest"),
                row.getTimestamp("stuck_at") != null && row.getTimestamp("voided_at") == null,
                row.getTimestamp("voided_at") != null);
    }

    /** Polls whose keys are not all made, the next to open first. */
    List<Long> keyless() {
        return jdbc.sql("""
                        select p.id from poll p
                        where p.state = 'planned' and not p.keys_gone
                          and exists (select from poll_group g where g.poll = p.id and g.key_modulus is null)
                        order by p.opens_at, p.id
                        """).query(Long.class).list();
    }

    /** Some groups of a poll that have no key. */
    List<Group> keyless(long poll, int most) {
        return jdbc.sql("select * from poll_group where poll = ? and key_modulus is null order by estate limit ?")
                .params(poll, most)
                .query(Boxes::group)
                .list();
    }

    Polls.Keys keys(long poll) {
        return jdbc.sql("select count(key_modulus) as made, count(*) as wanted from poll_group where poll = ?")
                .param(poll)
                .query(Polls.Keys.class)
                .single();
    }

    /** Counts that failed. @return how many of them had not failed before */
    int stuck(Poll poll, List<Group> groups, Instant at) {
        return jdbc.sql("""
                        update poll_group set stuck_at = :at
                        where poll = :poll and estate = any(:estates) and stuck_at is null and root is null
                        """)
                .param("at", Timestamp.from(at))
                .param("poll", poll.id())
                .param("estates", groups.stream().map(Group::estate).toArray(Long[]::new))
                .update();
    }

    void voided(Group group, String reason, long by, Instant at) {
        jdbc.sql("""
                update poll_group set voided_at = :at, voided_by = :by, void_reason = :reason
                where district = :district and poll = :poll and estate = :estate
                """)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .param("reason", reason)
                .param("district", group.district())
                .param("poll", group.poll())
                .param("estate", group.estate())
                .update();
    }

    /** @return false when it was annulled already */
    boolean annulled(Group group, String reason, long by, Instant at) {
        return jdbc.sql("""
                        update poll_group set annulled_at = :at, annulled_by = :by, annul_reason = :reason
                        where district = :district and poll = :poll and estate = :estate and annulled_at is null
                        """)
                        .param("at", Timestamp.from(at))
                        .param("by", by)
                        .param("reason", reason)
                        .param("district", group.district())
                        .param("poll", group.poll())
                        .param("estate", group.estate())
                        .update()
                == 1;
    }

    /** Those that are annulled, and whose households did not hear that it holds. */
    List<PollHands.Place> untold() {
        return jdbc.sql("select poll, estate from poll_group where annulled_at is not null and annul_told_at is null")
                .query(PollHands.Place.class)
                .list();
    }

    /** @return false when it is not annulled any more, or they were told */
    boolean told(Group group, Instant at) {
        return jdbc.sql("""
                        update poll_group set annul_told_at = :at
                        where district = :district and poll = :poll and estate = :estate and annulled_at is not null and annul_told_at is null
                        """)
                        .param("at", Timestamp.from(at))
                        .param("district", group.district())
                        .param("poll", group.poll())
                        .param("estate", group.estate())
                        .update()
                == 1;
    }

    /** @return false when it was not annulled */
    boolean reinstated(Group group) {
        return jdbc.sql("""
                        update poll_group set annulled_at = null, annulled_by = null, annul_reason = null, annul_told_at = null
                        where district = :district and poll = :poll and estate = :estate and annulled_at is not null
                        """)
                        .param("district", group.district())
                        .param("poll", group.poll())
                        .param("estate", group.estate())
                        .update()
                == 1;
    }

    /** A key that is made stays: it may have been seen already. */
    void key(Group group, byte[] modulus, byte[] sealed) {
        jdbc.sql("""
                        update poll_group set key_modulus = ?, key_sealed = ?
                        where district = ? and poll = ? and estate = ? and key_modulus is null
                        """)
                .params(modulus, sealed, group.district(), group.poll(), group.estate())
                .update();
    }
}
