package org.hemei.evaluation.tender;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final int LEAST = 1;
    private static final int MOST = 30;
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that look alike
    private static final int CODE = 16;

    /** @param bidders credit codes or whole names */
    public record Draft(String area, String tender, String tenderNumber, String purchaser, List<String> bidders) {}

    private record Named(long id, String name, String creditCode) {}

    private final TenderReferences references;
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
            CompanyYears years,
            PublicListings listings,
            TenderPending pending,
            Sm2 sm2,
            Audit audit,
            JdbcClient jdbc,
            InstantSource clock) {
        this.references = references;
        this.years = years;
        this.listings = listings;
        this.pending = pending;
        this.sm2 = sm2;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional
    public long make(Reader reader, Draft draft) {
        if (!reader.scope(Role.HOUSING, Role.STREET).covers(draft.area)) {
            throw new Missing("这里的招投标参考不归您出。");
        }
        var companies = companies(draft.bidders);
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
                now);
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

    private List<Named> companies(List<String> said) {
        var wrong = new ArrayList<Refusal.Reason>();
        if (said.size() < LEAST || said.size() > MOST) {
            wrong.add(new Refusal.Reason("bidders", "请写投标人，一行一家，最多 " + MOST + " 家。"));
            throw new Refusal(wrong);
        }
        var companies = new ArrayList<Named>();
        for (var one : said) {
            var found = jdbc.sql("""
                    select b.id, b.name, c.credit_code from company c join body b on b.id = c.body
                    where c.credit_code = upper(:said) or b.name = :said order by b.id limit 2
                    """).param("said", one).query(Named.class).list();
            if (found.size() == 1) {
                companies.add(found.getFirst());
            } else {
                var shown = one.length() > 30 ? one.substring(0, 30) + "…" : one;
                wrong.add(new Refusal.Reason(
                        "bidders",
                        found.isEmpty() ? "名册里没有“" + shown + "”。请写全称或统一社会信用代码。" : "有几家都叫“" + shown + "”。请写统一社会信用代码。"));
            }
        }
        if (new HashSet<>(companies).size() < companies.size()) {
            wrong.add(new Refusal.Reason("bidders", "有一家写了两次。请去掉一次。"));
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        return companies;
    }

    private TenderContent content(String number, Draft draft, List<Named> companies, Instant now) {
        var results =
                companies.stream().map(company -> years.latest(company.id)).toList();
        var last = results.stream()
                .flatMap(List::stream)
                .mapToInt(CompanyYears.Year::year)
                .reduce(CivilTime.date(now).getYear() - 1, Math::max);
        var told = IntStream.range(0, YEARS).mapToObj(back -> last - back).toList();
        var ids = companies.stream().map(Named::id).toList();
        var listed = listings.inForce(ids);
        var bidders = new ArrayList<TenderContent.Bidder>();
        for (int i = 0; i < companies.size(); i++) {
            var company = companies.get(i);
            bidders.add(new TenderContent.Bidder(
                    company.id,
                    company.name,
                    company.creditCode,
                    results.get(i).stream()
                            .filter(year -> told.contains(year.year()))
                            .map(TenderDesk::year)
                            .toList(),
                    listed.stream()
                            .filter(one -> one.company() == company.id)
                            .map(TenderDesk::listing)
                            .toList(),
                    pending.of(company.id)));
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
