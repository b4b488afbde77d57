package org.hemei.ballot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was counted: the published lists, their roots, and the numbers. */
@Repository
class Tallies {

    private static final HexFormat HEX = HexFormat.of();

    /** Question 0 counts the ballots themselves, by how they came. */
    static final int HOW = 0;

    private static final String COUNT_LINE = "c.question || ' ' || c.answer || ' ' || c.ballots";

    /** The first line of the numbers: random, or their few possible sums would be tried until one gives the digest. */
    private static final String SALT_LINE = "'salt ' || encode(g.counts_salt, 'hex')";

    /** SHA-256 of the published file of numbers of group g: what {@code sha256sum counts.txt} says. */
    static final String COUNTS_DIGEST = """
            (select sha256(convert_to(coalesce(%s || e'\\n', '')
                                      || string_agg(%s || e'\\n', '' order by c.question, c.answer collate "C"), 'UTF8'))
             from ballot_count c where c.district = g.district and c.poll = g.poll and c.estate = g.estate)
            """.formatted(SALT_LINE, COUNT_LINE);

    /** Whether the digest of group g's numbers tells nothing of them, or need not. */
    private static final String TOLD = "(g.counts_salt is not null or not p.withheld or p.shown_at is not null)";

    /** Hexadecimal digits of a receipt. */
    static final int RECEIPT = 64;

    static final String SCREEN = "screen";
    static final String SHEET = "sheet";

    private final JdbcClient jdbc;

    Tallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The published list of a group, a receipt a line, however the ballot came; everybody can compute its root again. Where
     * single ballots are not kept there are only the lines; some of an earlier version name the sheet before the receipt.
     */
    List<String> list(int district, long poll, long estate) {
        return lines("""
                select encode(commitment, 'hex') as line from ballot where district = :district and poll = :poll and estate = :estate
                union all
                select line from ballot_line where district = :district and poll = :poll and estate = :estate
                """, district, poll, estate);
    }

    /** The other published list: the numbers of the sheets that counted. */
    List<String> sheets(int district, long poll, long estate) {
        return lines("""
                select serial as line from ballot_sheet
                where district = :district and poll = :poll and estate = :estate and state = 'settled'
                """, district, poll, estate);
    }

    /** Whether a look at the list, by the beginning of a receipt in hex, or at the list of sheets finds it: one search in an index. */
    boolean listed(int district, long poll, long estate, String receipt) {
        var rest = RECEIPT - receipt.length();
        return jdbc.sql("""
                        select exists (select from ballot where district = :district and poll = :poll and estate = :estate
                                           and commitment between decode(:least, 'hex') and decode(:most, 'hex'))
                            or exists (select from ballot_line where district = :district and poll = :poll and estate = :estate
                                           and starts_with(line, :receipt))
                        """)
                .param("district", district)
                .param("poll", poll)
                .param("estate", estate)
                .param("receipt", receipt)
                .param("least", receipt + "0".repeat(rest))
                .param("most", receipt + "f".repeat(rest))
                .query(Boolean.class)
                .single();
    }

    /** Whether the digests of a poll's numbers must not be told before the numbers, since an earlier version sealed them without salt. */
    boolean guessable(Poll poll) {
        return jdbc.sql("""
                        select exists (select from poll_group g join poll p on p.id = g.poll
                                       where g.poll = ? and g.counts_digest is not null and not %s)
                        """.formatted(TOLD))
                .param(poll.id())
                .query(Boolean.class)
                .single();
    }

    /** The published file of a group's numbers: the salt, then a line each of question, answer, ballots; question 0 is how they came. */
    List<String> counts(int district, long poll, long estate) {
        return jdbc.sql("""
                        select line from (
                            select -1 as question, '' as answer, %s as line from poll_group g
                            where g.district = :district and g.poll = :poll and g.estate = :estate and g.counts_salt is not null
                            union all
                            select c.question, c.answer, %s from ballot_count c
                            where c.district = :district and c.poll = :poll and c.estate = :estate) as file
                        order by question, answer collate "C"
                        """.formatted(SALT_LINE, COUNT_LINE))
                .param("district", district)
                .param("poll", poll)
                .param("estate", estate)
                .query(String.class)
                .list();
    }

    private List<String> lines(String sql, int district, long poll, long estate) {
        return jdbc
                .sql(sql)
                .param("district", district)
                .param("poll", poll)
                .param("estate", estate)
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /**
     * The roots of the groups, a line each, of their list, of their sheets, and the digest of their numbers: the root of the poll is computed over them. An estate that
     * was given up stands there as such, so that it cannot be slipped in later.
     */
    static List<String> roots(List<Boxes.Group> groups) {
        return groups.stream()
                .map(group -> group.estate() + ":"
                        + (group.voided() ? "void" : HEX.formatHex(Objects.requireNonNull(group.root())))
                        + (group.sheetsRoot() == null ? "" : ":" + HEX.formatHex(group.sheetsRoot()))
                        + (group.counts() == null ? "" : ":" + HEX.formatHex(group.counts())))
                .toList();
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
                        select g.district, g.estate, e.name, g.eligible, g.spoilt, g.root, g.sheets_root, case when %s then g.counts_digest end as counts_digest, g.stuck_at, g.voided_at, g.void_reason,
                               g.annulled_at, g.annul_reason,
                               count(*) filter (where r.channel = 'phone') as phone,
                               count(*) filter (where r.channel = 'face') as face,
                               count(*) filter (where r.channel = 'paper') as paper
                        from poll_group g
                                 join poll p on p.id = g.poll
                                 join estate e on e.id = g.estate
                                 join ballot_roll r on r.district = g.district and r.poll = g.poll and r.estate = g.estate
                        where g.poll = :poll and (cast(:only as bigint) is null or g.estate = :only)
                        group by g.district, g.poll, g.estate, e.name, p.id
                        order by g.estate
                        """.formatted(TOLD))
                .param("poll", poll.id())
                .param("only", only, java.sql.Types.BIGINT)
                .query((r, n) -> {
                    var estate = r.getLong("estate");
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
                            hex(r.getBytes("root")),
                            hex(r.getBytes("sheets_root")),
                            hex(r.getBytes("counts_digest")),
                            r.getTimestamp("stuck_at") != null && r.getTimestamp("voided_at") == null,
                            voided(r, "voided_at", "void_reason"),
                            voided(r, "annulled_at", "annul_reason"));
                })
                .list();
    }

    private static Tally.@Nullable Voided voided(ResultSet row, String at, String reason) throws SQLException {
        var since = row.getTimestamp(at);
        return since == null ? null : new Tally.Voided(since.toInstant(), row.getString(reason));
    }

    private static String hex(byte @Nullable [] root) {
        return root == null ? "" : HEX.formatHex(root);
    }
}
