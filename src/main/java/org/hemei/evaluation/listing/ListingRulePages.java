package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The rules of the blacklist with their bases: terms, times, and on what a listing can rest. */
@Controller
class ListingRulePages {

    private final ListingBook book;
    private final ListingRules rules;
    private final BasisDesk desk;
    private final Once once;
    private final InstantSource clock;

    ListingRulePages(ListingBook book, ListingRules rules, BasisDesk desk, Once once, InstantSource clock) {
        this.book = book;
        this.rules = rules;
        this.desk = desk;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/listings/rules")
    ModelAndView show(Reader reader) {
        return page(reader, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/listings/rules")
    ModelAndView add(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var area = BasisDesk.sets(reader);
        if (area == null) {
            throw new AccessDeniedException("bases are set by the bureau");
        }
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var policy = form.get("policy");
                    var draft = new BasisDesk.Draft(
                            area,
                            form.text("name", 100, "请写文件名和文号。"),
                            form.text("article", 40, "请写第几条。"),
                            form.text("quote", 500, "请照原文抄下来。"),
                            policy.matches("\\d{1,18}") ? Long.valueOf(policy) : null,
                            form.has("effect", "excludes"),
                            form.has("effect", "shares"),
                            form.neededDay("since", "请选从哪天起。"));
                    form.check();
                    once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.add(reader, draft)));
                    return "/listings/rules?done=1";
                },
                errors -> page(reader, form, errors));
    }

    private ModelAndView page(Reader reader, Form form, FormErrors errors) {
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
        page.addObject("bases", book.bases(area));
        page.addObject("laws", sets == null ? List.<BasisDesk.Law>of() : desk.laws(area));
        page.addObject("sets", sets != null);
        page.addObject("form", form);
        page.addObject("errors", errors);
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
