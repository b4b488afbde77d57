package org.hemei.workorder.supervision;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.workorder.list.AreaQueries;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 争议和督办: four lists under one heading, each with what still runs first. */
@Controller
class PressedPages implements NavEntry {

    static final Role[] READERS = {Role.COMMUNITY, Role.MANAGER, Role.STREET, Role.DISTRICT, Role.CITY};

    private final PressedQueries queries;
    private final OfferedOrders offered;
    private final AreaQueries areas;
    private final InstantSource clock;

    PressedPages(PressedQueries queries, OfferedOrders offered, AreaQueries areas, InstantSource clock) {
        this.queries = queries;
        this.offered = offered;
        this.areas = areas;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item(
                        "办事",
                        32,
                        "/disputes",
                        "争议和督办",
                        "scale",
                        null,
                        List.of("/supervisions", "/instructions", "/transfers")));
    }

    @GetMapping("/disputes")
    String disputes(Reader reader, @RequestParam Map<String, String> query, Model model) {
        return list(reader, PressedKind.DISPUTES, query, model);
    }

    @GetMapping("/supervisions")
    String supervisions(Reader reader, @RequestParam Map<String, String> query, Model model) {
        return list(reader, PressedKind.SUPERVISIONS, query, model);
    }

    @GetMapping("/instructions")
    String instructions(Reader reader, @RequestParam Map<String, String> query, Model model) {
        return list(reader, PressedKind.INSTRUCTIONS, query, model);
    }

    @GetMapping("/transfers")
    String transfers(Reader reader, @RequestParam Map<String, String> query, Model model) {
        return list(reader, PressedKind.TRANSFERS, query, model);
    }

    private String list(Reader reader, PressedKind kind, Map<String, String> query, Model model) {
        Role.required(reader, READERS);
        var filter = PressedQueries.Filter.of(kind, query);
        model.addAttribute("filter", filter);
        var page = queries.page(reader, filter);
        model.addAttribute("page", page);
        model.addAttribute("mine", kind == PressedKind.TRANSFERS ? offered.of(reader, page) : Set.of());
        model.addAttribute("picker", areas.picker(reader, filter.span().area()));
        model.addAttribute("running", queries.running(reader, kind));
        model.addAttribute(
                "gives",
                kind == PressedKind.SUPERVISIONS
                        && !reader.scope(Role.STREET, Role.DISTRICT, Role.CITY).isEmpty());
        model.addAttribute("now", clock.instant());
        return "workorder/supervision/cases";
    }
}
