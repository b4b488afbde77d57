package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Votes as they were written down, and what each member says of the record. A record that a member says is wrong holds up what follows;
 * when it was written down again and they say so again, it stands once more than half of those who voted confirm it (decision 68).
 */
@Repository
class VoteBook {

    /** For a condition in SQL: votes {@code v} are those of the last record of the decision. */
    static final String LAST = "v.seq = (select max(x.seq) from listing_vote x where x.listing = v.listing)";

    /** For a condition in SQL: the member of vote {@code v} contested an earlier record of the same decision as well. */
    static final String AGAIN = """
            exists (select from listing_vote e where e.listing = v.listing and e.account = v.account and e.agreed is false and e.seq < v.seq
                      and e.seq > (select max(s.seq) from listing_step s where s.listing = v.listing and s.to_state in ('noticed', 'heard')))
            """;

    private static final String CONFIRMED = """
            (select 2 * count(*) filter (where y.agreed) > count(*) from listing_vote y
             where y.listing = v.listing and y.seq = v.seq and y.choice <> 'recused')
            """;

    /** For a condition in SQL: what a member says of the record holds listing {@code l} up. */
    static final String CONTESTED =
            "exists (select from listing_vote v where v.listing = l.id and v.agreed is false and " + LAST + " and not ("
                    + AGAIN + " and " + CONFIRMED + "))";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    VoteBook(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean contested(long id) {
        return jdbc.sql("select " + CONTESTED + " from listing l where l.id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Votes as they were written down with a step; whoever wrote them down has said what their own was. */
    void write(long id, int seq, Votes votes, long by) {
        votes.members()
                .forEach(vote -> jdbc.sql("""
                        insert into listing_vote (listing, seq, account, choice, why, agreed, said_at)
                        values (:listing, :seq, :account, :choice, :why, case when :own then true end, case when :own then cast(:at as timestamptz) end)
                        """)
                        .param("listing", id)
                        .param("seq", seq)
                        .param("account", vote.account())
                        .param("choice", vote.choice().code())
                        .param("why", vote.why())
                        .param("own", vote.account() == by)
                        .param("at", Timestamp.from(clock.instant()))
                        .update());
    }

    /**
     * How a vote was written down last.
     *
     * @param agreed whether the member says that it is right; null while they said nothing
     */
    record Last(Votes.Vote vote, @Nullable Boolean agreed) {

        boolean contested() {
            return Boolean.FALSE.equals(agreed);
        }
    }

    List<Last> last(long id) {
        return jdbc.sql("select v.account, v.choice, v.why, v.agreed from listing_vote v where v.listing = ? and "
                        + LAST)
                .param(id)
                .query((r, n) -> new Last(
                        new Votes.Vote(
                                r.getLong("account"), Votes.Choice.of(r.getString("choice")), r.getString("why")),
                        (Boolean) r.getObject("agreed")))
                .list();
    }

    /** What a member says of the last record. */
    void said(long id, long account, boolean agreed, String remark) {
        jdbc.sql(
                        "update listing_vote v set agreed = ?, remark = ?, said_at = ? where v.listing = ? and v.account = ? and "
                                + LAST)
                .params(agreed, remark, Timestamp.from(clock.instant()), id, account)
                .update();
    }

    /** Whether the account took part in the decision, or wrote it down. */
    boolean tookPart(long id, long account) {
        return tookPart(id).contains(account);
    }

    /** Whoever took part in the decision, or wrote it down. */
    Set<Long> tookPart(long id) {
        return Set.copyOf(jdbc.sql("""
                select account from listing_vote where listing = :id
                union select actor from listing_step where listing = :id and verb in ('list', 'spare') and actor is not null
                """).param("id", id).query(Long.class).list());
    }

    /** All votes of a case by masked name. */
    VoteRecord shown(long id) {
        return new VoteRecord(shown(id, true), shown(id, false));
    }

    private List<VoteRecord.Vote> shown(long id, boolean last) {
        return jdbc.sql("select v.seq, v.account, p.masked_name, v.choice, v.why, v.agreed, v.remark, " + AGAIN
                        + """
                 as again
                from listing_vote v join account a on a.id = v.account join person p on p.id = a.person
                where v.listing = :id and (%s) = :last order by v.seq, v.account
                """.formatted(LAST))
                .param("id", id)
                .param("last", last)
                .query((r, n) -> new VoteRecord.Vote(
                        r.getInt("seq"),
                        r.getLong("account"),
                        r.getString("masked_name"),
                        Votes.Choice.of(r.getString("choice")),
                        r.getString("why"),
                        (Boolean) r.getObject("agreed"),
                        r.getString("remark"),
                        r.getBoolean("again")))
                .list();
    }
}
