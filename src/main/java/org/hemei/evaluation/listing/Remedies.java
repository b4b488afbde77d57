package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.hemei.evaluation.WhereToTurn;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** What the company of a case can do about it, as its papers and its page say. */
@Component
class Remedies implements WhereToTurn {

    private final Offices offices;
    private final ListingRules rules;
    private final InstantSource clock;

    Remedies(Offices offices, ListingRules rules, InstantSource clock) {
        this.offices = offices;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Optional<Where> of(String area, Instant at) {
        var day = CivilTime.date(at);
        // the bureau of the area around it is another body, with another review and another court
        return offices.of(area, at)
                .filter(office -> office.area().equals(area))
                .map(office -> new Remedy(
                        office,
                        rules.of(Name.OBJECT_DAYS, area, day),
                        rules.of(Name.REVIEW_DAYS, area, day),
                        rules.basis(Name.REVIEW_DAYS, area, day),
                        rules.of(Name.SUIT_MONTHS, area, day),
                        rules.basis(Name.SUIT_MONTHS, area, day)))
                .map(remedy -> new Where(remedy.signer(), remedy.desk(), remedy.ways("答复")));
    }

    /** As it is today. */
    Remedy now(ListingView view) {
        return of(view, clock.instant());
    }

    /** As it was at the moment of a paper: numbers and their bases are those of the notice, the names those of that moment. */
    Remedy of(ListingView view, Instant at) {
        var listing = view.listing();
        var noticed = view.last(ListingVerb.NOTIFY);
        var since = CivilTime.date(noticed == null ? at : noticed.at());
        return new Remedy(
                offices.of(listing.area, at).orElse(null),
                rules.of(Name.OBJECT_DAYS, listing),
                rules.of(Name.REVIEW_DAYS, listing),
                rules.basis(Name.REVIEW_DAYS, listing.area, since),
                rules.of(Name.SUIT_MONTHS, listing),
                rules.basis(Name.SUIT_MONTHS, listing.area, since));
    }
}
