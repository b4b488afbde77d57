package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a day that came brings to a case by itself: the defence is over, the publication ends. */
@Service
public class ListingClock {

    private static final Set<Party> CLOCK = EnumSet.of(Party.CLOCK);

    private final Listings listings;
    private final ListingDesk desk;
    private final ListingRules rules;
    private final InstantSource clock;

    ListingClock(Listings listings, ListingDesk desk, ListingRules rules, InstantSource clock) {
        this.listings = listings;
        this.desk = desk;
        this.rules = rules;
        this.clock = clock;
    }

    /** Nothing where its day has not come. */
    @Transactional
    public void strike(long id) {
        var now = clock.instant();
        var today = CivilTime.date(now);
        listings.lock(id).ifPresent(listing -> {
            if (listing.state == ListingState.NOTICED
                    && listing.noticedOn != null
                    && listing.dueAt != null
                    && now.isAfter(listing.dueAt)) {
                var decideDue = rules.after(listing.dueAt, Name.DECIDE_DAYS, listing);
                desk.written(
                        listing,
                        Party.CLOCK,
                        Reader.VISITOR,
                        listing.hearing().closeDefence(CLOCK, now, decideDue),
                        "");
            } else if (listing.state.inForce() && listing.mostLast != null && today.isAfter(listing.mostLast)) {
                desk.written(
                        listing, Party.CLOCK, Reader.VISITOR, listing.listed().expire(CLOCK, today), "");
            }
        });
    }
}
