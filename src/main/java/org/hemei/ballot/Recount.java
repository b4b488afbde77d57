package org.hemei.ballot;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares what is stored of a count with what was sealed: the numbers with their digest, the digests and roots with the root of the poll,
 * that with the audit log; and, ballot by ballot, the answers with the receipts, the receipts with the root, and their sums with the numbers.
 */
@Component
class Recount {

    /** The whole poll, in a set of estates: its root is not the one in the audit log. */
    static final long POLL = 0;

    private static final int MOST_NAMED = 5;

    private final JdbcClient jdbc;
    private final PollStore store;
    private final Tallies tallies;

    Recount(JdbcClient jdbc, PollStore store, Tallies tallies) {
        this.jdbc = jdbc;
        this.store = store;
        this.tallies = tallies;
    }

    /**
     * What a score is made of, in a few statements over the whole poll. Estates that were counted before numbers were sealed are added up
     * from their ballots.
     *
     * @return estates that differ, and {@link #POLL} for the root over all
     */
    Set<Long> numbers(Poll poll) {
        return numbers(poll, null);
    }

    private Set<Long> numbers(Poll poll, @Nullable Long only) {
        Set<Long> wrong = new LinkedHashSet<>();
        var groups = store.groups(poll.id());
        if (!rooted(poll, groups)) {
            wrong.add(POLL);
        }
        wrong.addAll(jdbc.sql("""
                        select g.estate from poll_group g
                        where g.poll = :poll and (cast(:only as bigint) is null or g.estate = :only)
                          and g.counts_digest is not null and g.counts_digest is distinct from %s
                        order by g.estate
                        """.formatted(Tallies.COUNTS_DIGEST))
                .param("poll", poll.id())
                .param("only", only, java.sql.Types.BIGINT)
                .query(Long.class)
                .list());
        groups.stream()
                .filter(group -> only == null || group.estate() == only)
                .filter(group -> group.root() != null && group.counts() == null && !ballots(poll, group))
                .forEach(group -> wrong.add(group.estate()));
        return wrong;
    }

    /** Everything, down to single ballots, of one estate or of all. */
    Set<Long> all(Poll poll, @Nullable Long only) {
        var wrong = new LinkedHashSet<>(numbers(poll, only));
        store.groups(poll.id()).stream()
                .filter(group -> group.root() != null && (only == null || group.estate() == only))
                .filter(group -> !ballots(poll, group))
                .forEach(group -> wrong.add(group.estate()));
        return wrong;
    }

    private boolean rooted(Poll poll, List<PollStore.Group> groups) {
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
                && groups.stream().allMatch(PollStore.Group::over)
                && HexFormat.of()
                        .formatHex(MerkleTree.root(Tallies.roots(groups)))
                        .equals(poll.root());
    }

    /** Whether the stored ballots are those of the list, and add up to the numbers. */
    private boolean ballots(Poll poll, PollStore.Group group) {
        var list = tallies.list(group.district(), group.poll(), group.estate());
        return java.util.Arrays.equals(MerkleTree.root(list), group.root())
                && valid(group) == list.size()
                && answers(group)
                && sums(poll, group);
    }

    private int valid(PollStore.Group group) {
        return of("""
                select coalesce(sum(ballots), 0) from ballot_count
                where district = :district and poll = :poll and estate = :estate and question = 0
                """, group).query(Integer.class).single();
    }

    private boolean answers(PollStore.Group group) {
        return of("""
                select not exists (select from ballot where district = :district and poll = :poll and estate = :estate
                    and commitment <> sha256(convert_to('hemei-ballot-v1|' || poll || '|' || estate || '|' || encode(secret, 'hex')
                                                        || '|' || answers, 'UTF8')))
                """, group).query(Boolean.class).single();
    }

    /** Where no single ballots are kept, since they were few or since an earlier version deleted them, there is nothing to add. */
    private boolean sums(Poll poll, PollStore.Group group) {
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

    private JdbcClient.StatementSpec of(String sql, PollStore.Group group) {
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
