package org.hemei.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares what is stored of a count with what was sealed: the numbers with their digest, the digests and roots with the root of the poll,
 * that with the audit log; and, ballot by ballot, the answers with the receipts, the receipts with the root, and their sums with the numbers;
 * the list of sheets with its root.
 */
@Component
class Recount {

    /** The whole poll, in a set of estates: its root is not the one in the audit log. */
    static final long POLL = 0;

    /** Everybody may look, and a look hashes every ballot of an estate: what it found holds for some minutes. */
    static final Duration HOLDS = Duration.ofMinutes(10);

    private static final int MOST_KEPT = 5_000;
    private static final int MOST_NAMED = 5;

    /**
     * What a look at one estate found.
     *
     * @param singly whether its ballots were recomputed one by one: few ones are not kept
     */
    record Look(Instant at, boolean sound, boolean singly) {}

    private record Which(long poll, int version, long estate) {}

    private final JdbcClient jdbc;
    private final Boxes boxes;
    private final Tallies tallies;
    private final InstantSource clock;
    private final Map<Which, Look> recent = new ConcurrentHashMap<>();

    Recount(JdbcClient jdbc, Boxes boxes, Tallies tallies, InstantSource clock) {
        this.jdbc = jdbc;
        this.boxes = boxes;
        this.tallies = tallies;
        this.clock = clock;
    }

    /** Everything at one estate, down to single ballots, and the root over all; computed again when the last look is too long ago. */
    Look look(Poll poll, Boxes.Group group) {
        var rooted = recent(
                new Which(poll.id(), poll.version(), POLL),
                at -> new Look(at, rooted(poll, boxes.all(poll.id())), false));
        var found = recent(
                new Which(poll.id(), poll.version(), group.estate()),
                at -> new Look(at, altered(poll, group.estate()).isEmpty() && ballots(poll, group), kept(group)));
        return new Look(
                rooted.at().isBefore(found.at()) ? rooted.at() : found.at(),
                rooted.sound() && found.sound(),
                found.singly());
    }

    private Look recent(Which which, java.util.function.Function<Instant, Look> work) {
        var now = clock.instant();
        var last = recent.get(which);
        if (last != null && last.at().plus(HOLDS).isAfter(now) && !last.at().isAfter(now)) {
            return last;
        }
        var look = work.apply(now);
        if (recent.size() >= MOST_KEPT) {
            recent.clear();
        }
        recent.put(which, look);
        return look;
    }

    /**
     * What a score is made of, in a few statements over the whole poll. Estates that were counted before numbers were sealed are added up
     * from their ballots.
     *
     * @return estates that differ, and {@link #POLL} for the root over all
     */
    Set<Long> numbers(Poll poll) {
        var groups = boxes.all(poll.id());
        var wrong = sums(poll, groups);
        groups.stream()
                .filter(group -> group.root() != null && group.counts() == null && !ballots(poll, group))
                .forEach(group -> wrong.add(group.estate()));
        return wrong;
    }

    /** Everything, down to single ballots, of all estates. */
    Set<Long> all(Poll poll) {
        var groups = boxes.all(poll.id());
        var wrong = sums(poll, groups);
        groups.stream()
                .filter(group -> group.root() != null && !ballots(poll, group))
                .forEach(group -> wrong.add(group.estate()));
        return wrong;
    }

    private Set<Long> sums(Poll poll, List<Boxes.Group> groups) {
        Set<Long> wrong = new LinkedHashSet<>();
        if (!rooted(poll, groups)) {
            wrong.add(POLL);
        }
        wrong.addAll(altered(poll, null));
        return wrong;
    }

    /** Estates whose numbers are not those of their digest. @param only one of them; null for all */
    private List<Long> altered(Poll poll, @Nullable Long only) {
        return jdbc.sql("""
                        select g.estate from poll_group g
                        where g.poll = :poll and (cast(:only as bigint) is null or g.estate = :only)
                          and g.counts_digest is not null and g.counts_digest is distinct from %s
                        order by g.estate
                        """.formatted(Tallies.COUNTS_DIGEST))
                .param("poll", poll.id())
                .param("only", only, java.sql.Types.BIGINT)
                .query(Long.class)
                .list();
    }

    private boolean rooted(Poll poll, List<Boxes.Group> groups) {
        if (poll.root() == null) {
            return false;
        }
        var audited = jdbc.sql("""
                        select detail ->> 'root' from audit_entry
                        where subject_kind = 'poll' and subject_id = ? and action = 'poll.counted' order by id limit 1
                        """)
                .param(String.valueOf(poll.id()))
                .query(String.class)
                .optional();
        return audited.map(poll.root()::equals).orElse(false)
                && groups.stream().allMatch(Boxes.Group::over)
                && HexFormat.of()
                        .formatHex(MerkleTree.root(Tallies.roots(groups)))
                        .equals(poll.root());
    }

    /** Whether the stored ballots are those of the list, and add up to the numbers; and the sheets those that were sealed. */
    private boolean ballots(Poll poll, Boxes.Group group) {
        var list = tallies.list(group.district(), group.poll(), group.estate());
        return Arrays.equals(MerkleTree.root(list), group.root())
                && (group.sheetsRoot() == null || Arrays.equals(MerkleTree.root(sheets(group)), group.sheetsRoot()))
                && valid(group) == list.size()
                && answers(group)
                && sums(poll, group);
    }

    private List<String> sheets(Boxes.Group group) {
        return tallies.sheets(group.district(), group.poll(), group.estate());
    }

    private boolean kept(Boxes.Group group) {
        return of("""
                select exists (select from ballot where district = :district and poll = :poll and estate = :estate)
                """, group).query(Boolean.class).single();
    }

    private int valid(Boxes.Group group) {
        return of("""
                select coalesce(sum(ballots), 0) from ballot_count
                where district = :district and poll = :poll and estate = :estate and question = 0
                """, group).query(Integer.class).single();
    }

    private boolean answers(Boxes.Group group) {
        return of("""
                select not exists (select from ballot where district = :district and poll = :poll and estate = :estate
                    and commitment <> sha256(convert_to('hemei-ballot-v1|' || poll || '|' || estate || '|' || encode(secret, 'hex')
                                                        || '|' || answers, 'UTF8')))
                """, group).query(Boolean.class).single();
    }

    /** Where no single ballots are kept, since they were few or since an earlier version deleted them, there is nothing to add. */
    private boolean sums(Poll poll, Boxes.Group group) {
        return of("""
                with kept as (select answers from ballot where district = :district and poll = :poll and estate = :estate),
                     added as (select q as question, substr(answers, q, 1) as answer, count(*) as ballots
                               from kept cross join generate_series(1, :questions) q group by 1, 2),
                     told as (select question, answer, ballots from ballot_count
                              where district = :district and poll = :poll and estate = :estate and question > 0)
                select not exists (select from kept) or not exists (
                    select from added a full join told t using (question, answer) where a.ballots is distinct from t.ballots)
                """, group)
                .param("questions", poll.questions().size())
                .query(Boolean.class)
                .single();
    }

    private JdbcClient.StatementSpec of(String sql, Boxes.Group group) {
        return jdbc.sql(sql)
                .param("district", group.district())
                .param("poll", group.poll())
                .param("estate", group.estate());
    }

    /** Which they are, by name. */
    String words(Tally tally, Set<Long> wrong) {
        var names = tally.groups().stream()
                .filter(group -> wrong.contains(group.estate()))
                .map(Tally.Group::name)
                .collect(Collectors.toCollection(ArrayList::new));
        if (wrong.contains(POLL)) {
            names.addFirst("全部小区合起来的根值");
        }
        var shown = names.stream().limit(MOST_NAMED).collect(Collectors.joining("、"));
        return names.size() > MOST_NAMED ? shown + "等 " + names.size() + " 处" : shown;
    }
}
