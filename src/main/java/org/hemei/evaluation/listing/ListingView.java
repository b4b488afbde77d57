package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * A case as its page and papers show it.
 *
 * @param years the two it rests on, as they are today
 * @param steps what happened, oldest first
 * @param voted what was decided, as it was written down
 */
record ListingView(
        Listing listing,
        String companyName,
        String creditCode,
        String areaName,
        boolean merged,
        @Nullable String successor,
        Instant proposedAt,
        ListingBook.@Nullable Basis basis,
        List<Year> years,
        List<Step> steps,
        VoteRecord voted) {

    /**
     * @param then its result when the case was made, which the papers of the case quote for ever
     * @param now as it is today
     */
    record Year(int year, CompanyYears.@Nullable Year then, CompanyYears.@Nullable Year now) {

        boolean corrected() {
            return now == null || then == null || now.version() != then.version();
        }

        /** 57.25; a dash where there is no score. */
        static String points(CompanyYears.@Nullable Year result) {
            return result == null ? "—" : PublicListings.points(result.score());
        }
    }

    /**
     * People by their side or office, never by name.
     *
     * @param receivedOn when it arrived on paper, which somebody entered for the company; null otherwise
     * @param gone what had come with it and was erased when its time to be kept was over
     */
    record Step(
            int seq,
            Instant at,
            ListingVerb verb,
            Party party,
            @Nullable LocalDate receivedOn,
            @Nullable String words,
            List<Attachment> files,
            GivenUp.@Nullable Gone gone) {

        /** How many came with it, whether they are still there or not: what a paper said stays as it was. */
        int attached() {
            return files.size() + (gone == null ? 0 : gone.files());
        }

        /** When it was said, as papers quote it. */
        String when() {
            return receivedOn == null ? CivilTime.full(at) : CivilTime.day(receivedOn) + "书面收到";
        }

        List<Attachment> photos() {
            return files.stream().filter(Attachment::isPhoto).toList();
        }

        List<Attachment> documents() {
            return files.stream().filter(file -> !file.isPhoto()).toList();
        }
    }

    /** Whether all that stands against the record is said by members who held an earlier one up: it stands when most confirm it. */
    boolean contestedAgain() {
        return listing.contested && voted.contesting().stream().allMatch(VoteRecord.Vote::again);
    }

    /** Whether the decision was written down more than once: members are then asked about the whole record. */
    boolean rewritten() {
        var heard = steps.stream()
                .filter(step -> HEARD.contains(step.verb))
                .mapToInt(Step::seq)
                .max()
                .orElse(-1);
        return steps.stream()
                        .filter(step -> step.seq > heard && DECISIONS.contains(step.verb))
                        .count()
                > 1;
    }

    /** The step in which the decision that holds was written down; -1 before one. */
    int decidedIn() {
        return listing.decidedOn == null ? -1 : lastDecision();
    }

    /** Why a decision that was written down does not hold any more. */
    String overtaken(int seq) {
        return steps.stream()
                .filter(step -> step.seq > seq)
                .map(Step::verb)
                .filter(OVERTAKE::contains)
                .findFirst()
                .map(verb -> switch (verb) {
                    case STATE -> "后来录入了期限里交来的陈述，要重新讨论决定。";
                    case REOPEN -> "告知书的送达日更正了，要重新听取陈述、讨论决定。";
                    default -> "有成员说记错了，后来重新记过。";
                })
                .orElse("");
    }

    private static final Set<ListingVerb> OVERTAKE =
            EnumSet.of(ListingVerb.LIST, ListingVerb.SPARE, ListingVerb.STATE, ListingVerb.REOPEN);

    /** With each of these the company is heard, or heard again: what is decided later is another decision. */
    private static final Set<ListingVerb> HEARD = EnumSet.of(
            ListingVerb.NOTIFY, ListingVerb.DELIVER, ListingVerb.STATE, ListingVerb.CLOSE_DEFENCE, ListingVerb.REOPEN);

    private static final Set<ListingVerb> DECISIONS = EnumSet.of(ListingVerb.LIST, ListingVerb.SPARE);

    private int lastDecision() {
        return steps.stream()
                .filter(step -> DECISIONS.contains(step.verb))
                .mapToInt(Step::seq)
                .max()
                .orElse(-1);
    }

    /**
     * Without the minutes, which tell how each voted, for whoever is not inside the administration. Nor do they read a decision that
     * fell or was never served, or that somebody inside thought of giving no notice, or of a correction that nobody agreed to.
     */
    ListingView withoutMinutes() {
        var fallen = listing.state == ListingState.DROPPED
                ? Integer.MAX_VALUE
                : steps.stream()
                        .filter(step -> step.verb == ListingVerb.STATE || step.verb == ListingVerb.REOPEN)
                        .filter(step -> step.seq < served())
                        .mapToInt(Step::seq)
                        .max()
                        .orElse(-1);
        var agreed = agreedTo();
        return with(
                steps.stream()
                        .filter(step -> step.verb != ListingVerb.ASK_DECLINE)
                        .filter(step -> step.verb != ListingVerb.DENY_OVERTURN)
                        .filter(step -> step.verb != ListingVerb.ASK_OVERTURN || step.equals(agreed))
                        .filter(step -> step.seq > fallen || !DECISIONS.contains(step.verb))
                        .map(step -> DECISIONS.contains(step.verb)
                                ? new Step(
                                        step.seq,
                                        step.at,
                                        step.verb,
                                        step.party,
                                        step.receivedOn,
                                        step.words,
                                        List.of(),
                                        null)
                                : step)
                        .toList(),
                new VoteRecord(voted.last(), List.of()));
    }

    /** As it stood before the decision: that is the company's only when it is served. */
    ListingView undecided() {
        if (listing.state == ListingState.DECIDED) {
            listing.state = ListingState.HEARD;
            listing.dueAt = listing.decideDue;
        }
        listing.decidedOn = null;
        return with(
                steps.stream()
                        .filter(step -> !DECISIONS.contains(step.verb) && step.verb != ListingVerb.ASK_DECLINE)
                        .toList(),
                VoteRecord.NONE);
    }

    private ListingView with(List<Step> some, VoteRecord votes) {
        return new ListingView(
                listing, companyName, creditCode, areaName, merged, successor, proposedAt, basis, years, some, votes);
    }

    long id() {
        return listing.id;
    }

    int version() {
        return listing.version;
    }

    ListingState state() {
        return listing.state;
    }

    String path() {
        return "/listings/" + listing.id;
    }

    /** 和美名单〔2026〕12号; the same case keeps it. */
    String number() {
        return number(proposedAt, listing.id);
    }

    /** Since when what is waited for is waited for: a statement does not begin it anew. */
    public Instant since() {
        return steps.reversed().stream()
                .filter(step -> step.verb() != ListingVerb.STATE)
                .map(Step::at)
                .findFirst()
                .orElse(proposedAt);
    }

    static String number(Instant proposedAt, long id) {
        return "和美名单〔%d〕%d号".formatted(CivilTime.date(proposedAt).getYear(), id);
    }

    String title() {
        return companyName + "：" + listing.ground.words() + "不合格";
    }

    /** What somebody wrote when they last did this; null when nobody did. */
    @Nullable
    String said(ListingVerb verb) {
        return steps.stream().filter(step -> step.verb == verb).map(Step::words).reduce(null, (a, b) -> b);
    }

    /** Everything the company said in its defence, in its order: all of it counts up to the last moment. */
    List<Step> statements() {
        return steps.stream()
                .filter(step -> step.verb == ListingVerb.STATE && step.seq < served())
                .toList();
    }

    /** What it said in time and nobody entered before the decision was served: the decision was made without it. */
    List<Step> overlooked() {
        return steps.stream()
                .filter(step -> step.verb == ListingVerb.STATE && step.seq > served())
                .toList();
    }

    /** The step with which the decision was served; beyond all while it was not. */
    private int served() {
        return steps.stream()
                .filter(step -> step.verb == ListingVerb.SERVE)
                .mapToInt(Step::seq)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** The step that ended the last repair that was looked into: removed, or refused with reasons; null before one. */
    @Nullable
    Step concluded() {
        return steps.stream()
                .filter(step -> step.verb == ListingVerb.REMOVE || step.verb == ListingVerb.REFUSE_REPAIR)
                .reduce(null, (a, b) -> b);
    }

    /** What was done last by a verb; null when it never was. */
    @Nullable
    Step last(ListingVerb verb) {
        return steps.stream().filter(step -> step.verb == verb).reduce(null, (a, b) -> b);
    }

    /** The objection that the revocation answers: the company was right. Null where it was revoked for another reason. */
    @Nullable
    Step upheld() {
        var revoked = last(ListingVerb.REVOKE);
        var objected = before(revoked, ListingVerb.OBJECT);
        return revoked == null
                        || revoked.party != Party.BUREAU
                        || objected == null
                        || OverturnDesk.Cause.begins(revoked.words)
                        || before(revoked, ListingVerb.DENY_OBJECTION) != null
                ? null
                : objected;
    }

    /** The correction that was asked for and agreed to; null before that, and where it was revoked for another reason. */
    @Nullable
    Step agreedTo() {
        var revoked = last(ListingVerb.REVOKE);
        return revoked != null
                        && revoked.party == Party.BUREAU
                        && revoked.words != null
                        && revoked.words.startsWith(OverturnDesk.Cause.SELF.beginning())
                ? before(revoked, ListingVerb.ASK_OVERTURN)
                : null;
    }

    /** What came last before a step: the application and the verification that a conclusion answers. */
    @Nullable
    Step before(@Nullable Step later, ListingVerb verb) {
        return steps.stream()
                .filter(step -> step.verb == verb && later != null && step.seq < later.seq)
                .reduce(null, (a, b) -> b);
    }

    /** The district that uploads belong to. */
    int district() {
        return ListingDesk.district(listing.area);
    }

    /** The step of a number; there is one. */
    Step step(int seq) {
        return steps.stream().filter(step -> step.seq == seq).findFirst().orElseThrow();
    }

    /** From when to when it is or was published; null before service. */
    @Nullable
    String published() {
        var from = listing.listedOn;
        var to = listing.endedOn != null ? listing.endedOn : listing.mostLast;
        return from == null || to == null ? null : CivilTime.day(from) + "—" + CivilTime.day(to);
    }
}
