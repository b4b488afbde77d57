package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What comes of a listing beyond the company's objection: a court or a review (行政复议) overturns it, or the bureau finds by itself that
 * it was wrong (decision 73). Each with its document. What others decided is carried out by anybody of the bureau; that it was wrong by
 * itself is found by somebody who took no part in the decision.
 */
@Service
public class OverturnDesk {

    /** Why a listing is revoked. */
    public enum Cause {
        JUDGMENT("法院判决撤销"),
        REVIEW("行政复议决定撤销"),
        SELF("主管部门自行纠正");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** How the words of a revocation begin that was made for it. */
        String beginning() {
            return words + "。";
        }

        /** Whether a revocation was written down with one of these, and not upon an objection. */
        static boolean begins(@Nullable String words) {
            return words != null && Arrays.stream(values()).anyMatch(cause -> words.startsWith(cause.beginning()));
        }

        static @Nullable Cause named(String code) {
            return Arrays.stream(values())
                    .filter(cause -> cause.code().equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final ListingDesk desk;
    private final VoteBook votes;
    private final CaseYears figures;
    private final InstantSource clock;

    OverturnDesk(ListingDesk desk, VoteBook votes, CaseYears figures, InstantSource clock) {
        this.desk = desk;
        this.votes = votes;
        this.figures = figures;
        this.clock = clock;
    }

    /** @param anew whether the two years are to be dealt with once more, from the notice on, as a judgment can ask for */
    @Transactional
    public void revoke(
            Reader reader,
            long id,
            int version,
            @Nullable Cause cause,
            boolean anew,
            String words,
            Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var listing = taken.listing();
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (cause == null) {
            wrong.add(new Refusal.Reason("cause", "请选凭什么撤销。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写清文书和理由，" + ListingDesk.WORDS + " 字以内。企业看得到。"));
        if (cause == Cause.SELF) {
            own(reader, listing).ifPresent(why -> wrong.add(new Refusal.Reason("cause", why)));
        } else {
            wrong.addAll(document(files, "请附判决书、复议决定书。"));
        }
        var ground = figures.now(listing);
        if (anew && ground.isEmpty()) {
            wrong.add(new Refusal.Reason("anew", "这两年的成绩现在不是连续两年不合格，不能重新办。"));
        }
        if (cause == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var step = listing.listed().overturn(taken.sides(), CivilTime.date(clock.instant()), anew);
        desk.done(taken, Party.BUREAU, step, cause.beginning() + words.strip() + (anew ? "\n这两年重新办，从告知起。" : ""), files);
        if (anew) {
            ground.ifPresent(now -> desk.propose(listing.company, listing.area, now));
        }
    }

    /** A review or a suit runs; the listing stays as it is until it is over. */
    @Transactional
    public void appeal(
            Reader reader, long id, int version, @Nullable Appeal kind, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (kind == null) {
            wrong.add(new Refusal.Reason("kind", "请选行政复议还是行政诉讼。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写哪里受理的、文号，" + ListingDesk.WORDS + " 字以内。"));
        wrong.addAll(document(files, "请附受理通知书或应诉通知书。"));
        if (kind == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        desk.done(
                taken,
                Party.BUREAU,
                taken.listing().listed().appeal(taken.sides(), kind),
                kind.words() + "。" + words.strip(),
                files);
    }

    /** It is over and the listing stands; one that was overturned is revoked instead. */
    @Transactional
    public void over(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        wrong.addAll(ListingDesk.words(words, "请写怎么结束的、文号，" + ListingDesk.WORDS + " 字以内。"));
        wrong.addAll(document(files, "请附决定书、判决书或撤回的文书。"));
        ListingDesk.need(wrong);
        desk.done(taken, Party.BUREAU, taken.listing().listed().appealOver(taken.sides()), words, files);
    }

    /** What keeps somebody from correcting what several decided: that is done by two who took no part, one of whom has said why. */
    private Optional<String> own(Reader reader, Listing listing) {
        if (votes.tookPart(listing.id, reader.account())) {
            return Optional.of("您参加过这次集体决定，自行纠正要由没参加的人办。请换一位同事。");
        }
        if (listing.objection == Listing.Objection.OPEN) {
            return Optional.of("企业的异议还没有审查。企业说得对的，请在“审查异议”里写成立。");
        }
        if (listing.overturnAsked == null) {
            return Optional.of("自行纠正要两个人定。请先由一位“提出自行纠正”，再由另一位在这里撤销。");
        }
        return listing.overturnAsked == reader.account() ? Optional.of("是您提出自行纠正的。请另一位没参加决定的同事撤销。") : Optional.empty();
    }

    private static List<Refusal.Reason> document(Collection<UUID> files, String otherwise) {
        return files.isEmpty() ? List.of(new Refusal.Reason("photos", otherwise)) : List.of();
    }
}
