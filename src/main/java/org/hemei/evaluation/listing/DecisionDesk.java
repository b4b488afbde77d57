package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 集体决定: what several of the bureau decided, as one of them writes it down, and what each member says of that record. */
@Service
public class DecisionDesk {

    /** A member says that the record is wrong. */
    static final String CONTESTED = ListingDesk.KIND + ".vote_contested";

    private static final int REMARK = 200;

    private final ListingDesk desk;
    private final VoteBook votes;
    private final ListingAccess access;
    private final ListingBook book;
    private final ListingRules rules;
    private final CaseYears figures;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    DecisionDesk(
            ListingDesk desk,
            VoteBook votes,
            ListingAccess access,
            ListingBook book,
            ListingRules rules,
            CaseYears figures,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.desk = desk;
        this.votes = votes;
        this.access = access;
        this.book = book;
        this.rules = rules;
        this.figures = figures;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** With their reasons, and what the company has to mend. */
    @Transactional
    public void decide(Reader reader, long id, int version, Votes voted, String words, Collection<UUID> minutes) {
        var taken = desk.take(reader, id, version);
        var listing = taken.listing();
        var wrong = desk.apart(reader, taken);
        wrong.addAll(wrong(listing, voted, !minutes.isEmpty()));
        wrong.addAll(ListingDesk.words(words, "请写清为什么这样定；列入的，还要写清怎么整改、怎么申请修复。" + ListingDesk.WORDS + " 字以内。"));
        ListingDesk.need(wrong);
        var spared = listing.state == ListingState.SPARED;
        if (!spared) { // what was spared does not rest on its years: whether it can be served is asked below
            figures.hold(listing);
        }
        var today = CivilTime.date(clock.instant());
        if (listing.term == null) { // a notice of before terms came with it
            listing.term = book.term(Objects.requireNonNullElse(listing.weight, Weight.ORDINARY), listing.area, today);
        }
        var serveDue = rules.after(clock.instant(), Name.SERVE_DAYS, listing);
        var step = listing.decide(taken.sides(), voted, today, serveDue);
        desk.done(taken, Party.BUREAU, step, words, minutes);
        votes.write(id, step.seq(), voted, reader.account());
        if (spared && listing.state == ListingState.DECIDED && !figures.holds(listing)) {
            fall(listing);
        }
    }

    private List<Refusal.Reason> wrong(Listing listing, Votes voted, boolean minutes) {
        var members = access.members(listing, ListingAccess.ALL);
        var wrong = new ArrayList<>(voted.wrong(
                rules.of(Name.MEMBERS, listing),
                members.stream().map(ListingAccess.Member::account).collect(Collectors.toSet()),
                members.stream()
                        .filter(ListingAccess.Member::interested)
                        .map(ListingAccess.Member::account)
                        .collect(Collectors.toSet())));
        if (listing.contested && listing.state != ListingState.HEARD) { // heard again, it is another decision
            wrong.addAll(voted.again(votes.last(listing.id), minutes));
        }
        return wrong;
    }

    /** It was spared, and its figures were put right, before it came out that it should have been listed: the new ones make their own case. */
    private void fall(Listing listing) {
        var step = listing.groundFell(EnumSet.of(Party.EXAMINATION), CivilTime.date(clock.instant()));
        desk.written(listing, Party.EXAMINATION, Reader.VISITOR, step, "");
        figures.now(listing).ifPresent(ground -> desk.propose(listing.company, listing.area, ground));
    }

    /**
     * A member says whether it was written down rightly. Whoever says that it was not holds the decision up until it was written down again or
     * they say that it is right after all; each once, and beside the next record they are read but do not stop what most confirm (decision 68).
     */
    @Transactional
    public void confirm(Reader reader, long id, int version, @Nullable Boolean agreed, String remark) {
        var listing = desk.take(reader, id, version).listing();
        if (agreed == null) {
            throw Refusal.of("agreed", "请选记得对不对。");
        }
        if (!agreed && (remark.isBlank() || remark.codePointCount(0, remark.length()) > REMARK)) {
            throw Refusal.of("remark", "请写哪里记错了，" + REMARK + " 字以内。");
        }
        if (listing.state != ListingState.DECIDED && listing.state != ListingState.SPARED) {
            throw Refusal.of("决定已经送达，记录不再改。");
        }
        var own = votes.last(id).stream()
                .filter(one -> one.vote().account() == reader.account())
                .findFirst()
                .orElseThrow(() -> Refusal.of("您没有参加这次集体决定。"));
        if (Boolean.TRUE.equals(own.agreed()) && !agreed) {
            throw Refusal.of("agreed", "您确认过这份记录了，确认了不能再改口。");
        }
        votes.said(id, reader.account(), agreed, agreed ? "" : remark.strip());
        var district = ListingDesk.district(listing.area);
        audit.record(
                reader,
                district,
                ListingDesk.KIND + ".vote_" + (agreed ? "confirmed" : "contested"),
                ListingDesk.KIND,
                id,
                listing.area,
                Map.of("company", listing.company));
        if (!agreed) {
            events.announce(district, CONTESTED, id, Map.of("company", listing.company, "actor", reader.account()));
        }
    }
}
