package org.hemei.evaluation.listing;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.evaluation.listing.ListingPages.Act;
import org.hemei.platform.time.CivilTime;

/** Which forms the page of a case offers: what {@link ListingMoves} lets somebody do, as far as it makes sense now. */
final class ListingActs {

    private ListingActs() {}

    static List<Act> of(ListingView view, Set<Party> sides, long account, Instant now) {
        var listing = view.listing();
        var open = ListingMoves.open(view.state(), sides);
        var acts = EnumSet.noneOf(Act.class);
        for (var act : Act.values()) {
            if (act.verb != null && open.contains(act.verb)) {
                acts.add(act);
            }
        }
        if (sides.contains(Party.BUREAU)
                && !PaperDesk.What.of(listing, CivilTime.date(now)).isEmpty()) {
            acts.add(Act.PAPER);
        }
        acts.remove(listing.noticedOn != null ? Act.DELIVER : Act.REDATE);
        deciding(listing, account, acts);
        company(listing, now, acts);
        outside(listing, acts);
        return List.copyOf(acts);
    }

    private static void deciding(Listing listing, long account, Set<Act> acts) {
        if (listing.declineAsked != null) {
            acts.remove(Act.ASK_DECLINE);
        }
        if (listing.declineAsked == null || listing.declineAsked == account) {
            acts.remove(Act.DECLINE);
        }
        if (listing.state == ListingState.DECIDED) {
            acts.remove(listing.contested ? Act.SERVE : Act.DECIDE);
        }
        if (listing.state == ListingState.SPARED && !listing.contested) {
            acts.remove(Act.DECIDE);
        }
        if (listing.objection != Listing.Objection.OPEN) {
            acts.remove(Act.ANSWER);
        }
        acts.remove(listing.overturnAsked == null ? Act.DENY_OVERTURN : Act.ASK_OVERTURN);
    }

    /** What the company can do within its times. */
    private static void company(Listing listing, Instant now, Set<Act> acts) {
        if (listing.published() || listing.heardUntil != null && now.isAfter(listing.heardUntil)) {
            acts.remove(Act.STATE);
        }
        if (listing.objection != Listing.Objection.NONE
                || listing.objectUntil == null
                || now.isAfter(listing.objectUntil)) {
            acts.remove(Act.OBJECT);
        }
        if (listing.leastLast == null || !CivilTime.date(now).isAfter(listing.leastLast)) {
            acts.remove(Act.REPAIR);
        }
    }

    /** What a review or a court makes of it. */
    private static void outside(Listing listing, Set<Act> acts) {
        if (listing.appeal.runs()) {
            acts.remove(Act.APPEAL);
            acts.removeAll(listing.suspended ? EnumSet.of(Act.APPEAL_OVER, Act.SUSPEND) : EnumSet.of(Act.RESUME));
        } else {
            acts.removeAll(EnumSet.of(Act.APPEAL_OVER, Act.SUSPEND, Act.RESUME));
        }
    }
}
