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

    /** SHA-256 of the published file of numbers of group g: what {@code sha256sum counts.txt} says. */
    static final String COUNTS_DIGEST = """
            (select sha256(convert_to(string_agg(%s || e'\\n', '' order by c.question, c.answer collate "C"), 'UTF8'))
             from ballot_count c where c.district = g.district and c.poll = g.poll and c.estate = g.estate)
            """.formatted(COUNT_LINE);

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

    /** The numbers of a group, a line each: question, answer, ballots; question 0 is how they came. */
    List<String> counts(int district, long poll, long estate) {
        return jdbc.sql("""
                        select %s from ballot_count c
                        where c.district = :district and c.poll = :poll and c.estate = :estate order by c.question, c.answer collate "C"
                        """.formatted(COUNT_LINE))
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
    static List<String> roots(List<PollStore.Group> groups) {
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
                        select g.district, g.estate, e.name, g.eligible, g.spoilt, g.root, g.sheets_root, g.counts_digest, g.stuck_at, g.voided_at, g.void_reason,
                               g.annulled_at, g.annul_reason,
                               count(*) filter (where r.channel = 'phone') as phone,
                               count(*) filter (where r.channel = 'face') as face,
                               count(*) filter (where r.channel = 'paper') as paper
                        from poll_group g
                                 join estate e on e.id = g.estate
                                 join ballot_roll r on r.district = g.district and r.poll = g.poll and r.estate = g.estate
                        where g.poll = :poll and (cast(:only as bigint) is null or g.estate = :only)
                        group by g.district, g.poll, g.estate, e.name
                        order by g.estate
                        """)
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
