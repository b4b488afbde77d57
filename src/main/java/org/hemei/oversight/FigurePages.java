package org.hemei.oversight;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 总数: how many there are, with definitions, beside what was stated elsewhere; and the two coverages. */
@Controller
class FigurePages {

    private static final List<String> COVERAGES = List.of("company-organisation", "company-work");

    /** A rule's share beside the counts. */
    record Coverage(Rule rule, Figures.Row row) {}

    /** What the page shows. */
    record Totals(
            Areas.Picker picker,
            LocalDate on,
            boolean today,
            List<ArticleFigures.Figure> figures,
            List<Coverage> coverages) {

        Areas.Area here() {
            return picker.path().getLast();
        }

        Address self() {
            return Address.of("/mechanism/figures").with("area", here().code()).with("on", today ? null : on);
        }

        /** The list of just those that the figure counts; null where there is none to open. */
        @Nullable
        String list(ArticleFigures.Figure figure) {
            return figure.kind().list(here().code(), on, today);
        }

        boolean stated() {
            return figures.stream().anyMatch(f -> f.stated() != null);
        }
    }

    private final Standing standing;
    private final Checks checks;
    private final Figures rows;
    private final ArticleFigures figures;

    FigurePages(Standing standing, Checks checks, Figures rows, ArticleFigures figures) {
        this.standing = standing;
        this.checks = checks;
        this.rows = rows;
        this.figures = figures;
    }

    @GetMapping("/mechanism/figures")
    ModelAndView page(Reader reader, @RequestParam Map<String, String> query) {
        return new ModelAndView("oversight/figures", "totals", totals(reader, query));
    }

    Totals totals(Reader reader, Map<String, String> query) {
        var picker = standing.picker(reader, query.get("area"));
        var on = standing.day(query.get("on"));
        var area = picker.path().getLast();
        var coverages = COVERAGES.stream()
                .map(checks::of)
                .map(check -> new Coverage(
                        check.rule(),
                        Place.of(area, rows.on(check, on).get(area.code())).figure()))
                .toList();
        return new Totals(picker, on, on.equals(standing.today()), figures.of(area.code(), on), coverages);
    }
}
