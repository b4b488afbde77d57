package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Paper beside the other ways: one household, one ballot; two readings by two people, a third where they differ. */
@HemeiTest
class PaperTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    SheetDesk desk;

    @Autowired
    Polls polls;

    @Autowired
    PollClock pollClock;

    @Autowired
    BallotBox box;

    @Autowired
    Tallies tallies;

    @Autowired
    MovableClock clock;

    private Town.Side side;
    private final List<Long> units = new ArrayList<>();
    private final List<Reader> people = new ArrayList<>();
    private List<String> serials = List.of();
    private long poll;

    @BeforeEach
    void twoHouseholdsWithASheetEach() {
        side = towns.make().near();
        for (var n = 21; n < 24; n++) {
            units.add(towns.unit(side.building(), side.garden(), n));
        }
        people.add(side.communityDesk());
        people.add(side.streetDesk());
        people.add(towns.account(Role.COMMUNITY, side.community(), null, side.committee(), null));
        poll = things.open(side, units.toArray(Long[]::new));
        units.subList(0, 2).forEach(unit -> desk.handOut(people.getFirst(), poll, side.garden(), unit));
        desk.print(people.getFirst(), poll, side.garden(), 3);
        serials = desk.toPrint(people.getFirst(), poll, side.garden()).stream()
                .map(PaperSheets.Sheet::serial)
                .toList();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    private PaperSheets.State key(int who, int sheet, String answers) {
        return desk.key(people.get(who), poll, side.garden(), serials.get(sheet), answers, List.of());
    }

    @Test
    void oneHouseholdOneBallotWhateverTheWay() {
        var voter = new Voter(box.key(poll, side.garden()));
        assertThatThrownBy(() ->
                        box.sign(side.resident(), poll, units.getFirst(), BallotBox.Channel.PHONE, voter.blinded()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("纸质");
        box.sign(side.resident(), poll, units.get(2), BallotBox.Channel.FACE, voter.blinded());
        assertThatThrownBy(() -> desk.handOut(people.getFirst(), poll, side.garden(), units.get(2)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("上门");
    }

    @Test
    void twoReadingsByTwoPeopleAndAThirdWhereTheyDiffer() {
        assertThat(key(0, 0, "4y")).isEqualTo(PaperSheets.State.ONCE);
        assertThatThrownBy(() -> key(0, 0, "4y")).isInstanceOf(Refusal.class).hasMessageContaining("另一个人");
        assertThat(key(1, 0, "4y")).isEqualTo(PaperSheets.State.SETTLED);
        assertThat(key(1, 1, "1n")).isEqualTo(PaperSheets.State.ONCE);
        assertThat(key(0, 1, "2n")).isEqualTo(PaperSheets.State.DIFFERS);
        assertThat(key(2, 1, "1n")).isEqualTo(PaperSheets.State.SETTLED);
        // more sheets than households that took one: somebody would be stuffing
        assertThatThrownBy(() -> key(0, 2, "5y")).isInstanceOf(Refusal.class).hasMessageContaining("不能比领纸票的户数多");
        polls.close(side.districtDesk(), poll);
        pollClock.run(poll);
        var group = polls.tally(poll).groups().getFirst();
        assertThat(group.sheets()).isEqualTo(2);
        assertThat(group.screens()).isZero();
        assertThat(tallies.list(side.district(), poll, side.garden()))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder(serials.get(0), serials.get(1));
    }

    @Test
    void paperThatCameInIsWaitedForAndWhatIsNotReadTwiceDoesNotCount() {
        key(0, 0, "4y");
        key(0, 1, "4y");
        key(1, 1, "4y");
        clock.advance(Duration.ofDays(8));
        pollClock.run(poll);
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.CLOSED);
        clock.advance(Polls.KEYING);
        pollClock.run(poll);
        var group = polls.tally(poll).groups().getFirst();
        assertThat(group.valid()).isEqualTo(1);
        assertThat(group.spoilt()).isEqualTo(1);
    }

    @Test
    void threeReadingsAndNoTwoAlike() {
        key(0, 0, "4y");
        key(1, 0, "3y");
        assertThat(key(2, 0, "2y")).isEqualTo(PaperSheets.State.SPOILT);
        assertThatThrownBy(() -> desk.key(people.getFirst(), poll, side.garden(), "AAAA", "4y", List.of()))
                .isInstanceOf(Refusal.class);
    }
}
