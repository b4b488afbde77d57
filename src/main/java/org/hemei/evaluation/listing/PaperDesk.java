package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a company handed in on paper, entered in its name by the bureau: its rights do not hang on an account (decision 72). The day it
 * arrived counts and not the day it was entered, the paper itself comes along, and the company is told.
 */
@Service
public class PaperDesk {

    /** What can come on paper. */
    public enum What {
        STATEMENT("陈述申辩", ListingVerb.STATE),
        OBJECTION("异议", ListingVerb.OBJECT),
        REPAIR("修复申请", ListingVerb.APPLY_REPAIR),
        WITHDRAWAL("撤回修复申请", ListingVerb.WITHDRAW_REPAIR);

        private final String words;
        private final ListingVerb verb;

        What(String words, ListingVerb verb) {
            this.words = words;
            this.verb = verb;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static @Nullable What named(String code) {
            return Arrays.stream(values())
                    .filter(what -> what.code().equals(code))
                    .findFirst()
                    .orElse(null);
        }

        /** What a paper can do to a case as it stands. */
        static List<What> of(Listing listing, LocalDate today) {
            var open = ListingMoves.open(listing.state, THEIRS);
            return Arrays.stream(values())
                    .filter(what -> open.contains(what.verb))
                    .filter(what -> what != OBJECTION || listing.objection == Listing.Objection.NONE)
                    .filter(what -> what != REPAIR || listing.leastLast != null && today.isAfter(listing.leastLast))
                    .toList();
        }
    }

    /** The step is the company's, whoever enters it. */
    private static final Set<Party> THEIRS = EnumSet.of(Party.COMPANY);

    private final ListingDesk desk;
    private final Listings listings;
    private final ListingRules rules;
    private final InstantSource clock;

    PaperDesk(ListingDesk desk, Listings listings, ListingRules rules, InstantSource clock) {
        this.desk = desk;
        this.listings = listings;
        this.rules = rules;
        this.clock = clock;
    }

    /** @param scans the paper itself, as photos or PDF */
    @Transactional
    public void enter(
            Reader reader,
            long id,
            int version,
            @Nullable What what,
            @Nullable LocalDate received,
            String words,
            Collection<UUID> scans) {
        var taken = desk.take(reader, id, version);
        var listing = taken.listing();
        if (!taken.sides().contains(Party.BUREAU)) {
            throw Refusal.of("企业书面交的材料归主管部门录入。");
        }
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (what == null) {
            wrong.add(new Refusal.Reason("what", "请选交来的是什么。"));
        }
        if (received == null) {
            wrong.add(new Refusal.Reason("receivedOn", "请填收到的日子。"));
        }
        wrong.addAll(ListingDesk.words(words, "请照材料写清说了什么，" + ListingDesk.WORDS + " 字以内。"));
        if (scans.isEmpty()) {
            wrong.add(new Refusal.Reason("photos", "请附上书面材料的照片或扫描件。"));
        }
        if (what == null || received == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        check(listing, what, received);
        var step = step(listing, what, received);
        desk.done(taken, Party.COMPANY, step, words, scans);
        listings.received(id, step.seq(), received);
    }

    /** It came on a day on which it could: not to come, and not before what it answers. */
    private void check(Listing listing, What what, LocalDate received) {
        if (received.isAfter(today())) {
            throw Refusal.of("receivedOn", "收到的日子不能在今天以后。");
        }
        var first = What.of(listing, today()).contains(what) ? first(listing, what) : null;
        if (first != null && received.isBefore(first)) {
            throw Refusal.of("receivedOn", "收到的日子不能早于" + CivilTime.day(first) + "，那天才有可以" + what.words + "的事。");
        }
    }

    private @Nullable LocalDate first(Listing listing, What what) {
        return switch (what) {
            case STATEMENT -> CivilTime.date(listings.at(listing.id, ListingVerb.NOTIFY));
            case OBJECTION -> listing.listedOn;
            case REPAIR -> null; // the minimum term says it
            case WITHDRAWAL -> applied(listing.id);
        };
    }

    private LocalDate applied(long id) {
        return Objects.requireNonNullElseGet(
                listings.receivedOn(id, ListingVerb.APPLY_REPAIR),
                () -> CivilTime.date(listings.at(id, ListingVerb.APPLY_REPAIR)));
    }

    /** A paper that came in the course of a last day came in time. */
    private Listing.Step step(Listing listing, What what, LocalDate received) {
        var at = CivilTime.startOf(received);
        return switch (what) {
            case STATEMENT -> listing.hearing().state(THEIRS, at);
            case OBJECTION -> listing.listed().object(THEIRS, at, rules.after(received, Name.ANSWER_DAYS, listing));
            case REPAIR ->
                listing.listed().applyRepair(THEIRS, received, rules.after(received, Name.REPAIR_DAYS, listing));
            case WITHDRAWAL -> listing.listed().withdrawRepair(THEIRS, today());
        };
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
