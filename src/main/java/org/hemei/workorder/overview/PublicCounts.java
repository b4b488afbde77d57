package org.hemei.workorder.overview;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.WorkOrders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This year's orders of an estate in figures, for everybody: open and solved counts and the three rates, each with its
 * fraction and with what is left out. Silence is never counted as satisfied.
 */
@Component
class PublicCounts implements PagePanel {

    /**
     * @param asked orders whose time for a first contact is over, or that were contacted: the whole of the response rate
     * @param rated valid ratings, the last one of each order
     * @param unrated closed without a word
     */
    record Counts(
            Instant since,
            Instant now,
            int filed,
            int open,
            int solvedOrders,
            int asked,
            int answered,
            int rated,
            int solved,
            int satisfied,
            int unrated) {

        String period() {
            var last = CivilTime.date(now);
            return "1月1日—" + last.getMonthValue() + "月" + last.getDayOfMonth() + "日";
        }
    }

    private final JdbcClient jdbc;
    private final TemplateEngine templates;
    private final InstantSource clock;

    PublicCounts(JdbcClient jdbc, TemplateEngine templates, InstantSource clock) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_ESTATE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Content panel(Reader reader, long estate) {
        var counts = counts(estate);
        return out -> templates.render("workorder/overview/public-counts.jte", Map.of("counts", counts), out);
    }

    Counts counts(long estate) {
        var now = clock.instant();
        var since = CivilTime.startOf(CivilTime.date(now).withDayOfYear(1));
        return jdbc.sql("""
                select count(*) as filed,
                       count(*) filter (where o.closed_at is null) as open,
                       count(*) filter (where o.state = 'closed') as solved_orders,
                       count(*) filter (where o.contact_due is not null and o.state not in ('withdrawn', 'merged', 'rejected')
                                          and (o.contacted_at is not null or o.contact_due < :now)) as asked,
                       count(*) filter (where o.contact_due is not null and o.state not in ('withdrawn', 'merged', 'rejected')
                                          and o.contacted_at <= o.contact_due and not o.contact_denied) as answered,
                       count(r.solved) as rated,
                       count(*) filter (where r.solved) as solved,
                       count(*) filter (where r.satisfied >= 4) as satisfied,
                       count(*) filter (where o.state = 'closed_unrated') as unrated
                from work_order o
                         left join lateral (select r.solved, r.satisfied from work_order_rating r
                                            where r.district = o.district and r.order_id = o.id
                                            order by r.round desc, r.at desc limit 1) r on true
                where o.district = (select district from estate where id = :estate)
                  and o.estate = :estate and o.submitted_at >= :since
                """)
                .param("estate", estate)
                .param("now", WorkOrders.stamp(now))
                .param("since", WorkOrders.stamp(since))
                .query((r, n) -> new Counts(
                        since,
                        now,
                        r.getInt("filed"),
                        r.getInt("open"),
                        r.getInt("solved_orders"),
                        r.getInt("asked"),
                        r.getInt("answered"),
                        r.getInt("rated"),
                        r.getInt("solved"),
                        r.getInt("satisfied"),
                        r.getInt("unrated")))
                .single();
    }
}
