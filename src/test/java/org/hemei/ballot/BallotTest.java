package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hemei.ballot.BallotBox.Channel;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

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
    Tallies tallies;

    @Autowired
    BallotBox box;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RootCommand root;

    @Autowired
    Boxes boxes;

    @Autowired
    MockMvc mvc;

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
        var list = tallies.list(side.district(), poll, side.garden());
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

    /** Whoever holds the database changes what is scored, and nothing else: the page, the command and whoever computes with it see it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ballot_count set ballots = ballots - 1 where poll = ? and question = 1 and answer = '4'",
                "update ballot_count set answer = '1' where poll = ? and question = 1 and answer = '4'",
                "update ballot set answers = '1y' where poll = ? and ctid = (select ctid from ballot where poll = ? limit 1)",
                "delete from ballot where poll = ? and ctid = (select ctid from ballot where poll = ? limit 1)",
                "insert into ballot_sheet (district, poll, serial, estate, state) select district, poll, '0000000000AA', estate, 'settled' from poll_group where poll = ?",
                "update poll_group set counts_digest = sha256('') where poll = ?",
                "update poll_group set counts_salt = substr(sha256(''), 1, 16) where poll = ?",
                "update poll set root = sha256('') where id = ?"
            })
    void whoeverAltersACountIsSeen(String change) throws Exception {
        units.forEach(unit -> cast(take(unit), "4y"));
        count();
        var page = "/ballot-box/" + poll + "/" + side.garden();
        assertThat(polls.sealed(poll).groups().getFirst().count(1, '4')).isEqualTo(6);
        assertThat(command("" + poll)).startsWith("0").contains("一致。");
        mvc.perform(get(page)).andExpect(content().string(containsString("都在封存的根值下面")));

        var parameters = change.chars().filter(c -> c == '?').count();
        assertThat(jdbc.sql(change)
                        .params(java.util.Collections.nCopies((int) parameters, poll))
                        .update())
                .isPositive();

        assertThat(command("" + poll)).startsWith("1").contains("不一致");
        // a look holds for some minutes, and says when it was
        clock.advance(Recount.HOLDS);
        mvc.perform(get(page)).andExpect(content().string(containsString("又核了一遍，对不上")));
        if (!change.contains("ballot set")
                && !change.contains("from ballot where")
                && !change.contains("ballot_sheet")) { // else the scored numbers are still those sealed
            assertThatThrownBy(() -> polls.sealed(poll))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("对不上");
        }
    }

    /** A poll of an earlier version has no seal over its numbers: there its ballots vouch for them. */
    @Test
    void withoutASealOfTheNumbersTheBallotsVouch() {
        units.forEach(unit -> cast(take(unit), "4y"));
        count();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly(); // the audit log stays as it is
            jdbc.sql("update poll_group set counts_digest = null where poll = ?")
                    .param(poll)
                    .update();
            var over = MerkleTree.root(Tallies.roots(boxes.all(poll)));
            jdbc.sql("update poll set root = ? where id = ?").params(over, poll).update();
            jdbc.sql(
                            "update audit_entry set detail = jsonb_build_object('root', ?::text) where action = 'poll.counted' and subject_id = ?")
                    .params(HexFormat.of().formatHex(over), String.valueOf(poll))
                    .update();
            assertThat(polls.sealed(poll).groups()).hasSize(1);
            jdbc.sql("update ballot_count set answer = '1' where poll = ? and question = 1")
                    .param(poll)
                    .update();
            assertThatThrownBy(() -> polls.sealed(poll))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("对不上");
        });
    }

    private String command(String... words) {
        var out = new ByteArrayOutputStream();
        var code = root.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + out.toString(StandardCharsets.UTF_8);
    }

    /** Who else scores the same thing does not read the ballots before: only that they are sealed. */
    @Test
    void answersThatAreWithheldAreSealedAndToldLater() throws Exception {
        poll = polls.plan(side.districtDesk(), things.withheld(side, units.toArray(Long[]::new)));
        pollClock.run(poll);
        units.forEach(unit -> cast(take(unit), "4y"));
        count();
        var page = "/ballot-box/" + poll + "/" + side.garden();
        var digest = polls.tally(poll).groups().getFirst().countsDigest();
        mvc.perform(get(page))
                .andExpect(content().string(containsString("初评公示那天一起公布")))
                .andExpect(content().string(containsString("加起来是封存的数")))
                .andExpect(content().string(containsString(digest)))
                .andExpect(content().string(not(containsString("6 票"))));
        mvc.perform(get(page + "/counts.txt")).andExpect(status().isNotFound());
        mvc.perform(get(page + "/list.txt")).andExpect(status().isOk());
        polls.show(side.districtDesk(), poll);
        mvc.perform(get(page)).andExpect(content().string(containsString("6 票")));
        var counts =
                mvc.perform(get(page + "/counts.txt")).andReturn().getResponse().getContentAsByteArray();
        assertThat(HexFormat.of().formatHex(MerkleTree.sha256(counts))).isEqualTo(digest);
    }

    /**
     * Somebody who knows how many ballots came tries every sum they can have until one gives the published digest. The right one is among
     * them, and gives it only with the salt, which comes with the answers.
     */
    @Test
    void nobodyGuessesWithheldAnswersFromTheirDigest() throws Exception {
        poll = polls.plan(side.districtDesk(), things.withheld(side, units.toArray(Long[]::new)));
        pollClock.run(poll);
        units.subList(0, 4).forEach(unit -> cast(take(unit), "4y"));
        units.subList(4, 6).forEach(unit -> cast(take(unit), "2n"));
        count();
        var page = "/ballot-box/" + poll + "/" + side.garden();
        var digest = polls.tally(poll).groups().getFirst().countsDigest();
        var guesses = guesses();
        assertThat(guesses).doesNotContainKey(digest);
        // counted by an earlier version, without salt, and not told yet: the digest waits with the answers
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("update poll_group set counts_salt = null where poll = ?")
                    .param(poll)
                    .update();
            jdbc.sql("update poll_group g set counts_digest = %s where poll = ?".formatted(Tallies.COUNTS_DIGEST))
                    .param(poll)
                    .update();
            var old = HexFormat.of().formatHex(boxes.all(poll).getFirst().counts());
            assertThat(guesses).containsKey(old);
            assertThat(perform(page)).doesNotContain(old);
            assertThat(perform("/ballot-box/" + poll + "/roots.txt")).doesNotContain(old);
        });
        polls.show(side.districtDesk(), poll);
        var told = perform(page + "/counts.txt");
        assertThat(told).startsWith("salt ");
        assertThat(guesses).containsValue(told.substring(told.indexOf('\n') + 1));
    }

    private String perform(String address) {
        try {
            return mvc.perform(get(address)).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every file of numbers that six screens' ballots over the two questions can give, by its digest. */
    private static Map<String, String> guesses() {
        var files = new java.util.HashMap<String, String>();
        for (var grades : sums("012345", 6)) {
            for (var answers : sums("0ny", 6)) {
                var file = "0 screen 6\n0 sheet 0\n" + lines(1, grades) + lines(2, answers);
                files.put(HexFormat.of().formatHex(MerkleTree.sha256(file.getBytes(StandardCharsets.UTF_8))), file);
            }
        }
        return files;
    }

    private static String lines(int question, Map<Character, Integer> sums) {
        var lines = new StringBuilder();
        sums.forEach((answer, ballots) -> lines.append(question + " " + answer + " " + ballots + "\n"));
        return lines.toString();
    }

    /** All ways in which so many ballots can be spread over the answers. */
    private static List<Map<Character, Integer>> sums(String answers, int ballots) {
        var all = new ArrayList<Map<Character, Integer>>();
        if (answers.length() == 1) {
            all.add(ballots == 0 ? Map.of() : Map.of(answers.charAt(0), ballots));
            return all;
        }
        for (var first = 0; first <= ballots; first++) {
            for (var rest : sums(answers.substring(1), ballots - first)) {
                var sum = new java.util.TreeMap<>(rest);
                if (first > 0) {
                    sum.put(answers.charAt(0), first);
                }
                all.add(sum);
            }
        }
        return all;
    }

    /** Everybody may look, again and again: what a look found holds for some minutes, and a receipt is one search in an index. */
    @Test
    void lookingAgainHashesNothingAgain() {
        var receipts = units.stream()
                .map(unit -> HexFormat.of().formatHex(cast(take(unit), "4y")))
                .toList();
        count();
        var page = "/ballot-box/" + poll + "/" + side.garden();
        assertThat(perform(page)).contains("都在封存的根值下面");
        transaction.executeWithoutResult(status -> {
            var before = ballotsRead();
            assertThat(perform(page)).contains("都在封存的根值下面");
            assertThat(ballotsRead()).isEqualTo(before);
            // a table as small as this one may be read whole, or its index alone: that an index finds the one ballot is
            // what counts
            for (var way : List.of("seqscan", "indexonlyscan", "bitmapscan")) {
                jdbc.sql("set local enable_" + way + " = off").update();
            }
            assertThat(tallies.listed(
                            side.district(),
                            poll,
                            side.garden(),
                            receipts.getFirst().substring(0, 13)))
                    .isTrue();
            assertThat(ballotsRead() - before).isEqualTo(1);
        });
        assertThat(tallies.listed(side.district(), poll, side.garden(), "0".repeat(13)))
                .isFalse();
    }

    private long ballotsRead() {
        return jdbc.sql("""
                        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'ballot'
                        """).query(Long.class).single();
    }

    /** The list of keys is the same for everybody from the opening on: it may be kept on the way and on the device. */
    @Test
    void theListOfKeysIsFetchedOnce() throws Exception {
        mvc.perform(get("/ballot-box/" + poll + "/keys.txt"))
                .andExpect(header().string("Cache-Control", "max-age=86400, public"))
                .andExpect(content()
                        .string(side.garden() + ":"
                                + HexFormat.of().formatHex(MerkleTree.sha256(box.key(poll, side.garden()))) + "\n"));
    }

    /** Between the close and the count the household that was drawn reads where its ballot is. */
    @Test
    void whileItIsCountedTheHouseholdsReadSo() throws Exception {
        cast(take(units.getFirst()), "4y");
        jdbc.sql("update ballot_roll set unit = ? where poll = ? and unit = ?")
                .params(side.unit(), poll, units.getFirst())
                .update();
        polls.close(side.districtDesk(), poll);
        mvc.perform(get("/home").with(as(side.resident()))).andExpect(content().string(containsString("在点票")));
        mvc.perform(get("/ballots/" + poll + "/units/" + side.unit() + "/take").with(as(side.resident())))
                .andExpect(content().string(containsString("已经截止，在点票")));
    }

    /**
     * What is not prevented (decision 43): the receipt is a commitment. Whoever keeps the secret number that the browser forgets, with
     * developer tools or on a device of a coercer, opens it to anybody; and nobody without that number does.
     */
    @Test
    void aVoterWhoKeptTheSecretNumberCanProveTheVote() {
        var ballot = take(units.getFirst());
        var receipt = cast(ballot, "1n");
        assertThat(Counting.commitment(poll, side.garden(), ballot.voter.secret(), "1n"))
                .isEqualTo(receipt);
        assertThat(Counting.commitment(poll, side.garden(), ballot.voter.secret(), "5y"))
                .isNotEqualTo(receipt);
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
                        where table_name in ('ballot', 'ballot_box')
                          and (data_type like 'timestamp%' or column_name ~ 'account|session|_at$|_by$|address|serial|channel|way|(^|_)ip($|_)')
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
    void fewBallotsAreNeitherShownNorKeptByAnswer() {
        units.subList(0, 4).forEach(unit -> cast(take(unit), "1n"));
        var group = count();
        // nor kept: the roll names these households
        assertThat(jdbc.sql("select count(*) from ballot where poll = ?")
                        .param(poll)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(HexFormat.of().formatHex(MerkleTree.root(tallies.list(side.district(), poll, side.garden()))))
                .isEqualTo(group.root());
        assertThat(group.valid()).isEqualTo(4);
        assertThat(group.answers()).isEmpty();
        // and nobody reads that single ballots were recomputed
        assertThat(perform("/ballot-box/" + poll + "/" + side.garden()))
                .contains("单张的票没有留")
                .doesNotContain("一张张算出来");
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

    /** A malicious client gives two voters the same secret: both would find "their" line, and one ballot would be gone. */
    @Test
    void twoBallotsWithOneReceipt() {
        var first = take(units.get(0));
        var second = take(units.get(1));
        cast(first, "5y");
        assertThatThrownBy(() -> twin(second, first))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("撞上");
        cast(second, "5y"); // the token was not spent by it
        // and in a box that was filled before receipts had marks, the count goes on
        jdbc.sql("update ballot_box set receipt_mark = null where poll = ?")
                .param(poll)
                .update();
        twin(take(units.get(2)), first);
        assertThat(count().valid()).isEqualTo(2);
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.COUNTED);
    }

    private byte[] twin(Ballot ballot, Ballot other) {
        return box.cast(poll, side.garden(), ballot.voter.message(), ballot.signature, other.voter.secret(), "5y");
    }

    @Test
    void anEstateThatCannotBeCountedKeepsNoOtherFromItsCount() {
        var yard = List.of(side.oldYardUnit());
        poll = polls.plan(
                side.districtDesk(),
                things.plan(side, Map.of(side.garden(), List.copyOf(units), side.oldYard(), yard)));
        pollClock.run(poll);
        cast(take(units.getFirst()), "5y");
        // somebody who holds the database puts rubbish into a box
        jdbc.sql("update ballot_box set sealed = sealed || '\\x00' where poll = ?")
                .param(poll)
                .update();
        polls.close(side.districtDesk(), poll);
        pollClock.run(poll);
        assertThat(polls.tally(poll).groups())
                .extracting(Tally.Group::estate, group -> group.root().isEmpty())
                .containsExactlyInAnyOrder(tuple(side.garden(), true), tuple(side.oldYard(), false));
        assertThat(polls.find(poll).orElseThrow().state()).isEqualTo(PollState.CLOSED);
        pollKeys.secret(poll); // still there: it has not been counted
    }

    /** The campaign around a poll may fail after it cancelled the poll. */
    @Test
    void aCancelThatIsRolledBackLosesNoBallot() {
        cast(take(units.getFirst()), "5y");
        transaction.executeWithoutResult(status -> {
            polls.cancel(side.districtDesk(), poll);
            status.setRollbackOnly();
        });
        cast(take(units.get(1)), "4n");
        assertThat(count().valid()).isEqualTo(2);
    }

    /** A process that dies between the end of a poll and the end of its keys. */
    @Test
    void theClockComesBackForKeysThatWereLeft() {
        polls.cancel(side.districtDesk(), poll);
        pollKeys.secret(poll);
        pollClock.run();
        assertThatThrownBy(() -> new PollSecretOf(poll).open()).hasMessageContaining("ballot-" + poll);
        assertThat(jdbc.sql(
                                "select keys_gone and not exists (select from poll_group g where g.poll = p.id and key_sealed is not null)"
                                        + " from poll p where id = ?")
                        .param(poll)
                        .query(Boolean.class)
                        .single())
                .isTrue();
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
