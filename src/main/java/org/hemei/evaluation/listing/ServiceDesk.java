package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 更正送达日: a day of service that was written down wrongly is put right, with the receipt that shows the right one (decision 72). */
@Service
public class ServiceDesk {

    /** What was wrong, in so many words: the days before it say the rest. */
    private static final int WHY = 500;

    private final ListingDesk desk;
    private final Listings listings;
    private final ListingRules rules;
    private final InstantSource clock;

    ServiceDesk(ListingDesk desk, Listings listings, ListingRules rules, InstantSource clock) {
        this.desk = desk;
        this.listings = listings;
        this.rules = rules;
        this.clock = clock;
    }

    /** Of the decision where it was served, of the notice before. */
    @Transactional
    public void correct(
            Reader reader, long id, int version, @Nullable LocalDate day, String why, Collection<UUID> receipts) {
        var taken = desk.take(reader, id, version);
        var listing = taken.listing();
        var wrong = desk.apart(reader, taken);
        if (day == null) {
            wrong.add(new Refusal.Reason("servedOn", "请填实际送达的日子。"));
        }
        if (why.isBlank() || why.codePointCount(0, why.length()) > WHY) {
            wrong.add(new Refusal.Reason("words", "请写为什么更正，" + WHY + " 字以内。企业看得到。"));
        }
        if (receipts.isEmpty()) {
            wrong.add(new Refusal.Reason("photos", "请附送达回证或邮寄回单，看得出是哪天送达的。"));
        }
        if (day == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var was = listing.published() ? listing.listedOn : listing.noticedOn;
        var step = listing.published()
                ? ServiceDay.ofDecision(
                        listing, taken.sides(), day, clock.instant(), ends(listing, day, Name.OBJECT_DAYS))
                : ServiceDay.ofNotice(
                        listing,
                        taken.sides(),
                        day,
                        CivilTime.date(listings.at(id, ListingVerb.NOTIFY)),
                        clock.instant(),
                        ends(listing, day, Name.DEFENCE_DAYS));
        var words = "送达日原来记的是 " + (was == null ? "" : CivilTime.day(was)) + "，应为 " + CivilTime.day(day) + "。";
        desk.done(taken, Party.BUREAU, step, words + why.strip(), receipts);
    }

    private ServiceDay.Ends ends(Listing listing, LocalDate day, Name days) {
        return new ServiceDay.Ends(
                rules.after(day, days, listing), rules.after(CivilTime.date(clock.instant()), days, listing));
    }
}
