package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks at a company's years again whenever one of them became final or was corrected: proposes where two clear fails stand
 * in a row and nobody looked at them yet, and lets fall what no longer has its ground. It never lists anybody.
 */
@Component
public class Examination implements EventConsumer {

    private final CompanyYears years;
    private final Listings listings;
    private final ListingDesk desk;
    private final ListingRules rules;
    private final CaseYears figures;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Examination(
            CompanyYears years,
            Listings listings,
            ListingDesk desk,
            ListingRules rules,
            CaseYears figures,
            JdbcClient jdbc,
            InstantSource clock) {
        this.years = years;
        this.listings = listings;
        this.desk = desk;
        this.rules = rules;
        this.figures = figures;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "listing-examination";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream()
                .filter(event -> event.kind().equals("company.year.final")
                        || event.kind().equals("company.year.corrected"))
                .map(event -> event.body().path("company").asLong())
                .distinct()
                .forEach(this::examine);
    }

    /** Where a company is registered, while there is one. */
    private Optional<String> area(long company) {
        return jdbc.sql("select b.area from body b join company c on c.body = b.id where b.id = ? for share of b")
                .param(company)
                .query(String.class)
                .optional();
    }

    @Transactional
    public void examine(long company) {
        // two events about one company may be looked at by two copies at once
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('listing-examination', ?))")
                .param(company)
                .query((r, n) -> 0)
                .list();
        var area = area(company).orElse(null);
        if (area == null) {
            return;
        }
        var results = years.latest(company);
        var cases = listings.lockOf(company);
        var today = CivilTime.date(clock.instant());
        for (var listing : cases) {
            if (listing.restsOnYears()) {
                step(listing, Run.today(results, listing.ground).orElse(null), today)
                        .ifPresent(step -> desk.written(listing, Party.EXAMINATION, Reader.VISITOR, step, ""));
            }
        }
        Run.grounds(results, today.getYear() - rules.of(Name.YEARS_BACK, area, today)).stream()
                .filter(ground -> cases.stream().noneMatch(listing -> stands(listing, ground)))
                .forEach(ground -> desk.propose(company, area, ground));
    }

    /**
     * What the years of today do to a case. Whoever was heard on other figures is heard again: a case that is under way gives way to
     * another. One that nobody gave notice of takes the new figures, and of one in force its sides are told.
     */
    private Optional<Listing.Step> step(Listing listing, @Nullable Ground now, LocalDate today) {
        var who = EnumSet.of(Party.EXAMINATION);
        if (now == null) {
            return Optional.of(listing.groundFell(who, today));
        }
        if (listing.state.ended() || !figures.differ(listing.company, listing.seen, now)) {
            return Optional.empty();
        }
        return Optional.of(listing.underWay() ? listing.groundFell(who, today) : listing.correct(who, now));
    }

    /** Whether these two years were looked at already: a case that ran or was decided is not taken up again. */
    private static boolean stands(Listing listing, Ground ground) {
        return listing.ground.secondYear() == ground.secondYear() && !listing.frees;
    }
}
