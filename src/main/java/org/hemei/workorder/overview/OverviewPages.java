package org.hemei.workorder.overview;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.rollup.OrderCounts;
import org.hemei.workorder.rollup.Quarter;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 总览: the figures of an area and of those one level below, for street, district and city. */
@Controller
class OverviewPages {

    private final OverviewQueries queries;
    private final OrderCounts orders;
    private final AreaQueries areas;
    private final InstantSource clock;

    OverviewPages(OverviewQueries queries, OrderCounts orders, AreaQueries areas, InstantSource clock) {
        this.queries = queries;
        this.orders = orders;
        this.areas = areas;
        this.clock = clock;
    }

    static void admit(Reader reader) {
        Role.required(reader, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    @GetMapping("/overview")
    String overview(Reader reader, @RequestParam Map<String, String> query, Model model) {
        model.addAttribute("overview", view(reader, query));
        model.addAttribute("quarters", Quarter.recent(CivilTime.date(clock.instant())));
        return "workorder/overview/overview";
    }

    /**
     * @throws Missing when the filter names an area that is not the reader's
     */
    Overview view(Reader reader, Map<String, String> query) {
        admit(reader);
        var filter = OrderFilter.of(query);
        var picker = areas.picker(reader, filter.area());
        if (filter.area() != null
                && (picker.here() == null || !picker.here().code().equals(filter.area()))) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        var here = picker.here();
        if (here == null) {
            // several areas and none chosen: begin with the first
            picker = areas.picker(reader, OrderScope.roots(reader).getFirst());
            here = picker.path().getLast();
        }
        var quarter = Quarter.of(query.get("period"), CivilTime.date(clock.instant()));
        var asOf = orders.asOf();
        return new Overview(
                picker,
                quarter,
                Overview.lines(
                        queries.names(here.code()),
                        orders.below(here.code(), quarter.first(), quarter.last()),
                        here.level().equals("community")),
                orders.of(here.code(), quarter.first(), quarter.last()),
                orders.months(here.code(), quarter.first().plusMonths(3).minusMonths(12), quarter.last()),
                orders.topics(here.code(), quarter.first(), quarter.last()),
                asOf);
    }
}
