package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 信用修复: the company applies once the minimum term is over, somebody looks on the spot, the bureau removes or says why not. */
@Service
public class RepairDesk {

    private final ListingDesk desk;
    private final Listings listings;
    private final ListingRules rules;
    private final InstantSource clock;

    RepairDesk(ListingDesk desk, Listings listings, ListingRules rules, InstantSource clock) {
        this.desk = desk;
        this.listings = listings;
        this.rules = rules;
        this.clock = clock;
    }

    @Transactional
    public void apply(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var due = rules.after(clock.instant(), Name.REPAIR_DAYS, taken.listing());
        var step = taken.listing().listed().applyRepair(taken.sides(), today(), due);
        ListingDesk.need(ListingDesk.words(words, "请写清改了什么、在哪里看得到，" + ListingDesk.WORDS + " 字以内。"));
        desk.done(taken, Party.COMPANY, step, words, files);
    }

    /** Takes the application back while nothing is decided; the company can apply again as soon as it likes. */
    @Transactional
    public void withdraw(Reader reader, long id, int version, String words) {
        var taken = desk.take(reader, id, version);
        var step = taken.listing().listed().withdrawRepair(taken.sides(), today());
        ListingDesk.need(ListingDesk.words(words, "请写为什么撤回，" + ListingDesk.WORDS + " 字以内。"));
        desk.done(taken, Party.COMPANY, step, words);
    }

    /** @param mended whether everything the decision asked for was done */
    @Transactional
    public void verify(
            Reader reader, long id, int version, @Nullable Boolean mended, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (mended == null) {
            wrong.add(new Refusal.Reason("mended", "请选整改到位没有。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写清看了什么、怎么样，" + ListingDesk.WORDS + " 字以内。企业看得到。"));
        if (mended == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var party = taken.sides().contains(Party.BUREAU) ? Party.BUREAU : Party.STREET;
        desk.done(taken, party, taken.listing().listed().verify(taken.sides(), today(), mended), words, files);
    }

    /**
     * Removal ends publication, sharing and effect at once, and is not agreed to by whoever verified; a refusal says what is still to be done.
     */
    @Transactional
    public void conclude(
            Reader reader, long id, int version, @Nullable Boolean agreed, String words, Collection<UUID> files) {
        var taken = desk.take(reader, id, version);
        var wrong = new ArrayList<>(desk.apart(reader, taken));
        if (agreed == null) {
            wrong.add(new Refusal.Reason("agreed", "请选同意还是不同意移出。"));
        }
        if (Boolean.TRUE.equals(agreed)
                && Long.valueOf(reader.account()).equals(listings.actor(id, ListingVerb.VERIFY))) {
            wrong.add(new Refusal.Reason("agreed", "是您核验的。同意移出，请另一位同事办。"));
        }
        wrong.addAll(ListingDesk.words(words, "请写清理由，" + ListingDesk.WORDS + " 字以内；不同意的，写清还差什么。企业看得到。"));
        if (agreed == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var listing = taken.listing();
        var step = agreed
                ? listing.listed().remove(taken.sides(), today())
                : listing.listed().refuseRepair(taken.sides(), today());
        desk.done(taken, Party.BUREAU, step, words, files);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
