package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

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
    MockMvc mvc;

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

    @Autowired
    Counting counting;

    @Autowired
    PollStore store;

    @Autowired
    Boxes boxes;

    @Autowired
    PaperSheets sheets;

    @Autowired
    PollKeys keys;

    @Autowired
    Attachments attachments;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private Town.Side side;
    private final List<Long> units = new ArrayList<>();
    private final List<Reader> people = new ArrayList<>();
    private List<String> serials = List.of();
    private final Set<String> scanned = Collections.synchronizedSet(new HashSet<>());
    private long poll;

    @BeforeEach
    void twoHouseholdsWithASheetEach() {
        side = towns.make().near();
        for (var n = 21; n < 26; n++) {
            units.add(towns.unit(side.building(), side.garden(), n));
        }
        people.add(side.communityDesk());
        people.add(side.streetDesk());
        people.add(towns.account(Role.COMMUNITY, side.community(), null, side.committee(), null));
        poll = things.open(side, units.toArray(Long[]::new));
        desk.print(people.getFirst(), poll, side.garden(), 3);
        units.subList(0, 2).forEach(unit -> desk.handOut(people.getFirst(), poll, side.garden(), unit));
        serials = desk.toPrint(people.getFirst(), poll, side.garden()).stream()
                .map(PaperSheets.Sheet::serial)
                .toList();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    private PaperSheets.State key(int who, int sheet, String answers) {
        // the first reading comes with a scan
        var scans = scanned.add(poll + "-" + sheet) ? List.of(scan(people.get(who))) : List.<UUID>of();
        return desk.key(people.get(who), poll, side.garden(), serials.get(sheet), answers, scans);
    }

    /** Nobody could decide between two readings of a sheet that only the first reader had before them. */
    @Test
    void aSheetIsReadFirstWithAScanBesideIt() {
        scanned.add(poll + "-0");
        assertThatThrownBy(() -> key(0, 0, "4y")).isInstanceOf(Refusal.class).hasMessageContaining("扫描件");
        scanned.clear();
        assertThat(key(0, 0, "4y")).isEqualTo(PaperSheets.State.ONCE);
        assertThat(key(1, 0, "4y")).as("whose own reading needs none").isEqualTo(PaperSheets.State.SETTLED);
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

    /** A household that is marked cannot cast in another way, so there has to be a sheet for it. */
    @Test
    void nobodyIsMarkedForASheetThatWasNeverNumbered() throws Exception {
        var page = "/ballots/" + poll + "/" + side.garden();
        mvc.perform(get(page).with(as(people.getFirst()))).andExpect(content().string(containsString("登记领票")));
        desk.handOut(people.getFirst(), poll, side.garden(), units.get(2));
        mvc.perform(get(page).with(as(people.getFirst())))
                .andExpect(content().string(containsString("编了号的 3 张都发出去了")))
                .andExpect(content().string(not(containsString("登记领票"))));
        assertThatThrownBy(() -> desk.handOut(people.getFirst(), poll, side.garden(), units.get(3)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("先编号、打印");
        desk.takeBack(people.getFirst(), poll, side.garden(), units.get(2), "选错了户");
        desk.handOut(people.getFirst(), poll, side.garden(), units.get(3));
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
        assertThat(tallies.sheets(side.district(), poll, side.garden()))
                .containsExactlyInAnyOrder(serials.get(0), serials.get(1));
        assertThat(tallies.list(side.district(), poll, side.garden()))
                .hasSize(2)
                .allMatch(line -> line.matches("[0-9a-f]{64}"));
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
        settle(1, "4y");
        // both came in and were decided on: nothing is waited for, and what was spoilt is told
        var group = count();
        assertThat(group.sheets()).isEqualTo(1);
        assertThat(group.spoilt()).isEqualTo(1);
    }

    private void settle(int sheet, String answers) {
        key(0, sheet, answers);
        key(1, sheet, answers);
    }

    private Tally.Group count() {
        polls.close(side.districtDesk(), poll);
        pollClock.run(poll);
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.COUNTED);
        return polls.tally(poll).groups().getFirst();
    }

    /**
     * Whoever holds the whole database, where some households voted on a screen and others on paper: the roll says which, and nothing
     * leads from there, or from a sheet's number, to answers.
     */
    @Test
    void theWayDoesNotTellWhoseBallotItIs() {
        units.subList(2, 5).forEach(unit -> {
            var voter = new Voter(box.key(poll, side.garden()));
            var signature =
                    voter.unblind(box.sign(side.resident(), poll, unit, BallotBox.Channel.PHONE, voter.blinded()));
            box.cast(poll, side.garden(), voter.message(), signature, voter.secret(), "1n");
        });
        settle(0, "5y");
        settle(1, "4y");
        var before = rows("ballot_sheet", "ballot_keying", "attachment");
        assertThat(before).filteredOn(row -> row.contains(serials.getFirst())).hasSize(4);
        count();
        assertThat(rows("ballot")).hasSize(5).noneMatch(row -> serials.stream().anyMatch(row::contains));
        assertThat(rows("ballot_keying", "attachment")).isEmpty();
        // what is left of a sheet is its number and that it counted
        assertThat(rows("ballot_sheet"))
                .hasSize(3)
                .allMatch(row -> row.contains("\"sealed\":null"))
                .filteredOn(row -> row.contains("settled"))
                .hasSize(2);
        // the two kinds are not told apart by what they consist of, nor by where they lie
        assertThat(jdbc.sql(
                                "select count(distinct xmin::text || length(secret) || length(answers)) from ballot where poll = ?")
                        .param(poll)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("select encode(commitment, 'hex') from ballot where poll = ? order by ctid")
                        .param(poll)
                        .query(String.class)
                        .list())
                .isSorted()
                .isEqualTo(tallies.list(side.district(), poll, side.garden()));
    }

    /** The rows of a poll in these tables, as text. */
    private List<String> rows(String... tables) {
        return Stream.of(tables)
                .flatMap(table -> jdbc
                        .sql("select to_json(t)::text from " + table + " t where "
                                + (table.equals("attachment")
                                        ? "owner_kind = 'ballot_sheet' and owner_id like '" + poll + "-%'"
                                        : "poll = " + poll))
                        .query(String.class)
                        .list()
                        .stream())
                .toList();
    }

    private UUID scan(Reader reader) {
        return Objects.requireNonNull(transaction.execute(status -> attachments.store(
                reader,
                side.district(),
                new ByteArrayInputStream(Pictures.of("png", 20, 20)),
                "票.png",
                Attachments.Purpose.PHOTO)));
    }

    /** Before the close, whoever holds the database and not the key: no reading of a sheet is clear text, nor can it be tried out. */
    @Test
    void noReadingCanBeReadBeforeTheClose() {
        settle(0, "4y");
        key(0, 1, "4y");
        assertThat(jdbc.sql("select encode(mark, 'hex') from ballot_keying where poll = ?")
                        .param(poll)
                        .query(String.class)
                        .list())
                .as("equal on one sheet, and not on two")
                .hasSize(3)
                .satisfies(marks -> assertThat(new HashSet<>(marks)).hasSize(2));
        var group = boxes.find(poll, side.garden()).orElseThrow();
        var sealed = sheets.settled(group).get(serials.getFirst());
        assertThat(PaperSheets.open(keys.secret(poll), group, serials.getFirst(), sealed))
                .isEqualTo("4y");
        var another = new PollSecret(new byte[32]);
        assertThatThrownBy(() -> PaperSheets.open(another, group, serials.getFirst(), sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThat(another.readingMark(serials.get(1), "4y"))
                .isNotEqualTo(keys.secret(poll).readingMark(serials.get(1), "4y"));
        assertThat(jdbc.sql("""
                        select table_name from information_schema.columns
                        where table_name in ('ballot_sheet', 'ballot_keying', 'ballot_box') and column_name = 'answers'
                        """).query(String.class).list()).isEmpty();
    }

    /** Which doors have no ballot yet is for those who go there; district and city read how many. */
    @Test
    void onlyWhoHandsOutBallotsReadsWhichHouseholdsHaveNone() throws Exception {
        key(0, 0, "4y");
        var page = "/ballots/" + poll + "/" + side.garden();
        mvc.perform(get(page).with(as(side.communityDesk())))
                .andExpect(content().string(containsString("还没领票的")))
                .andExpect(content().string(containsString(Serial.told(serials.getFirst()))));
        mvc.perform(get(page).with(as(side.districtDesk())))
                .andExpect(content().string(containsString("这里只看得到数，看不到哪户")))
                .andExpect(content().string(not(containsString("还没领票的"))))
                .andExpect(content().string(not(containsString(Serial.told(serials.getFirst())))));
    }

    /** What was not chosen is told beside its own question, all at once, and what was chosen stays. */
    @Test
    void whatIsMissingOnASheetIsToldBesideItsQuestion() throws Exception {
        mvc.perform(post("/ballots/" + poll + "/" + side.garden() + "/key")
                        .param("serial", "")
                        .param("q1", "4")
                        .param("q2", "")
                        .with(as(people.getFirst()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-serial\"")))
                .andExpect(content().string(not(containsString("id=\"e-q1\""))))
                .andExpect(content().string(containsString("<option value=\"4\" selected>")))
                .andExpect(content().string(containsString("id=\"e-q2\"")))
                .andExpect(content().string(containsString("第 2 题没选")));
    }

    @Test
    void aSheetThatIsKeyedWhenItsEstateWasCountedIsToldSo() {
        key(0, 0, "4y");
        polls.close(side.districtDesk(), poll);
        var closed = store.find(poll).orElseThrow();
        // the clock has counted this estate and goes on with the next; the poll is not counted yet
        transaction.executeWithoutResult(
                status -> counting.count(closed, boxes.find(poll, side.garden()).orElseThrow()));
        assertThat(store.find(poll).orElseThrow().state()).isEqualTo(PollState.CLOSED);
        assertThatThrownBy(() -> key(1, 0, "4y")).isInstanceOf(Refusal.class).hasMessageContaining("已经点完了");
        // and a second clock does not count it again
        transaction.executeWithoutResult(
                status -> counting.count(closed, boxes.find(poll, side.garden()).orElseThrow()));
    }

    /** One household took a sheet, and two people key two sheets at the same moment. */
    @Test
    void twoPeopleCannotKeyMoreSheetsThanHouseholdsTook() throws Exception {
        poll = things.open(side, units.toArray(Long[]::new));
        desk.print(people.getFirst(), poll, side.garden(), 2);
        desk.handOut(people.getFirst(), poll, side.garden(), units.getFirst());
        serials = desk.toPrint(people.getFirst(), poll, side.garden()).stream()
                .map(PaperSheets.Sheet::serial)
                .toList();
        try (var other = Executors.newSingleThreadExecutor()) {
            var second = transaction.execute(status -> {
                key(0, 0, "4y");
                var begun = other.submit(() -> key(1, 1, "4y"));
                while (!begun.isDone() && !somebodyWaits()) {
                    Thread.onSpinWait();
                }
                return begun;
            });
            assertThatThrownBy(second::get)
                    .hasRootCauseInstanceOf(Refusal.class)
                    .hasMessageContaining("不能比领纸票的户数多");
        }
    }

    private boolean somebodyWaits() {
        return jdbc.sql(
                        "select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))")
                .query(Boolean.class)
                .single();
    }
}
