package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * One case of the blacklist: a company, the two years it rests on, and where it stands. Each verb checks who acts and the
 * table ({@link ListingMoves}) first, then what else the rule asks for; a refusal changes nothing. How the company is heard is
 * {@link Hearing}'s, what becomes of it on the list {@link Listed}'s, and what a wrong day of service changes {@link ServiceDay}'s.
 */
final class Listing {

    /** A company objects once to a decision; what became of it. */
    enum Objection {
        NONE,
        OPEN,
        DENIED
    }

    /** @param seq the version that the step led to */
    record Step(int seq, ListingVerb verb, ListingState from, ListingState to) {}

    final long id;
    final long company;
    final String area;
    /** What its papers quote. */
    Ground ground;
    /** The versions its years had when those concerned last heard of them. */
    Ground seen;

    /** Whether another case about the same years can follow: this one fell with its ground. */
    boolean frees;

    int version;
    ListingState state;

    @Nullable
    Weight weight;

    @Nullable
    Long basis;

    Weight.@Nullable Term term;
    /** Until when somebody owes the next step; while a notice is out, the last moment of the defence. */
    @Nullable
    Instant dueAt;

    /** The last moment at which the company may speak; kept when it has passed. */
    @Nullable
    Instant heardUntil;

    /** By when it is to be decided; kept when it was. */
    @Nullable
    Instant decideDue;

    /** By when the notice is to be served; kept when it was. */
    @Nullable
    Instant deliverDue;

    /** By when the decision is to be served; kept when it was. */
    @Nullable
    Instant serveDue;

    /** When the notice was served; null while it was only made out. */
    @Nullable
    LocalDate noticedOn;

    @Nullable
    LocalDate decidedOn;

    /** Who means that no notice should be given; null while nobody does. */
    @Nullable
    Long declineAsked;

    /** Who of the bureau means that it was wrong; another has to agree. Null while nobody does. */
    @Nullable
    Long overturnAsked;

    /** Whether a member says that their vote was written down wrongly. */
    boolean contested;

    @Nullable
    LocalDate listedOn;

    @Nullable
    LocalDate leastLast;

    @Nullable
    LocalDate mostLast;

    @Nullable
    LocalDate endedOn;

    @Nullable
    Instant objectUntil;

    Objection objection = Objection.NONE;

    /** What runs about it at a court or at whoever reviews it. */
    Appeal appeal = Appeal.NONE;

    /** Whether it has no effect while that runs. */
    boolean suspended;

    /** By when an open objection is to be answered. */
    @Nullable
    Instant answerDue;

    /** What the last verification found; null before one. */
    @Nullable
    Boolean mended;

    Listing(long id, long company, String area, Ground ground, int version, ListingState state) {
        this.id = id;
        this.company = company;
        this.area = area;
        this.ground = ground;
        this.seen = ground;
        this.version = version;
        this.state = state;
    }

    /**
     * Says what is intended, for how long, why and on what basis; the company is heard from the day on which this is served.
     *
     * @param today its years as they are now: the notice quotes no other figures
     */
    Step notify(Set<Party> who, Weight weight, long basis, Weight.Term term, Ground today, Instant deliverDue) {
        var to = to(ListingVerb.NOTIFY, who);
        this.weight = weight;
        this.basis = basis;
        this.term = term;
        ground = today;
        seen = today;
        dueAt = deliverDue;
        this.deliverDue = deliverDue;
        return step(ListingVerb.NOTIFY, to);
    }

    /** Its years have other figures, and are two fails all the same. What was noticed with the old ones is not gone on with: see {@link #groundFell}. */
    Step correct(Set<Party> who, Ground today) {
        var to = to(ListingVerb.CORRECT, who);
        if (!published()) {
            ground = today;
        }
        seen = today;
        return step(ListingVerb.CORRECT, to);
    }

    /** Somebody of the bureau means that no notice should be given; another has to agree. */
    Step askDecline(Set<Party> who) {
        var to = to(ListingVerb.ASK_DECLINE, who);
        if (declineAsked != null) {
            throw Refusal.of("已经有人提出不予告知了，等另一位同事同意。");
        }
        return step(ListingVerb.ASK_DECLINE, to);
    }

    /** Two of them mean so: the company is never told, and nobody else. */
    Step decline(Set<Party> who, long account, LocalDate today) {
        var to = to(ListingVerb.DECLINE, who);
        if (declineAsked == null) {
            throw Refusal.of("还没有人提出不予告知。");
        }
        if (declineAsked == account) {
            throw Refusal.of("不予告知要两个人定。请另一位同事同意。");
        }
        dueAt = null;
        endedOn = today;
        return step(ListingVerb.DECLINE, to);
    }

    /** Whether the company was told of figures, and nothing was served on them yet. */
    boolean underWay() {
        return state == ListingState.NOTICED || state == ListingState.HEARD || state == ListingState.DECIDED;
    }

    /** What was decided does not hold: it is decided anew. */
    void undecide() {
        decidedOn = null;
        serveDue = null;
    }

    /** What those who decide voted comes to: more than half of those who did not withdraw. */
    Step decide(Set<Party> who, Votes votes, LocalDate today, Instant serveDue) {
        var verb = votes.carried() ? ListingVerb.LIST : ListingVerb.SPARE;
        var to = to(verb, who);
        var again = state == ListingState.DECIDED || state == ListingState.SPARED;
        if (again && !contested) {
            throw Refusal.of("已经集体决定了。有成员说记错了，才能再记一次。");
        }
        contested = false;
        if (!again) { // what is written down anew was decided on the day it was
            decidedOn = today;
        }
        if (verb == ListingVerb.LIST) {
            dueAt = serveDue;
            this.serveDue = serveDue;
            endedOn = null;
        } else {
            dueAt = null;
            this.serveDue = null;
            endedOn = again && endedOn != null ? endedOn : today;
        }
        return step(verb, to);
    }

    /** From the day of service on the company stands on the list. */
    Step serve(Set<Party> who, LocalDate servedOn, LocalDate today, Instant objectUntil) {
        var to = to(ListingVerb.SERVE, who);
        var wrong = new ArrayList<Refusal.Reason>();
        if (contested) {
            wrong.add(new Refusal.Reason(null, "有成员说表决记得不对。请先核对会议记录：记错了的再记一次，没记错的请他确认。再记了他还说不对的，要表决的成员过半数确认。"));
        }
        if (servedOn.isAfter(today)) {
            wrong.add(new Refusal.Reason("servedOn", "送达日不能在今天以后。"));
        }
        if (servedOn.isBefore(Objects.requireNonNull(decidedOn))) {
            wrong.add(new Refusal.Reason("servedOn", "送达日不能早于决定的那天（" + CivilTime.day(decidedOn) + "）。"));
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var counted = Objects.requireNonNull(term);
        listedOn = servedOn;
        leastLast = counted.leastLast(servedOn);
        mostLast = counted.mostLast(servedOn);
        this.objectUntil = objectUntil;
        dueAt = null;
        return step(ListingVerb.SERVE, to);
    }

    /**
     * The years it rested on are no two fails any more: before it was served the case ends, afterwards it was wrong from the start. A case
     * that is under way ends as well when they fail with other figures: another follows, from its notice on.
     */
    Step groundFell(Set<Party> who, LocalDate today) {
        var verb = published() ? ListingVerb.REVOKE : ListingVerb.DROP;
        var to = to(verb, who);
        frees = true;
        if (verb == ListingVerb.REVOKE) {
            return revoked(to, today);
        }
        dueAt = null;
        endedOn = today;
        return step(verb, to);
    }

    Hearing hearing() {
        return new Hearing(this);
    }

    Listed listed() {
        return new Listed(this);
    }

    /** Whether it was ever on the list, now or before. */
    boolean published() {
        return listedOn != null;
    }

    /** Whether a change of the years can still weigh on it. */
    boolean restsOnYears() {
        return switch (state) {
            case REVOKED, DROPPED, DECLINED, SPARED -> false;
            default -> true;
        };
    }

    /** Wrong from the start: whatever runs about it ends with it. */
    Step revoked(ListingState to, LocalDate today) {
        dueAt = null;
        answerDue = null;
        appeal = Appeal.NONE;
        suspended = false;
        if (objection == Objection.OPEN) {
            objection = Objection.NONE;
        }
        endedOn = today;
        return step(ListingVerb.REVOKE, to);
    }

    ListingState to(ListingVerb verb, Set<Party> who) {
        var row = ListingMoves.find(state, verb)
                .orElseThrow(() -> Refusal.of("这件现在是“" + state.words() + "”，不能" + verb.words() + "。"));
        if (row.who().stream().noneMatch(who::contains)) {
            var may = row.who().stream().map(Party::words).toList();
            throw Refusal.of("“" + verb.words() + "”归" + String.join("、", may) + "办。");
        }
        return row.to();
    }

    Step step(ListingVerb verb, ListingState to) {
        var from = state;
        state = to;
        version++;
        return new Step(version, verb, from, to);
    }
}
