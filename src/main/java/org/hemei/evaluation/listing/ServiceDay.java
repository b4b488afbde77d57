package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;

/** What follows when the day on which a paper was served is put right: the company never loses time by it (decision 72). */
final class ServiceDay {

    private ServiceDay() {}

    /**
     * When the company's time ends.
     *
     * @param right by the right day
     * @param anew when the whole time begins today
     */
    record Ends(Instant right, Instant anew) {

        /** A later day gives more time, and the whole of it anew where the time was over; an earlier one takes none away. */
        Instant after(Instant was, boolean later, Instant now) {
            if (!later) {
                return was;
            }
            var end = ServiceDay.later(was, right);
            return now.isAfter(was) ? ServiceDay.later(end, anew) : end;
        }
    }

    /**
     * The notice was served on another day than was written down. That never takes time from the company: what it was told stays, and
     * where its time was over too early it is heard again.
     *
     * @param noticed when the notice was made out
     */
    static Listing.Step ofNotice(
            Listing listing, Set<Party> who, LocalDate day, LocalDate noticed, Instant now, Ends ends) {
        var was = listing.noticedOn;
        if (was == null) {
            throw Refusal.of("告知书还没有送达，没有要更正的送达日。");
        }
        var until = ends.after(Objects.requireNonNull(listing.heardUntil), day.isAfter(was), now);
        var again = listing.state != ListingState.NOTICED && until.isAfter(now);
        var verb = again ? ListingVerb.REOPEN : ListingVerb.REDATE;
        var to = listing.to(verb, who);
        check(day, was, noticed, "告知", CivilTime.date(now));
        listing.noticedOn = day;
        listing.heardUntil = until;
        if (again) {
            listing.undecide();
            listing.decideDue = null;
        }
        if (to == ListingState.NOTICED) {
            listing.dueAt = until;
        }
        return listing.step(verb, to);
    }

    /** The same of the decision. The company has stood on the list since the earlier of both days, so its terms end by that one. */
    static Listing.Step ofDecision(Listing listing, Set<Party> who, LocalDate day, Instant now, Ends ends) {
        var to = listing.to(ListingVerb.REDATE, who);
        var was = Objects.requireNonNull(listing.listedOn);
        check(day, was, Objects.requireNonNull(listing.decidedOn), "决定", CivilTime.date(now));
        var counted = Objects.requireNonNull(listing.term);
        if (listing.objection == Listing.Objection.NONE) {
            listing.objectUntil = ends.after(Objects.requireNonNull(listing.objectUntil), day.isAfter(was), now);
        }
        listing.listedOn = day;
        var least = later(earlier(Objects.requireNonNull(listing.leastLast), counted.leastLast(day)), day.plusDays(1));
        listing.leastLast = least;
        listing.mostLast =
                later(earlier(Objects.requireNonNull(listing.mostLast), counted.mostLast(day)), least.plusDays(1));
        return listing.step(ListingVerb.REDATE, to);
    }

    /** @param first the day before which it cannot have been served */
    private static void check(LocalDate day, LocalDate was, LocalDate first, String what, LocalDate today) {
        if (day.equals(was)) {
            throw Refusal.of("servedOn", "和记的一样（" + CivilTime.day(was) + "），不用更正。");
        }
        if (day.isAfter(today)) {
            throw Refusal.of("servedOn", "送达日不能在今天以后。");
        }
        if (day.isBefore(first)) {
            throw Refusal.of("servedOn", "送达日不能早于" + what + "的那天（" + CivilTime.day(first) + "）。");
        }
    }

    private static <T extends Comparable<? super T>> T earlier(T one, T other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static <T extends Comparable<? super T>> T later(T one, T other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
