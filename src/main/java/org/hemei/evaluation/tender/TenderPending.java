package org.hemei.evaluation.tender;

import java.util.ArrayList;
import java.util.List;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.listing.ListingState;
import org.hemei.evaluation.listing.PublicListings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is under review for a company at this moment: objections to results, changes of results that are heard, an objection to a listing, a review or a suit
 * about one, that it is suspended meanwhile, and a repair that was applied for. What is only proposed or being heard stays out: nothing was decided.
 */
@Component
class TenderPending {

    /** A listing that a review or a court has stopped for the time being: it is on no list, and not over. */
    static final String SUSPENDED = "停止执行，暂停公布";

    private final PublicListings listings;
    private final CompanyYears years;
    private final JdbcClient jdbc;

    TenderPending(PublicListings listings, CompanyYears years, JdbcClient jdbc) {
        this.listings = listings;
        this.years = years;
        this.jdbc = jdbc;
    }

    List<String> of(long company) {
        var pending = new ArrayList<String>();
        jdbc.sql("""
                select distinct c.year
                from evaluation_objection o join evaluation_project p on p.id = o.project join evaluation_campaign c on c.id = p.campaign
                where p.company = ? and o.state = 'filed' order by c.year
                """).param(company).query(Integer.class).list().forEach(year -> pending.add(year + " 年的成绩有异议，正在复核"));
        years.heard(company).forEach(year -> pending.add(year + " 年的成绩有改动，在听取企业意见"));
        for (var running : listings.running(List.of(company))) {
            var years = running.firstYear() + "、" + running.secondYear() + " 两年的列入";
            if (running.objection()) {
                pending.add("对 " + years + "有异议，正在审查");
            }
            if (running.appeal().runs()) {
                pending.add("对 " + years + "，正在" + running.appeal().words());
            }
            if (running.suspended()) {
                pending.add(years + SUSPENDED);
            }
            if (running.state() == ListingState.REPAIR_APPLIED || running.state() == ListingState.REPAIR_VERIFIED) {
                pending.add(years + "申请了修复，正在办");
            }
        }
        return pending;
    }
}
