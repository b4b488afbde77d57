package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.hemei.evaluation.listing.Listing.Objection;
import org.hemei.evaluation.listing.Listing.Step;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;

/**
 * What becomes of a case once the company stands on the list: repair, objection, reviews and suits, and the end. How it got there, and
 * what it is, is the {@link Listing}'s; its verbs check who acts and the table first, as those do.
 */
final class Listed {

    private final Listing listing;

    Listed(Listing listing) {
        this.listing = listing;
    }

    Step applyRepair(Set<Party> who, LocalDate today, Instant repairDue) {
        var to = listing.to(ListingVerb.APPLY_REPAIR, who);
        var least = Objects.requireNonNull(listing.leastLast);
        if (!today.isAfter(least)) {
            throw Refusal.of("最短期限到 " + CivilTime.day(least) + " 为止。请从第二天起申请，整改材料可以先备好。");
        }
        notOver(today);
        listing.dueAt = repairDue;
        listing.mended = null;
        return listing.step(ListingVerb.APPLY_REPAIR, to);
    }

    /** While nothing is decided; what was found meanwhile stays in the story and weighs on nothing. */
    Step withdrawRepair(Set<Party> who, LocalDate today) {
        var to = listing.to(ListingVerb.WITHDRAW_REPAIR, who);
        notOver(today);
        listing.dueAt = null;
        listing.mended = null;
        return listing.step(ListingVerb.WITHDRAW_REPAIR, to);
    }

    Step verify(Set<Party> who, LocalDate today, boolean mended) {
        var to = listing.to(ListingVerb.VERIFY, who);
        notOver(today);
        listing.mended = mended;
        return listing.step(ListingVerb.VERIFY, to);
    }

    Step remove(Set<Party> who, LocalDate today) {
        var to = listing.to(ListingVerb.REMOVE, who);
        notOver(today);
        if (!Boolean.TRUE.equals(listing.mended)) {
            throw Refusal.of("核验写的是没有整改到位，不能移出。请不同意，写清差在哪里。");
        }
        listing.suspended = false;
        listing.dueAt = null;
        listing.endedOn = today;
        return listing.step(ListingVerb.REMOVE, to);
    }

    Step refuseRepair(Set<Party> who, LocalDate today) {
        var to = listing.to(ListingVerb.REFUSE_REPAIR, who);
        notOver(today);
        listing.dueAt = null;
        return listing.step(ListingVerb.REFUSE_REPAIR, to);
    }

    /** Once, within the time for it; the list stays as it is until somebody else has looked. */
    Step object(Set<Party> who, Instant now, Instant answerDue) {
        var to = listing.to(ListingVerb.OBJECT, who);
        if (listing.objection != Objection.NONE) {
            throw Refusal.of(listing.objection == Objection.OPEN ? "异议已经提过了，正在审查。" : "异议审查过了。不服的可以依法申请行政复议或提起诉讼。");
        }
        var until = Objects.requireNonNull(listing.objectUntil);
        if (now.isAfter(until)) {
            throw Refusal.of("异议期到 " + CivilTime.full(until) + " 为止，已经过了。仍可依法申请行政复议或提起诉讼。");
        }
        listing.objection = Objection.OPEN;
        listing.answerDue = answerDue;
        return listing.step(ListingVerb.OBJECT, to);
    }

    Step denyObjection(Set<Party> who) {
        var to = listing.to(ListingVerb.DENY_OBJECTION, who);
        objected();
        listing.objection = Objection.DENIED;
        listing.answerDue = null;
        return listing.step(ListingVerb.DENY_OBJECTION, to);
    }

    /** The company was right: the listing was wrong from the start. */
    Step uphold(Set<Party> who, LocalDate today) {
        var to = listing.to(ListingVerb.REVOKE, who);
        objected();
        return listing.revoked(to, today);
    }

    private void objected() {
        if (listing.objection != Objection.OPEN) {
            throw Refusal.of("没有等着审查的异议。");
        }
    }

    /** A review or a suit about it runs; one after the other, also when its publication is over. */
    Step appeal(Set<Party> who, Appeal kind) {
        var to = listing.to(ListingVerb.APPEAL, who);
        if (listing.appeal.runs()) {
            throw Refusal.of("已经登记了" + listing.appeal.words() + "。结束了，再登记下一个。");
        }
        listing.appeal = kind;
        return listing.step(ListingVerb.APPEAL, to);
    }

    /** It is over, and the listing stands. */
    Step appealOver(Set<Party> who) {
        var to = listing.to(ListingVerb.APPEAL_OVER, who);
        if (!listing.appeal.runs()) {
            throw Refusal.of("没有登记过正在进行的复议、诉讼。");
        }
        if (listing.suspended) {
            throw Refusal.of("还停止执行着。列入没有变的，请先记恢复公布，再记结束。");
        }
        listing.appeal = Appeal.NONE;
        return listing.step(ListingVerb.APPEAL_OVER, to);
    }

    /** Whoever looks at it outside the bureau orders that it has no effect meanwhile. Its days go on: the company loses none by it. */
    Step suspend(Set<Party> who) {
        var to = listing.to(ListingVerb.SUSPEND, who);
        if (listing.suspended) {
            throw Refusal.of("已经停止执行了。");
        }
        if (!listing.appeal.runs()) {
            throw Refusal.of("停止执行是复议、诉讼期间的事。请先登记复议、诉讼。");
        }
        listing.suspended = true;
        return listing.step(ListingVerb.SUSPEND, to);
    }

    Step resume(Set<Party> who) {
        var to = listing.to(ListingVerb.RESUME, who);
        if (!listing.suspended) {
            throw Refusal.of("没有停止执行，不用恢复。");
        }
        listing.suspended = false;
        return listing.step(ListingVerb.RESUME, to);
    }

    /** Somebody of the bureau means that it was wrong; another has to agree before it is revoked for that. */
    Step askOverturn(Set<Party> who) {
        var to = listing.to(ListingVerb.ASK_OVERTURN, who);
        if (listing.overturnAsked != null) {
            throw Refusal.of("已经有人提出自行纠正了，等另一位同事定。");
        }
        return listing.step(ListingVerb.ASK_OVERTURN, to);
    }

    /** Whoever asked takes it back, or another does not agree: it counts for nothing any more, and can be asked for anew. */
    Step denyOverturn(Set<Party> who) {
        var to = listing.to(ListingVerb.DENY_OVERTURN, who);
        if (listing.overturnAsked == null) {
            throw Refusal.of("没有等着定的自行纠正。");
        }
        listing.overturnAsked = null;
        return listing.step(ListingVerb.DENY_OVERTURN, to);
    }

    /**
     * A court, whoever reviewed it, or the bureau itself found that it was wrong from the start.
     *
     * @param anew whether the two years are dealt with once more, in another case
     */
    Step overturn(Set<Party> who, LocalDate today, boolean anew) {
        var to = listing.to(ListingVerb.REVOKE, who);
        listing.frees = anew;
        return listing.revoked(to, today);
    }

    /** The day after the last day of publication; whatever was applied for meanwhile ends with it. */
    Step expire(Set<Party> who, LocalDate today) {
        var to = listing.to(ListingVerb.EXPIRE, who);
        if (!today.isAfter(Objects.requireNonNull(listing.mostLast))) {
            throw Refusal.of("还没有到最长期限。");
        }
        listing.suspended = false;
        listing.dueAt = null;
        listing.endedOn = listing.mostLast;
        return listing.step(ListingVerb.EXPIRE, to);
    }

    private void notOver(LocalDate today) {
        var most = Objects.requireNonNull(listing.mostLast);
        if (today.isAfter(most)) {
            throw Refusal.of("最长期限到 " + CivilTime.day(most) + " 为止，公示已经结束，不用再修复。");
        }
    }
}
