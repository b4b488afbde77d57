package org.hemei.registry.estate;

import gg.jte.Content;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.registry.contract.Contracts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Estates in public: who is in charge and how it goes. Never a person, a door, or anybody's words. */
@Controller
class PublicEstatePages {

    private final PublicEstates queries;
    private final Contracts contracts;
    private final List<PagePanel> panels;

    PublicEstatePages(PublicEstates queries, Contracts contracts, List<PagePanel> panels) {
        this.queries = queries;
        this.contracts = contracts;
        this.panels = panels;
    }

    @GetMapping("/estates")
    String search(@RequestParam(defaultValue = "") String q, Model model) {
        model.addAttribute("search", queries.search(q));
        return "registry/estate/search";
    }

    @GetMapping("/estates/{id:\\d{1,18}}")
    String estate(Reader reader, @PathVariable long id, Model model) {
        var estate = queries.estate(id).orElseThrow(() -> new Missing("没有这个小区。可以按名字再找找。"));
        model.addAttribute("estate", estate);
        model.addAttribute("facilities", queries.facilities(id));
        model.addAttribute("past", contracts.over(contracts.of(id)));
        model.addAttribute("today", queries.today());
        model.addAttribute("panels", panels(reader, id));
        return "registry/estate/public";
    }

    private List<Content> panels(Reader reader, long estate) {
        return PagePanel.of(panels, PagePanel.Place.PUBLIC_ESTATE, reader, estate);
    }

    /** Options for a choice of buildings, then of units: pieces of forms. */
    @GetMapping("/buildings")
    String buildings(@RequestParam long estate, Model model) {
        model.addAttribute("choices", queries.buildings(estate));
        return "registry/estate/choices";
    }

    @GetMapping("/units")
    String units(@RequestParam long building, Model model) {
        model.addAttribute("choices", queries.units(building));
        return "registry/estate/choices";
    }
}
