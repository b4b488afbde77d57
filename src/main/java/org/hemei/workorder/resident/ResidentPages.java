package org.hemei.workorder.resident;

import gg.jte.Content;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.workorder.archive.PastYears;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A resident's first screen and the list of their orders. */
@Controller
class ResidentPages {

    private static final int FIRST = 4;
    private static final int PAGE = 20;

    private final ResidentQueries queries;
    private final List<PagePanel> panels;
    private final PastYears years;
    private final InstantSource clock;

    ResidentPages(ResidentQueries queries, List<PagePanel> panels, PastYears years, InstantSource clock) {
        this.years = years;
        this.queries = queries;
        this.panels = panels;
        this.clock = clock;
    }

    @GetMapping("/home")
    String home(Reader reader, Model model) {
        model.addAttribute("homes", queries.homes(reader));
        model.addAttribute("cards", reader.has(Role.RESIDENT) ? queries.first(reader, FIRST) : List.of());
        model.addAttribute("count", queries.count(reader));
        model.addAttribute("panels", panels(reader));
        model.addAttribute("now", clock.instant());
        return "workorder/resident/home";
    }

    private List<Content> panels(Reader reader) {
        return panels.stream()
                .filter(panel -> panel.place() == PagePanel.Place.RESIDENT_HOME)
                .sorted(Comparator.comparingInt(PagePanel::order))
                .map(panel -> panel.panel(reader, 0))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * @param before microseconds of the last order of the page before, with its number
     * @param past those in the archive instead of those of the last years
     */
    @GetMapping("/my/orders")
    String orders(
            Reader reader,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "0") long id,
            @RequestParam(defaultValue = "") String past,
            Model model) {
        var from = before == null
                ? null
                : Instant.EPOCH.plus(Math.clamp(before, 0, 253_000_000_000_000_000L), ChronoUnit.MICROS);
        var archived = past.equals("1");
        var page = years.read(!archived, () -> queries.page(reader, from, id, PAGE));
        model.addAttribute("page", page);
        model.addAttribute("count", years.read(!archived, () -> queries.count(reader)));
        model.addAttribute("archived", archived);
        model.addAttribute("older", archived || page.more() ? 0 : years.read(() -> queries.count(reader)));
        model.addAttribute("later", before != null);
        model.addAttribute("now", clock.instant());
        return "workorder/resident/my-orders";
    }
}
