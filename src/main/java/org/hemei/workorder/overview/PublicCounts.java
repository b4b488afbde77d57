package org.hemei.workorder.overview;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.springframework.stereotype.Component;

/**
 * This year's orders of an estate in figures, for everybody: open and solved counts and the three rates, each with its
 * fraction and with what is left out. Silence is never counted as satisfied.
 */
@Component
class PublicCounts implements PagePanel {

    /** @param now up to when the counts hold */
    record Year(Counts counts, Instant now) {

        String period() {
            var last = CivilTime.date(now);
            return "1月1日—" + last.getMonthValue() + "月" + last.getDayOfMonth() + "日";
        }
    }

    private final OrderCounts orders;
    private final TemplateEngine templates;
    private final InstantSource clock;

    PublicCounts(OrderCounts orders, TemplateEngine templates, InstantSource clock) {
        this.orders = orders;
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
        var year = year(estate);
        return out -> templates.render("workorder/overview/public-counts.jte", Map.of("year", year), out);
    }

    Year year(long estate) {
        var today = CivilTime.date(clock.instant());
        var counts = orders.of(OrderCounts.estate(estate), today.withDayOfYear(1), today);
        return new Year(counts, orders.asOf());
    }
}
