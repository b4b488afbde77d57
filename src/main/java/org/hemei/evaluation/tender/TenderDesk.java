package org.hemei.evaluation.tender;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.listing.PublicListings;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a tender reference: the results are an important reference for tenders (测评结果作为招投标的重要参考, the article) and exclude
 * nobody by themselves. What is known at this moment is frozen and signed; a later correction never changes it.
 */
@Service
public class TenderDesk {

    private static final int YEARS = 3;
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that look alike
    private static final int CODE = 16;
    private static final int REASON = 500;

    /** @param bidders credit codes or whole names */
    public record Draft(String area, String tender, String tenderNumber, String purchaser, List<String> bidders) {}

    private final TenderReferences references;
    private final Bidders register;
    private final CompanyYears years;
    private final PublicListings listings;
    private final TenderPending pending;
    private final Sm2 sm2;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    TenderDesk(
            TenderReferences references,
            Bidders register,
            CompanyYears years,
            PublicListings listings,
            TenderPending pending,
            Sm2 sm2,
            Audit audit,
            JdbcClient jdbc,
            InstantSource clock) {
        this.references = references;
        this.register = register;
        this.years = years;
        this.listings = listings;
        this.pending = pending;
        this.sm2 = sm2;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a report would say if it were made now; it has no number, and nobody signed it. */
    @Transactional(readOnly = true)
    public TenderContent look(Reader reader, Draft draft) {
        admit(reader, draft.area);
        return content("", draft, register.read(draft.bidders), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static void admit(Reader reader, String area) {
        if (!reader.scope(Role.HOUSING, Role.STREET).covers(area)) {
            throw new Missing("这里的招投标参考不归您出。");
        }
    }

    /** 作废: of a wrong bidder, number or area. What was signed stays; whoever verifies it reads that it is void and why. */
    @Transactional
    public void annul(Reader reader, long id, String reason) {
        var reference = references
                .find(id)
                .filter(found -> reader.scope(Role.HOUSING, Role.STREET).covers(found.area()))
                .orElseThrow(() -> new Missing("没有这份参考，或它不归您作废。"));
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > REASON) {
            throw Refusal.of("reason", "请写为什么作废，" + REASON + " 字以内。手里有这份的人看得到。");
        }
        if (!references.annul(id, reason.strip(), clock.instant(), reader.account())) {
            throw Refusal.of("这份已经作废了。");
        }
        audit.record(
                reader,
                Integer.parseInt((reference.area() + "00").substring(0, 6)),
                "tender_reference.void",
                "tender_reference",
                reference.number(),
                reference.area(),
                Map.of("sm3", reference.sm3()));
    }

    @Transactional
    public long make(Reader reader, Draft draft) {
        admit(reader, draft.area);
        var companies = register.read(draft.bidders);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var id = references.next();
        var number = "和美投参〔%d〕%d号".formatted(CivilTime.date(now).getYear(), id);
        var content = content(number, draft, companies, now);
        var text = content.text();
        var made = new TenderReference(
                id,
                number,
                code(),
                draft.area,
                draft.tender,
                text,
                Sm2.sm3(text),
                sm2.sign(text),
                sm2.publicKey(),
                now,
                null,
                null);
        references.insert(made, reader.account());
        audit.record(
                reader,
                Integer.parseInt((draft.area + "00").substring(0, 6)),
                "tender_reference.sign",
                "tender_reference",
                number,
                draft.area,
                Map.of("sm3", made.sm3(), "public_key", made.publicKey(), "bidders", companies.size()));
        return id;
    }

    private TenderContent content(String number, Draft draft, List<Bidders.Named> companies, Instant now) {
        var results = companies.stream()
                .map(company -> company.id() == null ? List.<CompanyYears.Year>of() : years.latest(company.id()))
                .toList();
        var last = results.stream()
                .flatMap(List::stream)
                .mapToInt(CompanyYears.Year::year)
                .reduce(CivilTime.date(now).getYear() - 1, Math::max);
        var told = IntStream.range(0, YEARS).mapToObj(back -> last - back).toList();
        var ids = companies.stream()
                .map(Bidders.Named::id)
                .filter(Objects::nonNull)
                .toList();
        var listed = listings.inForce(ids);
        var bidders = new ArrayList<TenderContent.Bidder>();
        for (int i = 0; i < companies.size(); i++) {
            var company = companies.get(i);
            bidders.add(new TenderContent.Bidder(
                    company.id(),
                    company.name(),
                    company.creditCode(),
                    results.get(i).stream()
                            .filter(year -> told.contains(year.year()))
                            .map(TenderDesk::year)
                            .toList(),
                    listed.stream()
                            .filter(one -> Objects.equals(one.company(), company.id()))
                            .map(TenderDesk::listing)
                            .toList(),
                    company.id() == null ? List.of() : pending.of(company.id())));
        }
        var areaName = jdbc.sql("select name from area where code = ?")
                .param(draft.area)
                .query(String.class)
                .single();
        return new TenderContent(
                TenderContent.FORM,
                number,
                draft.area,
                areaName,
                draft.tender,
                draft.tenderNumber,
                draft.purchaser,
                now.toString(),
                told,
                bidders);
    }

    private static TenderContent.Year year(CompanyYears.Year year) {
        return new TenderContent.Year(
                year.year(),
                year.version(),
                year.result().code(),
                year.score(),
                year.margin(),
                year.marginReachesOverPass());
    }

    private static TenderContent.Listed listing(PublicListings.Listed one) {
        return new TenderContent.Listed(
                one.id(),
                one.firstYear(),
                one.secondYear(),
                one.since().toString(),
                one.until().toString(),
                one.basis() + " " + one.article(),
                one.excludes());
    }

    private String code() {
        var code = new StringBuilder();
        for (int i = 0; i < CODE; i++) {
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return code.toString();
    }
}
