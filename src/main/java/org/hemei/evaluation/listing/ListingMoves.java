package org.hemei.evaluation.listing;

import static org.hemei.evaluation.listing.ListingState.DECIDED;
import static org.hemei.evaluation.listing.ListingState.DECLINED;
import static org.hemei.evaluation.listing.ListingState.DROPPED;
import static org.hemei.evaluation.listing.ListingState.EXPIRED;
import static org.hemei.evaluation.listing.ListingState.HEARD;
import static org.hemei.evaluation.listing.ListingState.LISTED;
import static org.hemei.evaluation.listing.ListingState.NOTICED;
import static org.hemei.evaluation.listing.ListingState.PROPOSED;
import static org.hemei.evaluation.listing.ListingState.REMOVED;
import static org.hemei.evaluation.listing.ListingState.REPAIR_APPLIED;
import static org.hemei.evaluation.listing.ListingState.REPAIR_VERIFIED;
import static org.hemei.evaluation.listing.ListingState.REVOKED;
import static org.hemei.evaluation.listing.ListingState.SPARED;
import static org.hemei.evaluation.listing.Party.BUREAU;
import static org.hemei.evaluation.listing.Party.CLOCK;
import static org.hemei.evaluation.listing.Party.COMPANY;
import static org.hemei.evaluation.listing.Party.EXAMINATION;
import static org.hemei.evaluation.listing.Party.STREET;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of how a case of the blacklist moves: from a state, by a verb, to a state, by whom (domain.md §3). What is
 * not written here cannot happen. The diagram docs/listing-states.md is generated from it.
 */
public final class ListingMoves {

    /** One row. A row that leads back to its own state is a step that changes facts, not the state. */
    public record Row(ListingState from, ListingVerb verb, ListingState to, Set<Party> who) {}

    private static final List<Row> ROWS = List.of(
            row(PROPOSED, ListingVerb.NOTIFY, NOTICED, BUREAU),
            row(PROPOSED, ListingVerb.ASK_DECLINE, PROPOSED, BUREAU),
            row(PROPOSED, ListingVerb.DECLINE, DECLINED, BUREAU),
            row(PROPOSED, ListingVerb.CORRECT, PROPOSED, EXAMINATION),
            row(NOTICED, ListingVerb.DELIVER, NOTICED, BUREAU),
            row(NOTICED, ListingVerb.STATE, NOTICED, COMPANY),
            row(NOTICED, ListingVerb.CLOSE_DEFENCE, HEARD, CLOCK),
            row(HEARD, ListingVerb.STATE, HEARD, COMPANY),
            row(DECIDED, ListingVerb.STATE, HEARD, COMPANY),
            row(NOTICED, ListingVerb.REDATE, NOTICED, BUREAU),
            row(HEARD, ListingVerb.REDATE, HEARD, BUREAU),
            row(DECIDED, ListingVerb.REDATE, DECIDED, BUREAU),
            row(HEARD, ListingVerb.REOPEN, NOTICED, BUREAU),
            row(DECIDED, ListingVerb.REOPEN, NOTICED, BUREAU),
            row(HEARD, ListingVerb.LIST, DECIDED, BUREAU),
            row(HEARD, ListingVerb.SPARE, SPARED, BUREAU),
            row(DECIDED, ListingVerb.LIST, DECIDED, BUREAU),
            row(DECIDED, ListingVerb.SPARE, SPARED, BUREAU),
            row(SPARED, ListingVerb.LIST, DECIDED, BUREAU),
            row(SPARED, ListingVerb.SPARE, SPARED, BUREAU),
            row(DECIDED, ListingVerb.SERVE, LISTED, BUREAU),
            row(LISTED, ListingVerb.REDATE, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.REDATE, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.REDATE, REPAIR_VERIFIED, BUREAU),
            row(LISTED, ListingVerb.APPLY_REPAIR, REPAIR_APPLIED, COMPANY),
            row(REPAIR_APPLIED, ListingVerb.WITHDRAW_REPAIR, LISTED, COMPANY),
            row(REPAIR_VERIFIED, ListingVerb.WITHDRAW_REPAIR, LISTED, COMPANY),
            row(REPAIR_APPLIED, ListingVerb.VERIFY, REPAIR_VERIFIED, BUREAU, STREET),
            row(REPAIR_VERIFIED, ListingVerb.REMOVE, REMOVED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.REFUSE_REPAIR, LISTED, BUREAU),
            row(LISTED, ListingVerb.EXPIRE, EXPIRED, CLOCK),
            row(REPAIR_APPLIED, ListingVerb.EXPIRE, EXPIRED, CLOCK),
            row(REPAIR_VERIFIED, ListingVerb.EXPIRE, EXPIRED, CLOCK),
            row(LISTED, ListingVerb.OBJECT, LISTED, COMPANY),
            row(REPAIR_APPLIED, ListingVerb.OBJECT, REPAIR_APPLIED, COMPANY),
            row(REPAIR_VERIFIED, ListingVerb.OBJECT, REPAIR_VERIFIED, COMPANY),
            row(LISTED, ListingVerb.DENY_OBJECTION, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.DENY_OBJECTION, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.DENY_OBJECTION, REPAIR_VERIFIED, BUREAU),
            row(REMOVED, ListingVerb.DENY_OBJECTION, REMOVED, BUREAU),
            row(EXPIRED, ListingVerb.DENY_OBJECTION, EXPIRED, BUREAU),
            row(LISTED, ListingVerb.CORRECT, LISTED, EXAMINATION),
            row(REPAIR_APPLIED, ListingVerb.CORRECT, REPAIR_APPLIED, EXAMINATION),
            row(REPAIR_VERIFIED, ListingVerb.CORRECT, REPAIR_VERIFIED, EXAMINATION),
            row(LISTED, ListingVerb.APPEAL, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.APPEAL, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.APPEAL, REPAIR_VERIFIED, BUREAU),
            row(REMOVED, ListingVerb.APPEAL, REMOVED, BUREAU),
            row(EXPIRED, ListingVerb.APPEAL, EXPIRED, BUREAU),
            row(LISTED, ListingVerb.APPEAL_OVER, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.APPEAL_OVER, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.APPEAL_OVER, REPAIR_VERIFIED, BUREAU),
            row(REMOVED, ListingVerb.APPEAL_OVER, REMOVED, BUREAU),
            row(EXPIRED, ListingVerb.APPEAL_OVER, EXPIRED, BUREAU),
            row(LISTED, ListingVerb.SUSPEND, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.SUSPEND, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.SUSPEND, REPAIR_VERIFIED, BUREAU),
            row(LISTED, ListingVerb.RESUME, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.RESUME, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.RESUME, REPAIR_VERIFIED, BUREAU),
            row(LISTED, ListingVerb.ASK_OVERTURN, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.ASK_OVERTURN, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.ASK_OVERTURN, REPAIR_VERIFIED, BUREAU),
            row(REMOVED, ListingVerb.ASK_OVERTURN, REMOVED, BUREAU),
            row(EXPIRED, ListingVerb.ASK_OVERTURN, EXPIRED, BUREAU),
            row(LISTED, ListingVerb.DENY_OVERTURN, LISTED, BUREAU),
            row(REPAIR_APPLIED, ListingVerb.DENY_OVERTURN, REPAIR_APPLIED, BUREAU),
            row(REPAIR_VERIFIED, ListingVerb.DENY_OVERTURN, REPAIR_VERIFIED, BUREAU),
            row(REMOVED, ListingVerb.DENY_OVERTURN, REMOVED, BUREAU),
            row(EXPIRED, ListingVerb.DENY_OVERTURN, EXPIRED, BUREAU),
            row(LISTED, ListingVerb.STATE, LISTED, COMPANY),
            row(REPAIR_APPLIED, ListingVerb.STATE, REPAIR_APPLIED, COMPANY),
            row(REPAIR_VERIFIED, ListingVerb.STATE, REPAIR_VERIFIED, COMPANY),
            row(REMOVED, ListingVerb.STATE, REMOVED, COMPANY),
            row(EXPIRED, ListingVerb.STATE, EXPIRED, COMPANY),
            row(LISTED, ListingVerb.REVOKE, REVOKED, BUREAU, EXAMINATION),
            row(REPAIR_APPLIED, ListingVerb.REVOKE, REVOKED, BUREAU, EXAMINATION),
            row(REPAIR_VERIFIED, ListingVerb.REVOKE, REVOKED, BUREAU, EXAMINATION),
            row(REMOVED, ListingVerb.REVOKE, REVOKED, BUREAU, EXAMINATION),
            row(EXPIRED, ListingVerb.REVOKE, REVOKED, BUREAU, EXAMINATION),
            row(PROPOSED, ListingVerb.DROP, DROPPED, EXAMINATION),
            row(NOTICED, ListingVerb.DROP, DROPPED, EXAMINATION),
            row(HEARD, ListingVerb.DROP, DROPPED, EXAMINATION),
            row(DECIDED, ListingVerb.DROP, DROPPED, EXAMINATION));

    private ListingMoves() {}

    private static Row row(ListingState from, ListingVerb verb, ListingState to, Party first, Party... more) {
        return new Row(from, verb, to, EnumSet.of(first, more));
    }

    public static List<Row> rows() {
        return ROWS;
    }

    /** The verbs that somebody on these sides has in a state. */
    static List<ListingVerb> open(ListingState state, Set<Party> who) {
        return ROWS.stream()
                .filter(row -> row.from == state && row.who.stream().anyMatch(who::contains))
                .map(Row::verb)
                .distinct()
                .toList();
    }

    public static Optional<Row> find(ListingState from, ListingVerb verb) {
        return ROWS.stream().filter(row -> row.from == from && row.verb == verb).findFirst();
    }
}
