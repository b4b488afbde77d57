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
            @Nullable LocalDate until) {

        public String quoted() {
            return PublicListings.quoted(quote);
        }

        /** What it allows, in a sentence. */
        public String effect() {
            if (excludes) {
                return shares ? "列入期间不得参加投标，并共享给其他系统。" : "列入期间不得参加投标。";
            }
            return shares ? "只供参考，并共享给其他系统；不限制投标。" : "只供参考，不限制投标，不共享。";
        }
    }

    private static final String BASES = """
            select id, name, article, quote, excludes, shares, policy, lower(during) as since, upper(during) as until from listing_basis
            """;

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
        return jdbc.sql(BASES + """
                where (area is null or starts_with(:area, area)) and during @> :today
                  and not exists (select from policy p where p.id = listing_basis.policy
                                                         and (p.valid_from > :today or p.valid_until <= :today))
                order by excludes, shares, id
                """)
                .param("area", area)
                .param("today", CivilTime.date(clock.instant()))
                .query(Basis.class)
                .list();
    }

    Optional<Basis> basis(@Nullable Long id) {
        return id == null
                ? Optional.empty()
                : jdbc.sql(BASES + "where id = ?").param(id).query(Basis.class).optional();
    }
}
