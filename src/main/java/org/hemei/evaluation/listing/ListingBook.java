package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Terms and bases as data: what holds for an area on a day; the nearest area that has set a term decides. */
@Component
class ListingBook {

    /**
     * On what a listing rests.
     *
     * @param excludes keeps its company out of tenders; only a law or a State Council document allows it
     * @param shares may be handed on to other systems
     * @param holds whether it is still valid today, and with it the law it names
     */
    public record Basis(
            long id,
            String name,
            String article,
            String quote,
            boolean excludes,
            boolean shares,
            @Nullable Long policy,
            LocalDate since,
            @Nullable LocalDate until,
            boolean holds) {

        public String quoted() {
            return PublicListings.quoted(quote);
        }

        /** What it allows today: one that is no longer valid allows nothing but to inform. */
        public String today() {
            return (excludes || shares) && !holds ? "依据现在不再有效：只供参考，不限制投标，不共享。" : effect();
        }

        /** What it allows while it is valid, in a sentence. */
        public String effect() {
            if (excludes) {
                return shares ? "列入期间不得参加投标，并共享给其他系统。" : "列入期间不得参加投标。";
            }
            return shares ? "只供参考，并共享给其他系统；不限制投标。" : "只供参考，不限制投标，不共享。";
        }
    }

    /** For a condition in SQL: basis {@code s} is valid on {@code :day}, and so is the law it names where it allows more than to inform. */
    static final String HOLDS = """
            (s.during @> cast(:day as date)
                and (s.policy is null or exists (select from policy p where p.id = s.policy and (p.kind = 'law' or not s.excludes and not s.shares)
                                                    and p.valid_from <= cast(:day as date)
                                                    and (p.valid_until is null or p.valid_until > cast(:day as date)))))
            """;

    private static final String COLUMNS = """
            select s.id, s.name, s.article, s.quote, s.excludes, s.shares, s.policy, lower(s.during) as since, upper(s.during) as until,
            """ + HOLDS + " as holds";

    private static final String BASES = COLUMNS + " from listing_basis s ";

    /** The same with the area that set it; goes on with the join of area {@code a}. */
    static final String BASES_OF = COLUMNS + ", s.area, a.name as area_name from listing_basis s ";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    ListingBook(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Weight.Term term(Weight weight, String area, LocalDate day) {
        return jdbc.sql("""
                select least_months as least, most_months as most, basis from listing_term
                where weight = :weight and (area is null or starts_with(:area, area)) and during @> :day
                order by length(coalesce(area, '')) desc limit 1
                """)
                .param("weight", weight.code())
                .param("area", area)
                .param("day", day)
                .query(Weight.Term.class)
                .single();
    }

    /** Those a case of this area can rest on today. */
    List<Basis> bases(String area) {
        return jdbc.sql(BASES + "where (s.area is null or starts_with(:area, s.area)) and " + HOLDS
                        + " order by s.excludes, s.shares, s.id")
                .param("area", area)
                .param("day", CivilTime.date(clock.instant()))
                .query(Basis.class)
                .list();
    }

    Optional<Basis> basis(@Nullable Long id) {
        return id == null
                ? Optional.empty()
                : jdbc.sql(BASES + "where s.id = :id")
                        .param("id", id)
                        .param("day", CivilTime.date(clock.instant()))
                        .query(Basis.class)
                        .optional();
    }
}
