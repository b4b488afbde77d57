package org.hemei.workorder.rates;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.measure.RateRules;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 口径: how the rates count here, what can be set, by whom it was and on what basis; city and districts set it. */
@Controller
class RulePages {

    private final RateScope scope;
    private final RateRules rules;
    private final Appeals appeals;
    private final java.time.InstantSource clock;

    RulePages(RateScope scope, RateRules rules, Appeals appeals, java.time.InstantSource clock) {
        this.scope = scope;
        this.rules = rules;
        this.appeals = appeals;
        this.clock = clock;
    }

    @GetMapping("/rates/rules")
    ModelAndView show(Reader reader, @RequestParam Map<String, String> query) {
        return page(reader, query.getOrDefault("area", ""), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/rates/rules")
    ModelAndView set(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        var area = form.get("area");
        return FormAnswer.of(
                () -> {
                    var name = RateRules.Name.named(form.get("name"));
                    if (name == null) {
                        form.wrong("name", "请选改哪一项。");
                    }
                    var value = form.needed("value", 1, 1000, "请填新的数。");
                    var since = form.neededDay("since", "请选从哪天起。");
                    var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
                    form.check();
                    rules.set(reader, java.util.Objects.requireNonNull(name), area, value, since, basis);
                    return "/rates/rules?area=" + area + "&done=1";
                },
                errors -> page(reader, area, form, errors));
    }

    private ModelAndView page(Reader reader, String area, Form form, FormErrors errors) {
        var today = RankingQueries.today(clock);
        var picker = scope.picker(reader, RateFilter.of(area.isEmpty() ? Map.of() : Map.of("area", area), today));
        var here = picker.here();
        var code = here == null ? "" : here.code();
        var page = new ModelAndView("workorder/rates/rules");
        page.addObject("picker", picker);
        page.addObject("holding", holding(code, today));
        page.addObject("versions", here == null ? java.util.List.of() : rules.versions(code));
        page.addObject("sets", here != null && RateRules.sets(reader, code));
        page.addObject("leaveOut", appeals.reasons(false));
        page.addObject("countIn", appeals.reasons(true));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    private Map<RateRules.Name, Integer> holding(String area, java.time.LocalDate today) {
        var holding = new java.util.EnumMap<RateRules.Name, Integer>(RateRules.Name.class);
        for (var name : RateRules.Name.values()) {
            holding.put(name, rules.of(name, area, today));
        }
        return holding;
    }
}
