package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.EnumMap;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The rules of the blacklist with their bases: terms, times, and on what a listing can rest. */
@Controller
class ListingRulePages {

    private final ListingBook book;
    private final ListingRules rules;
    private final TermBook versions;
    private final Offices offices;
    private final InstantSource clock;

    ListingRulePages(ListingBook book, ListingRules rules, TermBook versions, Offices offices, InstantSource clock) {
        this.book = book;
        this.rules = rules;
        this.versions = versions;
        this.offices = offices;
        this.clock = clock;
    }

    @GetMapping("/listings/rules")
    ModelAndView show(Reader reader) {
        return page(reader);
    }

    private ModelAndView page(Reader reader) {
        if (!ListingQueries.hasPart(reader)) {
            throw new AccessDeniedException("no part in the blacklist");
        }
        var sets = BasisDesk.sets(reader);
        var area = sets != null ? sets : area(reader);
        var today = CivilTime.date(clock.instant());
        var terms = new EnumMap<Weight, Weight.Term>(Weight.class);
        for (var weight : Weight.values()) {
            terms.put(weight, book.term(weight, area, today));
        }
        var numbers = new EnumMap<ListingRules.Name, Integer>(ListingRules.Name.class);
        for (var name : ListingRules.Name.values()) {
            numbers.put(name, rules.of(name, area, today));
        }
        var page = new ModelAndView("evaluation/listing/rules");
        page.addObject("terms", terms);
        page.addObject("numbers", numbers);
        page.addObject("bases", versions.bases(area, today));
        page.addObject("sets", sets != null);
        page.addObject("office", offices.of(area, clock.instant()).orElse(null));
        return page;
    }

    /** Where the reader's rules hold; what comes with the application for whoever has no area. */
    private static String area(Reader reader) {
        return reader.grants().stream()
                .map(org.hemei.platform.Grant::area)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
