package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.hemei.evaluation.listing.Listing.Step;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;

/** 陈述申辩: the notice reaches the company, it speaks within its time, and the time ends. */
final class Hearing {

    private final Listing listing;

    Hearing(Listing listing) {
        this.listing = listing;
    }

    /** The notice reached the company: from that day on its time to be heard runs. */
    Step deliver(Set<Party> who, LocalDate servedOn, LocalDate noticed, LocalDate today, Instant defenceDue) {
        var to = listing.to(ListingVerb.DELIVER, who);
        if (listing.noticedOn != null) {
            throw Refusal.of("告知书 " + CivilTime.day(listing.noticedOn) + " 已经送达了。");
        }
        if (servedOn.isAfter(today)) {
            throw Refusal.of("servedOn", "送达日不能在今天以后。");
        }
        if (servedOn.isBefore(noticed)) {
            throw Refusal.of("servedOn", "送达日不能早于告知的那天（" + CivilTime.day(noticed) + "）。");
        }
        listing.noticedOn = servedOn;
        listing.heardUntil = defenceDue;
        listing.dueAt = defenceDue;
        return listing.step(ListingVerb.DELIVER, to);
    }

    /**
     * The company is heard up to the last moment of the last day; as often as it wants. What was decided without it is decided anew; where that
     * was served already, what came in time and was overlooked is a reason to revoke it, and for people to weigh.
     *
     * @param at when it spoke, which for a paper is the day it arrived
     */
    Step state(Set<Party> who, Instant at) {
        var to = listing.to(ListingVerb.STATE, who);
        if (listing.heardUntil != null && at.isAfter(listing.heardUntil)) {
            throw Refusal.of("陈述申辩期到 " + CivilTime.full(listing.heardUntil) + " 为止，已经过了。决定送达后还可以提异议。");
        }
        if (listing.state == ListingState.DECIDED) {
            listing.undecide();
            listing.dueAt = listing.decideDue;
        }
        return listing.step(ListingVerb.STATE, to);
    }

    Step closeDefence(Set<Party> who, Instant now, Instant decideDue) {
        var to = listing.to(ListingVerb.CLOSE_DEFENCE, who);
        if (listing.noticedOn == null || !now.isAfter(Objects.requireNonNull(listing.dueAt))) {
            throw Refusal.of("陈述申辩期还没过。");
        }
        listing.dueAt = decideDue;
        listing.decideDue = decideDue;
        return listing.step(ListingVerb.CLOSE_DEFENCE, to);
    }
}
