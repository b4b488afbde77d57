package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hemei.ballot.BallotBox.Channel;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The protocol of decision 43, and everybody who attacks it. */
@HemeiTest
class BallotTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    Polls polls;

    @Autowired
    PollClock pollClock;

    @Autowired
    BallotBox box;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    private Town.Side side;
    private final List<Long> units = new ArrayList<>();
    private long poll;

    @BeforeEach
    void aPollOfSix() {
        side = towns.make().near();
        for (var n = 11; n < 17; n++) {
            units.add(towns.unit(side.building(), side.garden(), n));
        }
        poll = things.open(side, units.toArray(Long[]::new));
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    /** A household's ballot, as the browser makes it. */
    private record Ballot(Voter voter, byte[] signature) {}

    private Ballot take(long unit) {
        var voter = new Voter(box.key(poll, side.garden()));
        return new Ballot(voter, voter.unblind(box.sign(side.resident(), poll, unit, Channel.PHONE, voter.blinded())));
    }

    private byte[] cast(Ballot ballot, String answers) {
        return box.cast(poll, side.garden(), ballot.voter.message(), ballot.signature, ballot.voter.secret(), answers);
    }

    private Tally.Group count() {
        polls.close(side.districtDesk(), poll);
        pollClock.run(poll);
        return polls.tally(poll).groups().getFirst();
    }

    private int inTheBox() {
        return jdbc.sql("select count(*) from ballot_box where poll = ?")
                .param(poll)
                .query(Integer.class)
                .single();
    }

    @Test
    void everyBallotCountsAndIsFoundInTheList() {
        var receipts = units.stream()
                .map(unit -> HexFormat.of().formatHex(cast(take(unit), "4y")))
                .toList();
        assertThat(polls.tally(poll).groups().getFirst().answers()).isEmpty();
        var group = count();
        assertThat(group.valid()).isEqualTo(6);
        assertThat(group.issued()).isEqualTo(6);
        assertThat(group.count(1, '4')).isEqualTo(6);
        assertThat(group.count(2, 'n')).isZero();
        var list = new Tallies(jdbc, null).list(side.district(), poll, side.garden());
        assertThat(list).containsExactlyElementsOf(receipts.stream().sorted().toList());
        assertThat(HexFormat.of().formatHex(MerkleTree.root(list))).isEqualTo(group.root());
        // the root is in the audit log, which is sealed in its turn
        assertThat(jdbc.sql(
                                "select detail ->> 'root' from audit_entry where action = 'poll.counted' and subject_id = ?")
                        .param(String.valueOf(poll))
                        .query(String.class)
                        .single())
                .isEqualTo(polls.find(poll).orElseThrow().root());
    }

    @Test
    void replay() {
        var ballot = take(units.getFirst());
        var receipt = cast(ballot, "5y");
        assertThat(cast(ballot, "5y")).as("a broken connection").isEqualTo(receipt);
        assertThatThrownBy(() -> cast(ballot, "1n")).isInstanceOf(Refusal.class).hasMessageContaining("已经投过");
        assertThat(inTheBox()).isEqualTo(1);
    }

    @Test
    void aSecondBallotForTheSameHousehold() {
        take(units.getFirst());
        assertThatThrownBy(() -> take(units.getFirst()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("一户一票");
        // the same blinded number is signed again: the answer may have been lost on its way
        var voter = new Voter(box.key(poll, side.garden()));
        var first = box.sign(side.resident(), poll, units.get(1), Channel.PHONE, voter.blinded());
        assertThat(box.sign(side.resident(), poll, units.get(1), Channel.PHONE, voter.blinded()))
                .isEqualTo(first);
    }

    @Test
    void aForgedToken() {
        var ballot = take(units.getFirst());
        var forged = ballot.signature.clone();
        forged[40] ^= 1;
        assertThatThrownBy(() -> cast(new Ballot(ballot.voter, forged), "5y")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> cast(new Ballot(new Voter(box.key(poll, side.garden())), ballot.signature), "5y"))
                .isInstanceOf(Refusal.class);
        assertThat(inTheBox()).isZero();
    }

    @Test
    void aTokenOfAnotherEstateOrAnotherPoll() {
        var other = things.open(side, units.toArray(Long[]::new));
        var ballot = take(units.getFirst());
        assertThatThrownBy(() -> box.cast(
                        other, side.garden(), ballot.voter.message(), ballot.signature, ballot.voter.secret(), "5y"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不是这个小区");
    }

    @Test
    void tooLate() {
        var ballot = take(units.getFirst());
        clock.advance(Duration.ofDays(8));
        // the clock has not run yet, and still nothing is taken
        assertThatThrownBy(() -> cast(ballot, "5y")).isInstanceOf(Refusal.class).hasMessageContaining("截止");
        assertThatThrownBy(() -> take(units.get(1))).isInstanceOf(Refusal.class).hasMessageContaining("截止");
        pollClock.run(poll);
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.COUNTED);
        assertThat(polls.tally(poll).groups().getFirst().valid()).isZero();
    }

    /** Whoever holds the whole database: nothing in it joins a household's line with a ballot. */
    @Test
    void linkingByTimeOrOrder() {
        var order = units.stream()
                .map(unit -> HexFormat.of().formatHex(cast(take(unit), "3n")))
                .toList();
        // while the poll runs: covers of one length under a key that is not in the database
        assertThat(jdbc.sql("select count(distinct length(sealed)) from ballot_box where poll = ?")
                        .param(poll)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        count();
        // afterwards: all in one transaction, stored in the order of random numbers
        assertThat(jdbc.sql("select count(distinct xmin::text) from ballot where poll = ?")
                        .param(poll)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        var stored = jdbc.sql("select encode(commitment, 'hex') from ballot where poll = ? order by ctid")
                .param(poll)
                .query(String.class)
                .list();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(order).isSorted();
        assertThat(inTheBox()).isZero();
        // no table that casting writes has a column for a time, an account, a session or an address
        assertThat(jdbc.sql("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_name in ('ballot', 'ballot_box', 'ballot_roll')
                          and (data_type like 'timestamp%' or column_name ~ 'account|session|_at$|_by$|address|ip')
                        """).query(String.class).list()).isEmpty();
        // and the key that closed the box is gone
        assertThatThrownBy(() -> new PollSecretOf(poll).open()).hasMessageContaining("ballot-" + poll);
    }

    /** Reaches for the poll's key as somebody would who came after the count. */
    private final class PollSecretOf {
        private final long id;

        PollSecretOf(long id) {
            this.id = id;
        }

        void open() {
            pollKeys.secret(id);
        }
    }

    @Autowired
    PollKeys pollKeys;

    /** Casting leaves no trace of a person: not in the audit log, not in the event log, not among the idempotency keys. */
    @Test
    void castingWritesNothingButTheBallot() {
        var ballot = take(units.getFirst());
        var before = traces();
        cast(ballot, "5y");
        assertThat(traces()).isEqualTo(before);
        assertThat(inTheBox()).isEqualTo(1);
    }

    private String traces() {
        return jdbc.sql("""
                        select (select count(*) from audit_entry) || ' ' || (select count(*) from event_log) || ' '
                                   || (select count(*) from idempotency_key) || ' ' || (select count(*) from spring_session)
                        """).query(String.class).single();
    }

    @Test
    void fewBallotsAreNeverShownByAnswer() {
        units.subList(0, 4).forEach(unit -> cast(take(unit), "1n"));
        var group = count();
        assertThat(group.valid()).isEqualTo(4);
        assertThat(group.answers()).isEmpty();
        assertThat(jdbc.sql("select count(*) from ballot_count where poll = ? and question > 0")
                        .param(poll)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anUnfinishedBallotIsNotTakenAndCanBeFinished() {
        var ballot = take(units.getFirst());
        for (var wrong : List.of("5", "5yy", "6y", "55", "")) {
            assertThatThrownBy(() -> cast(ballot, wrong)).isInstanceOf(Refusal.class);
        }
        cast(ballot, "0" + "0");
        assertThat(inTheBox()).isEqualTo(1);
    }

    @Test
    void aCancelledPollIsDestroyedUnread() {
        cast(take(units.getFirst()), "5y");
        polls.cancel(side.districtDesk(), poll);
        assertThat(inTheBox()).isZero();
        pollClock.run(poll);
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.CANCELLED);
        assertThatThrownBy(() -> polls.close(side.districtDesk(), poll)).isInstanceOf(Refusal.class);
    }
}
