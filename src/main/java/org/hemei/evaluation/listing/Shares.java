package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What can be shared today, why the others cannot, and the log of what was. */
@Repository
class Shares {

    static final int PAGE = 50;

    /** Who takes it, on whose behalf, as what. */
    record Line(
            long account,
            String area,
            boolean program,
            String recipient,
            String purpose,
            String format,
            String digest) {}

    /** A line of the log. */
    record Logged(
            long id,
            boolean program,
            String recipient,
            String purpose,
            String format,
            int listings,
            int times,
            Instant at,
            Instant lastAt) {}

    /** One listing in force and whether it can be shared; the reason where it cannot. */
    record Standing(
            long id,
            String company,
            LocalDate until,
            String basis,
            @Nullable String why) {

        boolean shared() {
            return why == null;
        }
    }

    private static final String FROM = """
            from listing l join body b on b.id = l.company join company c on c.body = b.id join listing_basis s on s.id = l.basis
            where l.area like any(:patterns) and l.state in (%s) and l.most_last >= cast(:day as date)
            """.formatted(ListingState.IN_FORCE_SQL);

    private static final String STOPPED = "法院或复议机关定了停止执行，暂停";

    private final JdbcClient jdbc;

    Shares(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Shareable> shareable(String[] patterns, LocalDate day, int most) {
        return jdbc.sql("""
                select l.id, l.proposed_at, b.name, c.credit_code, l.first_year, l.second_year, l.listed_on, l.most_last, s.name as basis,
                       s.article, s.excludes, l.objection = 'open' as objected, l.version
                """ + FROM + "and not l.suspended and s.shares and " + ListingBook.HOLDS
                        + " order by l.id limit :most")
                .param("patterns", patterns)
                .param("day", day)
                .param("most", most)
                .query((r, n) -> new Shareable(
                        r.getLong("id"),
                        ListingView.number(r.getTimestamp("proposed_at").toInstant(), r.getLong("id")),
                        r.getString("name"),
                        r.getString("credit_code"),
                        r.getInt("first_year"),
                        r.getInt("second_year"),
                        r.getObject("listed_on", LocalDate.class),
                        r.getObject("most_last", LocalDate.class),
                        r.getString("basis"),
                        r.getString("article"),
                        r.getBoolean("excludes"),
                        r.getBoolean("objected"),
                        r.getInt("version")))
                .list();
    }

    /** Every listing in force, with why it cannot be shared where it cannot. */
    List<Standing> standing(String[] patterns, LocalDate day) {
        return jdbc.sql("select l.id, b.name, l.most_last, s.name as basis, s.article, s.shares, l.suspended, "
                        + ListingBook.HOLDS + " as holds " + FROM + " order by l.id desc limit 200")
                .param("patterns", patterns)
                .param("day", day)
                .query((r, n) -> new Standing(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getObject("most_last", LocalDate.class),
                        r.getString("basis") + " " + r.getString("article"),
                        why(r.getBoolean("suspended"), r.getBoolean("shares"), r.getBoolean("holds"))))
                .list();
    }

    private static @Nullable String why(boolean suspended, boolean shares, boolean holds) {
        if (suspended) {
            return STOPPED;
        }
        if (!shares) {
            return "依据没有允许共享，只供参考";
        }
        return holds ? null : "依据现在不再有效";
    }

    /** Why a listing of these areas is not handed on; empty where there is none. */
    Optional<String> notShared(String[] patterns, long id, LocalDate day) {
        return jdbc.sql("""
                select l.state in (%s) and l.most_last >= cast(:day as date) as in_force, l.suspended, coalesce(s.shares, false) as shares,
                       coalesce(%s, false) as holds
                from listing l left join listing_basis s on s.id = l.basis where l.id = :id and l.area like any(:patterns)
                """.formatted(ListingState.IN_FORCE_SQL, ListingBook.HOLDS))
                .param("patterns", patterns)
                .param("id", id)
                .param("day", day)
                .query((r, n) -> !r.getBoolean("in_force")
                        ? "这件现在不在列，不能共享。"
                        : why(r.getBoolean("suspended"), r.getBoolean("shares"), r.getBoolean("holds")) + "，不能共享。")
                .optional();
    }

    /** What an account received and is over, or stopped for the time being: as long as the listing, or a while after it ended. */
    List<Shareable.Ended> ended(long account, LocalDate day, LocalDate since) {
        return jdbc.sql("""
                select l.id, l.proposed_at, b.name, c.credit_code, l.ended_on,
                       case when l.state in ('removed', 'expired', 'revoked') then l.state when l.most_last < cast(:day as date) then 'expired'
                            when l.suspended then 'suspended' else 'basis' end as why
                from listing l join body b on b.id = l.company join company c on c.body = b.id join listing_basis s on s.id = l.basis
                where l.id in (select i.listing from listing_share h join listing_share_item i on i.share = h.id where h.account = :account)
                  and not (l.state in (%s) and l.most_last >= cast(:day as date) and not l.suspended and s.shares and %s)
                  and coalesce(l.ended_on, l.most_last) >= :since
                order by l.id
                """.formatted(ListingState.IN_FORCE_SQL, ListingBook.HOLDS))
                .param("account", account)
                .param("day", day)
                .param("since", since)
                .query((r, n) -> new Shareable.Ended(
                        r.getLong("id"),
                        ListingView.number(r.getTimestamp("proposed_at").toInstant(), r.getLong("id")),
                        r.getString("name"),
                        r.getString("credit_code"),
                        r.getString("why"),
                        r.getObject("ended_on", LocalDate.class)))
                .list();
    }

    /** The latest line of this account when it took the very same: counted there; null when it is another. */
    @Nullable
    Long again(long account, String format, String digest, Timestamp now) {
        return jdbc.sql("""
                update listing_share set last_at = :now, times = times + 1
                where id = (select max(id) from listing_share where account = :account and format = :format) and digest = :digest
                returning id
                """)
                .param("now", now)
                .param("account", account)
                .param("format", format)
                .param("digest", digest)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    long insert(Line line, Timestamp now, List<Shareable> items) {
        long id = jdbc.sql("""
                insert into listing_share (account, area, program, recipient, purpose, format, digest, at, last_at)
                values (:account, :area, :program, :recipient, :purpose, :format, :digest, :now, :now) returning id
                """)
                .param("account", line.account)
                .param("area", line.area)
                .param("program", line.program)
                .param("recipient", line.recipient)
                .param("purpose", line.purpose)
                .param("format", line.format)
                .param("digest", line.digest)
                .param("now", now)
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into listing_share_item (share, listing, version)
                select :share, * from unnest(cast(:listings as bigint[]), cast(:versions as int[]))
                """)
                .param("share", id)
                .param("listings", items.stream().map(Shareable::id).toArray(Long[]::new))
                .param("versions", items.stream().map(Shareable::version).toArray(Integer[]::new))
                .update();
        return id;
    }

    Set<Long> items(long share) {
        return new HashSet<>(jdbc.sql("select listing from listing_share_item where share = ?")
                .param(share)
                .query(Long.class)
                .list());
    }

    List<Logged> log(String[] patterns, @Nullable Long after) {
        return jdbc.sql("""
                select h.id, h.program, h.recipient, h.purpose, h.format, h.times, h.at, h.last_at,
                       (select count(*) from listing_share_item i where i.share = h.id) as listings
                from listing_share h
                where h.area like any(:patterns) and (cast(:after as bigint) is null or h.id < :after) order by h.id desc limit :most
                """)
                .param("patterns", patterns)
                .param("after", after)
                .param("most", PAGE + 1)
                .query(Logged.class)
                .list();
    }

    /** To whom a listing was handed on, the latest first. */
    record Receipt(String recipient, String purpose, Instant at, Instant lastAt, int times) {

        String when() {
            return times == 1
                    ? CivilTime.day(CivilTime.date(at))
                    : CivilTime.day(CivilTime.date(at)) + "到 " + CivilTime.day(CivilTime.date(lastAt)) + "，" + times
                            + " 次";
        }
    }

    List<Receipt> of(long listing) {
        return jdbc.sql("""
                select h.recipient, h.purpose, min(h.at) as at, max(h.last_at) as last_at, sum(h.times)::int as times
                from listing_share_item i join listing_share h on h.id = i.share
                where i.listing = ? group by h.recipient, h.purpose order by max(h.last_at) desc limit 50
                """).param(listing).query(Receipt.class).list();
    }
}
