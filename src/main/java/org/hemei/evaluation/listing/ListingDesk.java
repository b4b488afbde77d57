package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The way onto the list, and objections: the notice, the company's defence, service; what several decide is {@link DecisionDesk}'s. */
@Service
public class ListingDesk {

    static final String KIND = "listing";

    /** A verb may have no more words than this. */
    static final int WORDS = 2000;

    private static final int SERVED_IN = 100;

    private final Listings listings;
    private final VoteBook votes;
    private final ListingAccess access;
    private final ListingBook book;
    private final ListingRules rules;
    private final Offices offices;
    private final CaseYears figures;
    private final Evidence evidence;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    ListingDesk(
            Listings listings,
            VoteBook votes,
            ListingAccess access,
            ListingBook book,
            ListingRules rules,
            Offices offices,
            CaseYears figures,
            Evidence evidence,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.listings = listings;
        this.votes = votes;
        this.access = access;
        this.book = book;
        this.rules = rules;
        this.offices = offices;
        this.figures = figures;
        this.evidence = evidence;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Says what is intended, on which facts and basis; the company has so many working days to speak once this was served. */
    @Transactional
    public void notify(
            Reader reader,
            long id,
            int version,
            @Nullable Weight weight,
            @Nullable Long basis,
            String words,
            Collection<UUID> files) {
        var taken = take(reader, id, version);
        var listing = taken.listing;
        var wrong = apart(reader, taken);
        if (weight == null) {
            wrong.add(new Refusal.Reason("weight", "请选一般还是严重。"));
        }
        if (book.bases(listing.area).stream().noneMatch(one -> Objects.equals(one.id(), basis))) {
            wrong.add(new Refusal.Reason("basis", "请选依据。"));
        }
        wrong.addAll(words(words, "请写清事实和理由，" + WORDS + " 字以内。企业看得到。"));
        if (weight == null || basis == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var now = figures.now(listing).orElseThrow(() -> Refusal.of("成绩刚更正过，不再是连续两年不合格，这件马上会自动终止。"));
        var until = rules.after(clock.instant(), Name.SERVE_DAYS, listing);
        done(
                taken,
                Party.BUREAU,
                listing.notify(taken.sides, weight, basis, book.term(weight, listing.area, today()), now, until),
                words,
                files);
        rules.keep(listing);
    }

    /** The notice reached the company, and how: what proves it comes along. The time to be heard runs from that day. */
    @Transactional
    public void deliver(
            Reader reader, long id, int version, @Nullable LocalDate servedOn, String how, Collection<UUID> files) {
        var taken = take(reader, id, version);
        var day = served(reader, taken, servedOn, how);
        figures.hold(taken.listing);
        var until = rules.after(day, Name.DEFENCE_DAYS, taken.listing);
        var noticed = CivilTime.date(listings.at(id, ListingVerb.NOTIFY));
        done(
                taken,
                Party.BUREAU,
                taken.listing.hearing().deliver(taken.sides, day, noticed, today(), until),
                how,
                files);
    }

    /** The day of service, with everything that is wrong about it told at once. A paper that names nobody is not served. */
    private LocalDate served(Reader reader, Taken taken, @Nullable LocalDate servedOn, String how) {
        var wrong = apart(reader, taken);
        if (servedOn == null) {
            wrong.add(new Refusal.Reason("servedOn", "请填送达的日子。"));
        }
        if (offices.of(taken.listing.area, clock.instant()).isEmpty()) {
            wrong.add(new Refusal.Reason(null, "文书上还没有主管部门、地址、复议机关和法院。请先在“黑名单”的“规则和依据”里填好，再送达。"));
        }
        if (how.isBlank() || how.codePointCount(0, how.length()) > SERVED_IN) {
            wrong.add(new Refusal.Reason("words", "请写怎么送达的，" + SERVED_IN + " 字以内：当面、邮寄还是公告，谁签收。"));
        }
        if (servedOn == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        return servedOn;
    }

    /** The company's statement and defence, with what proves it. */
    @Transactional
    public void state(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = take(reader, id, version);
        var step = taken.listing.hearing().state(taken.sides, clock.instant());
        need(words(words, "请写下要说明的，" + WORDS + " 字以内。"));
        done(taken, Party.COMPANY, step, words, files);
    }

    /** The decision reached the company: from that day on it stands on the list. */
    @Transactional
    public void serve(
            Reader reader, long id, int version, @Nullable LocalDate servedOn, String how, Collection<UUID> files) {
        var taken = take(reader, id, version);
        var day = served(reader, taken, servedOn, how);
        figures.hold(taken.listing);
        var until = rules.after(day, Name.OBJECT_DAYS, taken.listing);
        done(taken, Party.BUREAU, taken.listing.serve(taken.sides, day, today(), until), how, files);
    }

    /** The company says the decision is wrong; others than those who decided look at it. */
    @Transactional
    public void object(Reader reader, long id, int version, String words, Collection<UUID> files) {
        var taken = take(reader, id, version);
        var now = clock.instant();
        var step = taken.listing.listed().object(taken.sides, now, rules.after(now, Name.ANSWER_DAYS, taken.listing));
        need(words(words, "请写清哪里不对，" + WORDS + " 字以内。"));
        done(taken, Party.COMPANY, step, words, files);
    }

    /** By somebody who took no part in the decision: the company was right (then it was wrong from the start) or was not. */
    @Transactional
    public void answer(
            Reader reader, long id, int version, @Nullable Boolean upheld, String words, Collection<UUID> files) {
        var taken = take(reader, id, version);
        var wrong = apart(reader, taken);
        if (votes.tookPart(id, reader.account())) {
            wrong.add(new Refusal.Reason(null, "您参加过这次集体决定，异议要由没参加的人审查。请换一位同事。"));
        }
        if (upheld == null) {
            wrong.add(new Refusal.Reason("upheld", "请选异议成立还是不成立。"));
        }
        wrong.addAll(words(words, "请写清理由，" + WORDS + " 字以内。企业看得到。"));
        if (upheld == null || !wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        var step = upheld
                ? taken.listing.listed().uphold(taken.sides, today())
                : taken.listing.listed().denyObjection(taken.sides);
        done(taken, Party.BUREAU, step, words, files);
    }

    /** A case that somebody is about to change: locked, in the version they saw, with the sides they stand on. */
    record Taken(Reader reader, Listing listing, Set<Party> sides) {}

    Taken take(Reader reader, long id, int version) {
        var listing = listings.lock(id)
                .filter(found -> access.mayRead(reader, found))
                .orElseThrow(() -> new Missing("没有这件，或它不归您看。"));
        if (listing.version != version) {
            var last = listings.last(id);
            throw new Stale(last.party().words(), last.verb().words(), last.at());
        }
        return new Taken(reader, listing, access.sides(reader, listing));
    }

    /** Whoever has an interest in the company does nothing for the bureau or the street in its case. */
    List<Refusal.Reason> apart(Reader reader, Taken taken) {
        var wrong = new ArrayList<Refusal.Reason>();
        if ((taken.sides.contains(Party.BUREAU) || taken.sides.contains(Party.STREET))
                && access.interested(taken.listing.company).contains(reader.account())) {
            wrong.add(new Refusal.Reason(null, "您和这家企业有利害关系，要回避。请换一位同事办。"));
        }
        return wrong;
    }

    static List<Refusal.Reason> words(String words, String otherwise) {
        return words.isBlank() || words.codePointCount(0, words.length()) > WORDS
                ? List.of(new Refusal.Reason("words", otherwise))
                : List.of();
    }

    static void need(List<Refusal.Reason> wrong) {
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
    }

    void done(Taken taken, Party party, Listing.Step step, String words) {
        written(taken.listing, party, taken.reader, step, words);
    }

    /** The same, with what was attached to the words. */
    void done(Taken taken, Party party, Listing.Step step, String words, Collection<UUID> files) {
        need(Evidence.wrong(files));
        done(taken, party, step, words);
        evidence.attach(taken.reader, taken.listing, step.seq(), files);
    }

    /** Writes the case and its step, says so in the audit log and to whoever listens. */
    void written(Listing listing, Party party, Reader reader, Listing.Step step, String words) {
        listings.save(listing, step, party, reader, words.strip());
        var district = district(listing.area);
        var verb = KIND + "." + step.verb().code();
        audit.record(reader, district, verb, KIND, listing.id, listing.area, Map.of("company", listing.company));
        events.announce(
                district,
                verb,
                listing.id,
                Map.of(
                        "company", listing.company,
                        "from", step.from().code(),
                        "to", step.to().code(),
                        "actor", reader.account(),
                        "seq", step.seq()));
    }

    /** A ground that nobody has looked at yet. */
    void propose(long company, String area, Ground ground) {
        var now = clock.instant();
        var id = listings.insert(company, area, ground, now, rules.after(now, Name.NOTIFY_DAYS, area));
        var district = district(area);
        var verb = KIND + "." + ListingVerb.PROPOSE.code();
        audit.record(
                Reader.VISITOR,
                district,
                verb,
                KIND,
                id,
                area,
                Map.of("company", company, "first", ground.firstYear(), "second", ground.secondYear()));
        events.announce(district, verb, id, Map.of("company", company, "actor", 0));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** The district a company's entries belong to; a city's stand under its code with two noughts. */
    static int district(String area) {
        return area.length() >= 6 ? Integer.parseInt(area.substring(0, 6)) : Integer.parseInt(area) * 100;
    }
}
