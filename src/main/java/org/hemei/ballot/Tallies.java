package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Empties the boxes: ballots out of their covers into the order of their commitments, their counts, and the published lists. */
@Repository
class Tallies {

    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Question 0 counts the ballots themselves, by how they came. */
    private static final int HOW = 0;

    private static final String SCREEN = "screen";
    private static final String SHEET = "sheet";

    /** @param serial of a sheet; null for one cast on a screen */
    record Counted(
            byte[] commitment,
            byte[] secret,
            String answers,
            @Nullable String serial) {

        /** As it stands in the published list. */
        String line() {
            var hex = HEX.formatHex(commitment);
            return serial == null ? hex : serial + ":" + hex;
        }
    }

    private final JdbcClient jdbc;
    private final PollKeys keys;

    Tallies(JdbcClient jdbc, PollKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** What a ballot is known by: nobody can tell the answers from it without the secret. */
    static byte[] commitment(long poll, long estate, byte[] secret, String answers) {
        return MerkleTree.sha256(
                ("hemei-ballot-v1|" + poll + "|" + estate + "|" + HEX.formatHex(secret) + "|" + answers)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Empties the box of one group, in one transaction. Its ballots come into an order that has nothing to do with their coming. */
    void count(Poll poll, PollStore.Group group) {
        var counted = new ArrayList<>(screens(poll, group));
        counted.addAll(sheets(group));
        counted.sort(Comparator.comparing(one -> HEX.formatHex(one.commitment())));
        insert(group, counted);
        counts(poll, group, counted);
        jdbc.sql("delete from ballot_box where district = ? and poll = ? and estate = ?")
                .params(group.district(), group.poll(), group.estate())
                .update();
        jdbc.sql("""
                delete from ballot_keying k using ballot_sheet s
                where k.district = s.district and k.poll = s.poll and k.serial = s.serial
                  and s.district = ? and s.poll = ? and s.estate = ?
                """).params(group.district(), group.poll(), group.estate()).update();
        var spoilt = jdbc.sql("""
                        update ballot_sheet set state = 'spoilt'
                        where district = ? and poll = ? and estate = ? and state in ('once', 'differs')
                        """)
                .params(group.district(), group.poll(), group.estate())
                .update();
        jdbc.sql("update poll_group set root = ?, spoilt = ? where district = ? and poll = ? and estate = ?")
                .params(MerkleTree.root(lines(counted)), spoilt, group.district(), group.poll(), group.estate())
                .update();
    }

    private List<Counted> screens(Poll poll, PollStore.Group group) {
        var secret = keys.secret(poll.id());
        var place = PollKeys.place("ballot", group);
        return jdbc
                .sql("select sealed from ballot_box where district = ? and poll = ? and estate = ?")
                .params(group.district(), group.poll(), group.estate())
                .query(byte[].class)
                .list()
                .stream()
                .map(cover -> Cast.read(secret.open(cover, place)))
                .map(cast -> new Counted(
                        commitment(poll.id(), group.estate(), cast.secret(), cast.answers()),
                        cast.secret(),
                        cast.answers(),
                        null))
                .toList();
    }

    private List<Counted> sheets(PollStore.Group group) {
        return jdbc.sql("""
                        select serial, answers from ballot_sheet
                        where district = ? and poll = ? and estate = ? and state = 'settled'
                        """)
                .params(group.district(), group.poll(), group.estate())
                .query((r, n) -> {
                    var secret = new byte[Cast.SECRET];
                    RANDOM.nextBytes(secret);
                    var answers = r.getString("answers");
                    return new Counted(
                            commitment(group.poll(), group.estate(), secret, answers),
                            secret,
                            answers,
                            r.getString("serial"));
                })
                .list();
    }

    private void insert(PollStore.Group group, List<Counted> counted) {
        jdbc.sql("""
                insert into ballot (district, poll, estate, commitment, secret, serial, answers)
                select :district, :poll, :estate, c, s, n, a from unnest(:commitments, :secrets, :serials, :answers) as t(c, s, n, a)
                """)
                .param("district", group.district())
                .param("poll", group.poll())
                .param("estate", group.estate())
                .param("commitments", counted.stream().map(Counted::commitment).toArray(byte[][]::new))
                .param("secrets", counted.stream().map(Counted::secret).toArray(byte[][]::new))
                .param("serials", counted.stream().map(Counted::serial).toArray(String[]::new))
                .param("answers", counted.stream().map(Counted::answers).toArray(String[]::new))
                .update();
    }

    private void counts(Poll poll, PollStore.Group group, List<Counted> counted) {
        var counts = new TreeMap<String, Integer>();
        counted.forEach(one -> {
            counts.merge(HOW + ":" + (one.serial() == null ? SCREEN : SHEET), 1, Integer::sum);
            if (counted.size() >= poll.minimum()) {
                for (var n = 0; n < one.answers().length(); n++) {
                    counts.merge((n + 1) + ":" + one.answers().charAt(n), 1, Integer::sum);
                }
            }
        });
        counts.forEach((key, ballots) -> jdbc.sql("""
                        insert into ballot_count (district, poll, estate, question, answer, ballots) values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        group.district(),
                        group.poll(),
                        group.estate(),
                        Integer.parseInt(key.substring(0, key.indexOf(':'))),
                        key.substring(key.indexOf(':') + 1),
                        ballots)
                .update());
    }

    private static List<String> lines(List<Counted> counted) {
        return counted.stream().map(Counted::line).sorted().toList();
    }

    /** The published list of a group; everybody can compute its root again. */
    List<String> list(int district, long poll, long estate) {
        return jdbc
                .sql("select commitment, serial from ballot where district = ? and poll = ? and estate = ?")
                .params(district, poll, estate)
                .query((r, n) -> new Counted(r.getBytes(1), new byte[0], "", r.getString(2)).line())
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /** The roots of the groups, a line each: the root of the poll is computed over them. */
    static List<String> roots(List<PollStore.Group> groups) {
        return groups.stream()
                .map(group -> group.estate() + ":" + HEX.formatHex(java.util.Objects.requireNonNull(group.root())))
                .toList();
    }

    void empty(long poll) {
        jdbc.sql("delete from ballot_box where poll = ?").param(poll).update();
        jdbc.sql("delete from ballot_keying where poll = ?").param(poll).update();
        jdbc.sql("delete from ballot_sheet where poll = ?").param(poll).update();
    }

    /** Whether all paper that was handed out came back and was read twice, so that nothing is to be waited for. */
    boolean paperIsIn(long poll) {
        return jdbc.sql("""
                        select (select count(*) from ballot_roll where poll = :poll and channel = 'paper')
                                   <= (select count(*) from ballot_sheet where poll = :poll and state = 'settled')
                               and not exists (select from ballot_sheet where poll = :poll and state in ('once', 'differs'))
                        """).param("poll", poll).query(Boolean.class).single();
    }

    List<Tally.Group> groups(Poll poll) {
        return groups(poll, null);
    }

    /** @param only one estate; null for all */
    List<Tally.Group> groups(Poll poll, @Nullable Long only) {
        var counts = new HashMap<Long, Map<Integer, Map<Character, Integer>>>();
        var how = new HashMap<String, Integer>();
        jdbc.sql("""
                select estate, question, answer, ballots from ballot_count
                where poll = :poll and (cast(:only as bigint) is null or estate = :only) order by question, answer
                """)
                .param("poll", poll.id())
                .param("only", only, java.sql.Types.BIGINT)
                .query((org.springframework.jdbc.core.RowCallbackHandler) row -> {
                    var estate = row.getLong("estate");
                    if (row.getInt("question") == HOW) {
                        how.put(estate + row.getString("answer"), row.getInt("ballots"));
                    } else {
                        counts.computeIfAbsent(estate, e -> new LinkedHashMap<>())
                                .computeIfAbsent(row.getInt("question"), q -> new LinkedHashMap<>())
                                .put(row.getString("answer").charAt(0), row.getInt("ballots"));
                    }
                });
        return jdbc.sql("""
                        select g.district, g.estate, e.name, g.eligible, g.spoilt, g.root,
                               count(*) filter (where r.channel = 'phone') as phone,
                               count(*) filter (where r.channel = 'face') as face,
                               count(*) filter (where r.channel = 'paper') as paper
                        from poll_group g
                                 join estate e on e.id = g.estate
                                 join ballot_roll r on r.district = g.district and r.poll = g.poll and r.estate = g.estate
                        where g.poll = :poll and (cast(:only as bigint) is null or g.estate = :only)
                        group by g.district, g.estate, e.name, g.eligible, g.spoilt, g.root
                        order by g.estate
                        """)
                .param("poll", poll.id())
                .param("only", only, java.sql.Types.BIGINT)
                .query((r, n) -> {
                    var estate = r.getLong("estate");
                    var root = r.getBytes("root");
                    return new Tally.Group(
                            r.getInt("district"),
                            estate,
                            r.getString("name"),
                            r.getInt("eligible"),
                            r.getInt("phone"),
                            r.getInt("face"),
                            r.getInt("paper"),
                            how.getOrDefault(estate + SCREEN, 0),
                            how.getOrDefault(estate + SHEET, 0),
                            r.getInt("spoilt"),
                            counts.getOrDefault(estate, Map.of()),
                            root == null ? "" : HEX.formatHex(root));
                })
                .list();
    }
}
