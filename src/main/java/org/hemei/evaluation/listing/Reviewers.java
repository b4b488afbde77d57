package org.hemei.evaluation.listing;

import java.util.List;
import java.util.Objects;
import org.hemei.evaluation.listing.ListingPages.Act;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who can look once more at what several decided: somebody of the bureau who took no part, wrote nothing down and has no interest. */
@Component
class Reviewers {

    /**
     * What the form of a second look has to know of its reader.
     *
     * @param shut whether the reader took part in the decision, and somebody else has to do it
     * @param others colleagues who took no part
     */
    record Second(boolean shut, List<ListingAccess.Member> others) {

        static final Second NONE = new Second(false, List.of());
    }

    private final VoteBook votes;
    private final ListingAccess access;

    Reviewers(VoteBook votes, ListingAccess access) {
        this.votes = votes;
        this.access = access;
    }

    Second of(Reader reader, Listing listing, @Nullable Act act) {
        if (act == null || !asks(act)) {
            return Second.NONE;
        }
        var part = votes.tookPart(listing.id);
        var own = act == Act.OVERTURN
                || act == Act.DENY_OVERTURN && Objects.equals(listing.overturnAsked, reader.account());
        var others = access.members(listing, ListingAccess.ALL).stream()
                .filter(member -> member.account() != reader.account()
                        && !member.interested()
                        && !part.contains(member.account()))
                .toList();
        return new Second(!own && part.contains(reader.account()), others);
    }

    private static boolean asks(Act act) {
        return switch (act) {
            case ANSWER, ASK_OVERTURN, DENY_OVERTURN, OVERTURN -> true;
            default -> false;
        };
    }
}
