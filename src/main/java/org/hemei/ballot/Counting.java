package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Empties the boxes. What comes out of a cover or off a sheet becomes a ballot that tells nothing of how it came: there is one
 * list of receipts for all, another of the sheets that counted, and of each way only how many.
 */
@Component
class Counting {

    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;

    private final JdbcClient jdbc;
    private final Boxes boxes;
    private final PollKeys keys;
    private final PaperSheets sheets;
    private final Scans scans;

    Counting(JdbcClient jdbc, Boxes boxes, PollKeys keys, PaperSheets sheets, Scans scans) {
        this.jdbc = jdbc;
        this.boxes = boxes;
        this.keys = keys;
        this.sheets = sheets;
        this.scans = scans;
    }

    /** What a ballot is known by: nobody can tell the answers from it without the secret. */
    static byte[] commitment(long poll, long estate, byte[] secret, String answers) {
        return MerkleTree.sha256(
                ("hemei-ballot-v1|" + poll + "|" + estate + "|" + HEX.formatHex(secret) + "|" + answers)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Whether all paper that was handed out came back and was decided on, so that nothing is to be waited for. */
    boolean paperIsIn(long poll) {
        return jdbc.sql("""
                        select (select count(*) from ballot_roll where poll = :poll and channel = 'paper')
                                   <= (select count(*) from ballot_sheet where poll = :poll and state in ('settled', 'spoilt'))
                               and not exists (select from ballot_sheet where poll = :poll and state in ('once', 'differs'))
                        """).param("poll", poll).query(Boolean.class).single();
    }

    /**
     * Empties the box of one group, in one transaction, once. Its ballots come into an order that has nothing to do with their coming.
     * Nothing is cast or keyed there meanwhile.
     */
    void count(Poll poll, Boxes.Group known) {
        var group = boxes.seize(known.district(), known.poll(), known.estate())
                .filter(one -> !one.over())
                .orElse(null);
        if (group == null) {
            return;
        }
        var ballots = new TreeMap<String, Cast>();
        screens(group).forEach(cast -> ballots.put(receipt(group, cast), cast));
        var screens = ballots.size();
        var settled = sheets.settled(group);
        onSheets(group, settled).forEach(cast -> ballots.put(receipt(group, cast), cast));
        ways(group, screens, ballots.size() - screens);
        if (ballots.size() >= poll.minimum()) {
            insert(group, ballots);
            answers(group, ballots);
        } else {
            receiptsOnly(group, ballots);
        }
        jdbc.sql("delete from ballot_box where district = ? and poll = ? and estate = ?")
                .params(group.district(), group.poll(), group.estate())
                .update();
        scans.delete(group);
        var spoilt = sheets.close(group);
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        jdbc.sql("update poll_group set counts_salt = ? where district = ? and poll = ? and estate = ?")
                .params(salt, group.district(), group.poll(), group.estate())
                .update();
        jdbc.sql("""
                update poll_group g set root = ?, sheets_root = ?, spoilt = ?, stuck_at = null, counts_digest = %s
                where district = ? and poll = ? and estate = ?
                """.formatted(Tallies.COUNTS_DIGEST))
                .params(
                        MerkleTree.root(List.copyOf(ballots.keySet())),
                        MerkleTree.root(settled.keySet().stream().sorted().toList()),
                        spoilt,
                        group.district(),
                        group.poll(),
                        group.estate())
                .update();
    }

    /** As it stands in the published list. */
    private static String receipt(Boxes.Group group, Cast cast) {
        return HEX.formatHex(commitment(group.poll(), group.estate(), cast.secret(), cast.answers()));
    }

    private List<Cast> screens(Boxes.Group group) {
        var secret = keys.secret(group.poll());
        var place = PollKeys.place("ballot", group);
        return covers(group).stream()
                .map(cover -> Cast.read(secret.open(cover, place)))
                .toList();
    }

    private List<byte[]> covers(Boxes.Group group) {
        return jdbc.sql("select sealed from ballot_box where district = ? and poll = ? and estate = ?")
                .params(group.district(), group.poll(), group.estate())
                .query(byte[].class)
                .list();
    }

    /** What lies in a box, ballots and settled sheets, and how much of it does not open. */
    record Box(int lies, int shut) {}

    /** Tries each; nothing of what opens is kept or told. */
    Box look(Boxes.Group group) {
        var covers = covers(group);
        var settled = sheets.settled(group);
        var lies = covers.size() + settled.size();
        if (!keys.known(group.poll())) {
            return new Box(lies, lies);
        }
        var secret = keys.secret(group.poll());
        var place = PollKeys.place("ballot", group);
        var shut = covers.stream()
                        .filter(cover -> !opens(() -> secret.open(cover, place)))
                        .count()
                + settled.entrySet().stream()
                        .filter(sheet ->
                                !opens(() -> PaperSheets.open(secret, group, sheet.getKey(), sheet.getValue())))
                        .count();
        return new Box(lies, (int) shut);
    }

    private static boolean opens(Runnable opening) {
        try {
            opening.run();
            return true;
        } catch (PollSecret.Altered e) {
            return false;
        }
    }

    /** What came in at one estate is destroyed; the caller holds the group for itself. */
    void empty(Boxes.Group group) {
        scans.delete(group);
        delete("delete from ballot_box where district = :district and poll = :poll and estate = :estate", group);
        delete("""
                delete from ballot_keying k using ballot_sheet s
                where k.district = :district and k.poll = :poll
                  and s.district = k.district and s.poll = k.poll and s.serial = k.serial and s.estate = :estate
                """, group);
        delete("delete from ballot_sheet where district = :district and poll = :poll and estate = :estate", group);
    }

    private void delete(String sql, Boxes.Group group) {
        jdbc.sql(sql)
                .param("district", group.district())
                .param("poll", group.poll())
                .param("estate", group.estate())
                .update();
    }

    /** A sheet gets a secret number here, as a voter on a screen makes one: the two are not told apart by it. */
    private List<Cast> onSheets(Boxes.Group group, Map<String, byte[]> settled) {
        var key = keys.secret(group.poll());
        return settled.entrySet().stream()
                .map(sheet -> {
                    var secret = new byte[Cast.SECRET];
                    RANDOM.nextBytes(secret);
                    return new Cast(secret, PaperSheets.open(key, group, sheet.getKey(), sheet.getValue()));
                })
                .toList();
    }

    private void insert(Boxes.Group group, SortedMap<String, Cast> ballots) {
        jdbc.sql("""
                insert into ballot (district, poll, estate, commitment, secret, answers)
                select :district, :poll, :estate, c, s, a from unnest(:commitments, :secrets, :answers) as t(c, s, a)
                """)
                .param("district", group.district())
                .param("poll", group.poll())
                .param("estate", group.estate())
                .param(
                        "commitments",
                        ballots.keySet().stream().map(HEX::parseHex).toArray(byte[][]::new))
                .param("secrets", ballots.values().stream().map(Cast::secret).toArray(byte[][]::new))
                .param("answers", ballots.values().stream().map(Cast::answers).toArray(String[]::new))
                .update();
    }

    /** Too few to be told by answer are too few to be kept: the roll names these households, and one alone would be read off. */
    private void receiptsOnly(Boxes.Group group, SortedMap<String, Cast> ballots) {
        jdbc.sql("insert into ballot_line (district, poll, estate, line) select ?, ?, ?, l from unnest(?) as t (l)")
                .params(
                        group.district(),
                        group.poll(),
                        group.estate(),
                        ballots.keySet().toArray(String[]::new))
                .update();
    }

    private void ways(Boxes.Group group, int screens, int onPaper) {
        add(group, Tallies.HOW, Tallies.SCREEN, screens);
        add(group, Tallies.HOW, Tallies.SHEET, onPaper);
    }

    private void answers(Boxes.Group group, SortedMap<String, Cast> ballots) {
        record Answer(int question, char answer) {}
        var counts = new HashMap<Answer, Integer>();
        for (var cast : ballots.values()) {
            for (var n = 0; n < cast.answers().length(); n++) {
                counts.merge(new Answer(n + 1, cast.answers().charAt(n)), 1, Integer::sum);
            }
        }
        counts.forEach((one, number) -> add(group, one.question(), String.valueOf(one.answer()), number));
    }

    private void add(Boxes.Group group, int question, String answer, int ballots) {
        jdbc.sql(
                        "insert into ballot_count (district, poll, estate, question, answer, ballots) values (?, ?, ?, ?, ?, ?)")
                .params(group.district(), group.poll(), group.estate(), question, answer, ballots)
                .update();
    }

    /** Everything that came in is destroyed unread. */
    void empty(long poll) {
        boxes.all(poll).forEach(scans::delete);
        for (var table : List.of("ballot_box", "ballot_keying", "ballot_sheet")) {
            jdbc.sql("delete from " + table + " where poll = ?").param(poll).update();
        }
    }
}
