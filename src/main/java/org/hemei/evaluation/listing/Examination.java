package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.time.CivilTime;
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
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Examination(
            CompanyYears years,
            Listings listings,
            ListingDesk desk,
            ListingRules rules,
            JdbcClient jdbc,
            InstantSource clock) {
        this.years = years;
        this.listings = listings;
        this.desk = desk;
        this.rules = rules;
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
            if (listing.restsOnYears() && !Run.holds(results, listing.ground)) {
                var step = listing.groundFell(EnumSet.of(Party.EXAMINATION), today);
                desk.written(listing, Party.EXAMINATION, Reader.VISITOR, step, "");
            }
        }
        Run.grounds(results, today.getYear() - rules.of(Name.YEARS_BACK, area, today)).stream()
                .filter(ground -> cases.stream().noneMatch(listing -> stands(listing, ground)))
                .forEach(ground -> desk.propose(company, area, ground));
    }

    /** Whether these two years were looked at already: a case that ran or was decided is not taken up again. */
    private static boolean stands(Listing listing, Ground ground) {
        return listing.ground.secondYear() == ground.secondYear()
                && listing.state != ListingState.REVOKED
                && listing.state != ListingState.DROPPED;
    }
}
