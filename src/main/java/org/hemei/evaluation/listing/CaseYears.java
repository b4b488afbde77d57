package org.hemei.evaluation.listing;

import java.util.Optional;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.CompanyYears.Year;
import org.hemei.platform.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The results a case rests on, as those concerned last heard of them and as they are now. */
@Component
class CaseYears {

    private final CompanyYears years;
    private final JdbcClient jdbc;

    CaseYears(CompanyYears years, JdbcClient jdbc) {
        this.years = years;
        this.jdbc = jdbc;
    }

    /** The two years of a case in their versions of now; empty when they are no two clear fails any more. */
    Optional<Ground> now(Listing listing) {
        return Run.today(years.latest(listing.company), listing.ground);
    }

    /** Whether a result is another than before. A new version that came out the same is none. */
    boolean differ(long company, Ground before, Ground now) {
        return !before.equals(now)
                && (differ(company, before.firstYear(), before.firstVersion(), now.firstVersion())
                        || differ(company, before.secondYear(), before.secondVersion(), now.secondVersion()));
    }

    private boolean differ(long company, int year, int before, int now) {
        return !figures(company, year, before).equals(figures(company, year, now));
    }

    private String figures(long company, int year, int version) {
        return years.history(company, year).stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .map(CaseYears::figures)
                .orElse("");
    }

    private static String figures(Year year) {
        return year.result() + " " + year.score() + " " + year.margin();
    }

    /** Whether they are still the two fails that those concerned heard of. */
    boolean holds(Listing listing) {
        return now(listing)
                .filter(now -> !differ(listing.company, listing.seen, now))
                .isPresent();
    }

    /** Nobody goes on with figures that were put right a moment ago: the case is about to end, or to be made anew. */
    void hold(Listing listing) {
        if (!holds(listing)) {
            throw Refusal.of("成绩刚更正过，这件马上会自动终止；仍是连续两年不合格的，另提一件，从告知重新来。");
        }
        if (objected(listing)) {
            throw Refusal.of("企业对这两年的成绩还有异议没有答复。答复以后，再往下办。");
        }
    }

    /** One that came late on paper, or whose withdrawal was entered wrongly, waits although its year is final. */
    private boolean objected(Listing listing) {
        return jdbc.sql("""
                        select exists (select from evaluation_objection o
                                                join evaluation_project p on p.id = o.project
                                                join evaluation_campaign c on c.id = p.campaign
                                       where o.state = 'filed' and p.company = ? and c.year in (?, ?))
                        """)
                .params(listing.company, listing.ground.firstYear(), listing.ground.secondYear())
                .query(Boolean.class)
                .single();
    }
}
