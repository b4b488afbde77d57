package org.hemei.workorder.rates;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rollup.OrderCounts;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
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
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    RatePages(
            RateScope scope,
            RateQueries queries,
            RateCases cases,
            OrderCounts counts,
            Audit audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.scope = scope;
        this.queries = queries;
        this.cases = cases;
        this.counts = counts;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @GetMapping("/rates")
    String rates(Reader reader, @RequestParam Map<String, String> query, Model model) {
        model.addAttribute("view", view(reader, query, RateView.MOST));
        model.addAttribute("recent", Period.recent(CivilTime.date(clock.instant()), 24));
        return "workorder/rates/rates";
    }

    private RateView view(Reader reader, Map<String, String> query, int most) {
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

    @GetMapping("/rates/cases")
    String cases(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var filter = RateFilter.of(query, CivilTime.date(clock.instant()));
        var picker = scope.picker(reader, filter);
        var here = picker.here();
        var within = here == null ? filter : filter.in(here.code());
        var wanted = RateCases.Wanted.of(query.get("rate"), query.get("part"));
        var after = RateCases.Key.of(query.get("after"));
        var tally = RateQueries.sum(queries.by(within, By.MONTH, reader)).of(wanted.rate());
        model.addAttribute("picker", picker);
        model.addAttribute("filter", within);
        model.addAttribute("wanted", wanted);
        model.addAttribute("tally", tally);
        model.addAttribute("said", queries.said(within));
        model.addAttribute("page", cases.page(reader, within, wanted, after));
        model.addAttribute("first", after == null);
        return "workorder/rates/cases";
    }

    /** The page's table with all its lines; each part a column. */
    @GetMapping("/rates.xlsx")
    void export(Reader reader, @RequestParam Map<String, String> query, HttpServletResponse response)
            throws IOException {
        var view = view(reader, query, Integer.MAX_VALUE);
        transaction.executeWithoutResult(status -> audit.record(
                reader,
                0,
                "rates.export",
                "rates",
                reader.account(),
                view.filter().area(),
                view.self().query()));
        var heads = new ArrayList<>(List.of(view.byWords(view.by()), "点单"));
        for (var rate : Rate.values()) {
            heads.addAll(List.of(
                    rate.words() + "（%）", rate.good().words(), rate.poor().words()));
            Part.outside().forEach(part -> heads.add(rate.words() + "不计：" + part.words()));
        }
        try (var table =
                ExcelTable.open(response, "rates-" + view.filter().period().last(), "三率", heads)) {
            for (var line : view.lines()) {
                table.row(cells(line));
            }
            table.foot(view.title() + "，" + view.filter().period().words() + "。" + reader.name() + " 导出于 "
                    + CivilTime.full(clock.instant()));
        }
    }

    private static Object[] cells(RateView.Line line) {
        var cells = new ArrayList<Object>(List.of(line.name(), line.tallies().orders()));
        for (var rate : Rate.values()) {
            var tally = line.tallies().of(rate);
            cells.add(tally.denominator() == 0 ? "" : 100.0 * tally.numerator() / tally.denominator());
            cells.add(tally.numerator());
            cells.add(tally.of(rate.poor()));
            Part.outside().forEach(part -> cells.add(tally.of(part)));
        }
        return cells.toArray();
    }
}
