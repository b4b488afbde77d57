package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What everybody may know: who stands on the list today (and is not suspended), from when to when and on what basis; and which listings were wrong
 * from the start, for as long as they would have been published. Nothing after it ended.
 */
@Component
public class PublicListings {

    static final int MOST = 500;

    /** For a condition in SQL: listing {@code l} has its effect; a court or a review has not stopped it. */
    static final String EFFECTIVE = "l.state in (" + ListingState.IN_FORCE_SQL + ") and not l.suspended";

    /** @param until the last day, whatever happens */
    public record Listed(
            long id,
            long company,
            String name,
            String creditCode,
            int firstYear,
            int secondYear,
            LocalDate since,
            LocalDate until,
            boolean wrong,
            @Nullable LocalDate revokedOn,
            boolean objected,
            boolean appealed,
            String basis,
            String article,
            String quote,
            boolean excludes,
            boolean shares) {

        public String quoted() {
            return PublicListings.quoted(quote);
        }
    }

    private static final String SELECT = """
            select l.id, l.company, b.name, c.credit_code, l.first_year, l.second_year, l.listed_on as since, l.most_last as until,
                   l.state = 'revoked' as wrong, case when l.state = 'revoked' then l.ended_on end as revoked_on, l.objection = 'open' as objected, l.appeal <> 'none' as appealed,
                   s.name as basis, s.article, s.quote,
                   s.excludes and %1$s as excludes, s.shares and %1$s as shares
            from listing l join body b on b.id = l.company join company c on c.body = b.id join listing_basis s on s.id = l.basis
            where l.most_last >= cast(:day as date)
            """.formatted(ListingBook.HOLDS);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PublicListings(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Word for word, between quotation marks; those inside become single ones. */
    static String quoted(String words) {
        return "“" + words.replace('“', '‘').replace('”', '’') + "”";
    }

    /** Hundredths of a point as people read them: 57.25; a dash where there is no score. */
    public static String points(@Nullable Integer hundredths) {
        return hundredths == null ? "—" : "%d.%02d".formatted(hundredths / 100, hundredths % 100);
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** Everything that is published today; of one company, or of all. */
    public List<Listed> published(@Nullable Long company) {
        return jdbc.sql(SELECT + """
                and (%s or l.state = 'revoked') and (cast(:company as bigint) is null or l.company = :company)
                order by wrong, since desc, l.id desc limit %d
                """.formatted(EFFECTIVE, MOST))
                .param("day", today())
                .param("company", company)
                .query(Listed.class)
                .list();
    }

    /** How many are in force today. */
    int count() {
        return jdbc.sql("select count(*) from listing l where %s and l.most_last >= ?".formatted(EFFECTIVE))
                .param(today())
                .query(Integer.class)
                .single();
    }

    /** Listings in force today of these companies, for whoever has to know whether one keeps somebody out. */
    public List<Listed> inForce(List<Long> companies) {
        return jdbc.sql(SELECT + """
                and %s and l.company = any(:companies) order by l.company, since
                """.formatted(EFFECTIVE))
                .param("day", today())
                .param("companies", companies.toArray(Long[]::new))
                .query(Listed.class)
                .list();
    }

    /** A case that is under way for a company and not in force, or whose listing is objected to, reviewed or before a court. */
    public record Running(
            long company,
            int firstYear,
            int secondYear,
            ListingState state,
            boolean objection,
            Appeal appeal,
            boolean suspended) {}

    public List<Running> running(List<Long> companies) {
        return jdbc.sql("""
                select company, first_year, second_year, state, objection = 'open' as objection, appeal, suspended from listing
                where company = any(:companies) and (state in (%s) or objection = 'open' or appeal <> 'none') order by company, id
                """.formatted(ListingState.OWED_SQL))
                .param("companies", companies.toArray(Long[]::new))
                .query((r, n) -> new Running(
                        r.getLong("company"),
                        r.getInt("first_year"),
                        r.getInt("second_year"),
                        ListingState.of(r.getString("state")),
                        r.getBoolean("objection"),
                        Appeal.of(r.getString("appeal")),
                        r.getBoolean("suspended")))
                .list();
    }
}
