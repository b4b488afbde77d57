package org.hemei.workorder.rates;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.rollup.OrderCounts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 三率: response, resolution, satisfaction of what the reader oversees or answers for; any number leads to its cases. */
@Controller
class RatePages {

    private final RateScope scope;
    private final RateQueries queries;
    private final RateCases cases;
    private final OrderCounts counts;
    private final InstantSource clock;

    RatePages(RateScope scope, RateQueries queries, RateCases cases, OrderCounts counts, InstantSource clock) {
        this.scope = scope;
        this.queries = queries;
        this.cases = cases;
        this.counts = counts;
        this.clock = clock;
    }

    @GetMapping("/rates")
    String rates(Reader reader, @RequestParam Map<String, String> query, Model model) {
        model.addAttribute("view", view(reader, query, RateView.MOST));
        model.addAttribute("recent", Period.recent(CivilTime.date(clock.instant()), 24));
        return "workorder/rates/rates";
    }

    RateView view(Reader reader, Map<String, String> query, int most) {
        var filter = RateFilter.of(query, CivilTime.date(clock.instant()));
        var picker = scope.picker(reader, filter);
        var here = picker.here();
        var within = here == null ? filter : filter.in(here.code());
        var choices = choices(within);
        var chosen = By.named(query.get("by"));
        var by = chosen == null || !choices.contains(chosen) ? choices.getFirst() : chosen;
        var asOf = counts.asOf();
        var found = queries.by(within, by, reader);
        var lines = RateView.lines(by, queries.names(within, by, found), found);
        return new RateView(
                picker,
                within,
                by,
                choices,
                RateQueries.sum(found),
                lines.subList(0, Math.min(most, lines.size())),
                lines.size() > most,
                queries.said(within),
                asOf);
    }

    private static List<By> choices(RateFilter filter) {
        var choices = new ArrayList<By>();
        if (filter.estate() == null) {
            if (filter.area() != null && filter.area().length() < 12) {
                choices.add(By.AREA);
            }
            choices.add(By.ESTATE);
        }
        if (filter.company() == null) {
            choices.add(By.COMPANY);
            if (filter.estate() == null) {
                choices.add(By.PROJECT);
            }
        }
        choices.add(By.CATEGORY);
        choices.add(By.MONTH);
        return choices;
    }

    /** The filter of the address, within what the reader oversees. */
    RateFilter within(Reader reader, Map<String, String> query) {
        var filter = RateFilter.of(query, CivilTime.date(clock.instant()));
        var here = scope.picker(reader, filter).here();
        return here == null ? filter : filter.in(here.code());
    }

    @GetMapping("/rates/cases")
    String cases(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var within = within(reader, query);
        var wanted = RateCases.Wanted.of(query.get("rate"), query.get("part"));
        var after = RateCases.Key.of(query.get("after"));
        var tally = RateQueries.sum(queries.by(within, By.MONTH, reader)).of(wanted.rate());
        model.addAttribute("picker", scope.picker(reader, within));
        model.addAttribute("filter", within);
        model.addAttribute("wanted", wanted);
        model.addAttribute("tally", tally);
        model.addAttribute("said", queries.said(within));
        model.addAttribute("page", cases.page(reader, within, wanted, after));
        model.addAttribute("first", after == null);
        return "workorder/rates/cases";
    }
}
