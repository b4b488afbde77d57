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
 * table ({@link ListingMoves}) first, then what else the rule asks for; a refusal changes nothing.
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

    /** The notice reached the company: from that day on its time to be heard runs. */
    Step deliver(Set<Party> who, LocalDate servedOn, LocalDate noticed, LocalDate today, Instant defenceDue) {
        var to = to(ListingVerb.DELIVER, who);
        if (noticedOn != null) {
            throw Refusal.of("告知书 " + CivilTime.day(noticedOn) + " 已经送达了。");
        }
        if (servedOn.isAfter(today)) {
            throw Refusal.of("servedOn", "送达日不能在今天以后。");
        }
        if (servedOn.isBefore(noticed)) {
            throw Refusal.of("servedOn", "送达日不能早于告知的那天（" + CivilTime.day(noticed) + "）。");
        }
        noticedOn = servedOn;
        heardUntil = defenceDue;
        dueAt = defenceDue;
        return step(ListingVerb.DELIVER, to);
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

    /**
     * The company is heard up to the last moment of the last day; as often as it wants. What was decided without it is decided anew.
     *
     * @param at when it spoke, which for a paper is the day it arrived
     */
    Step state(Set<Party> who, Instant at) {
        var to = to(ListingVerb.STATE, who);
        if (heardUntil != null && at.isAfter(heardUntil)) {
            throw Refusal.of("陈述申辩期到 " + CivilTime.full(heardUntil) + " 为止，已经过了。决定送达后还可以提异议。");
        }
        if (state == ListingState.DECIDED) {
            undecide();
            dueAt = decideDue;
        }
        return step(ListingVerb.STATE, to);
    }

    private void undecide() {
        decidedOn = null;
        serveDue = null;
    }

    Step closeDefence(Set<Party> who, Instant now, Instant decideDue) {
        var to = to(ListingVerb.CLOSE_DEFENCE, who);
        if (noticedOn == null || !now.isAfter(due())) {
            throw Refusal.of("陈述申辩期还没过。");
        }
        dueAt = decideDue;
        this.decideDue = decideDue;
        return step(ListingVerb.CLOSE_DEFENCE, to);
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
     * The notice was served on another day than was written down. That never takes time from the company: what it was told stays, and
     * where its time was over too early it is heard again.
     *
     * @param noticed when the notice was made out
     */
    Step redateNotice(Set<Party> who, LocalDate day, LocalDate noticed, Instant now, ServiceDay.Ends ends) {
        var was = noticedOn;
        if (was == null) {
            throw Refusal.of("告知书还没有送达，没有要更正的送达日。");
        }
        var until = ends.after(Objects.requireNonNull(heardUntil), day.isAfter(was), now);
        var again = state != ListingState.NOTICED && until.isAfter(now);
        var verb = again ? ListingVerb.REOPEN : ListingVerb.REDATE;
        var to = to(verb, who);
        ServiceDay.check(day, was, noticed, "告知", CivilTime.date(now));
        noticedOn = day;
        heardUntil = until;
        if (again) {
            undecide();
            decideDue = null;
        }
        if (to == ListingState.NOTICED) {
            dueAt = until;
        }
        return step(verb, to);
    }

    /** The same of the decision. The company has stood on the list since the earlier of both days, so its terms end by that one. */
    Step redateDecision(Set<Party> who, LocalDate day, Instant now, ServiceDay.Ends ends) {
        var to = to(ListingVerb.REDATE, who);
        var was = Objects.requireNonNull(listedOn);
        ServiceDay.check(day, was, Objects.requireNonNull(decidedOn), "决定", CivilTime.date(now));
        var counted = Objects.requireNonNull(term);
        if (objection == Objection.NONE) {
            objectUntil = ends.after(Objects.requireNonNull(objectUntil), day.isAfter(was), now);
        }
        listedOn = day;
        leastLast = ServiceDay.later(
                ServiceDay.earlier(Objects.requireNonNull(leastLast), counted.leastLast(day)), day.plusDays(1));
        mostLast = ServiceDay.later(
                ServiceDay.earlier(Objects.requireNonNull(mostLast), counted.mostLast(day)), leastLast.plusDays(1));
        return step(ListingVerb.REDATE, to);
    }

    Step applyRepair(Set<Party> who, LocalDate today, Instant repairDue) {
        var to = to(ListingVerb.APPLY_REPAIR, who);
        if (!today.isAfter(Objects.requireNonNull(leastLast))) {
            throw Refusal.of("最短期限到 " + CivilTime.day(leastLast) + " 为止。请从第二天起申请，整改材料可以先备好。");
        }
        notOver(today);
        dueAt = repairDue;
        mended = null;
        return step(ListingVerb.APPLY_REPAIR, to);
    }

    /** While nothing is decided; what was found meanwhile stays in the story and weighs on nothing. */
    Step withdrawRepair(Set<Party> who, LocalDate today) {
        var to = to(ListingVerb.WITHDRAW_REPAIR, who);
        notOver(today);
        dueAt = null;
        mended = null;
        return step(ListingVerb.WITHDRAW_REPAIR, to);
    }

    Step verify(Set<Party> who, LocalDate today, boolean mended) {
        var to = to(ListingVerb.VERIFY, who);
        notOver(today);
        this.mended = mended;
        return step(ListingVerb.VERIFY, to);
    }

    Step remove(Set<Party> who, LocalDate today) {
        var to = to(ListingVerb.REMOVE, who);
        notOver(today);
        if (!Boolean.TRUE.equals(mended)) {
            throw Refusal.of("核验写的是没有整改到位，不能移出。请不同意，写清差在哪里。");
        }
        dueAt = null;
        endedOn = today;
        return step(ListingVerb.REMOVE, to);
    }

    Step refuseRepair(Set<Party> who, LocalDate today) {
        var to = to(ListingVerb.REFUSE_REPAIR, who);
        notOver(today);
        dueAt = null;
        return step(ListingVerb.REFUSE_REPAIR, to);
    }

    /** Once, within the time for it; the list stays as it is until somebody else has looked. */
    Step object(Set<Party> who, Instant now, Instant answerDue) {
        var to = to(ListingVerb.OBJECT, who);
        if (objection != Objection.NONE) {
            throw Refusal.of(objection == Objection.OPEN ? "异议已经提过了，正在审查。" : "异议审查过了。不服的可以依法申请行政复议或提起诉讼。");
        }
        if (now.isAfter(Objects.requireNonNull(objectUntil))) {
            throw Refusal.of("异议期到 " + CivilTime.full(objectUntil) + " 为止，已经过了。仍可依法申请行政复议或提起诉讼。");
        }
        objection = Objection.OPEN;
        this.answerDue = answerDue;
        return step(ListingVerb.OBJECT, to);
    }

    Step denyObjection(Set<Party> who) {
        var to = to(ListingVerb.DENY_OBJECTION, who);
        objected();
        objection = Objection.DENIED;
        answerDue = null;
        return step(ListingVerb.DENY_OBJECTION, to);
    }

    /** The company was right: the listing was wrong from the start. */
    Step uphold(Set<Party> who, LocalDate today) {
        var to = to(ListingVerb.REVOKE, who);
        objected();
        return revoked(to, today);
    }

    /** A review or a suit about it runs; one after the other, also when its publication is over. */
    Step appeal(Set<Party> who, Appeal kind) {
        var to = to(ListingVerb.APPEAL, who);
        if (appeal.runs()) {
            throw Refusal.of("已经登记了" + appeal.words() + "。结束了，再登记下一个。");
        }
        appeal = kind;
        return step(ListingVerb.APPEAL, to);
    }

    /** It is over, and the listing stands. */
    Step appealOver(Set<Party> who) {
        var to = to(ListingVerb.APPEAL_OVER, who);
        if (!appeal.runs()) {
            throw Refusal.of("没有登记过正在进行的复议、诉讼。");
        }
        appeal = Appeal.NONE;
        return step(ListingVerb.APPEAL_OVER, to);
    }

    /**
     * A court, whoever reviewed it, or the bureau itself found that it was wrong from the start.
     *
     * @param anew whether the two years are dealt with once more, in another case
     */
    Step overturn(Set<Party> who, LocalDate today, boolean anew) {
        var to = to(ListingVerb.REVOKE, who);
        frees = anew;
        return revoked(to, today);
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

    /** The day after the last day of publication; whatever was applied for meanwhile ends with it. */
    Step expire(Set<Party> who, LocalDate today) {
        var to = to(ListingVerb.EXPIRE, who);
        if (!today.isAfter(Objects.requireNonNull(mostLast))) {
            throw Refusal.of("还没有到最长期限。");
        }
        dueAt = null;
        endedOn = mostLast;
        return step(ListingVerb.EXPIRE, to);
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

    private Step revoked(ListingState to, LocalDate today) {
        dueAt = null;
        answerDue = null;
        appeal = Appeal.NONE;
        if (objection == Objection.OPEN) {
            objection = Objection.NONE;
        }
        endedOn = today;
        return step(ListingVerb.REVOKE, to);
    }

    private void objected() {
        if (objection != Objection.OPEN) {
            throw Refusal.of("没有等着审查的异议。");
        }
    }

    private void notOver(LocalDate today) {
        if (today.isAfter(Objects.requireNonNull(mostLast))) {
            throw Refusal.of("最长期限到 " + CivilTime.day(mostLast) + " 为止，公示已经结束，不用再修复。");
        }
    }

    private Instant due() {
        return Objects.requireNonNull(dueAt);
    }

    private ListingState to(ListingVerb verb, Set<Party> who) {
        var row = ListingMoves.find(state, verb)
                .orElseThrow(() -> Refusal.of("这件现在是“" + state.words() + "”，不能" + verb.words() + "。"));
        if (row.who().stream().noneMatch(who::contains)) {
            var may = row.who().stream().map(Party::words).toList();
            throw Refusal.of("“" + verb.words() + "”归" + String.join("、", may) + "办。");
        }
        return row.to();
    }

    private Step step(ListingVerb verb, ListingState to) {
        var from = state;
        state = to;
        version++;
        return new Step(version, verb, from, to);
    }
}
