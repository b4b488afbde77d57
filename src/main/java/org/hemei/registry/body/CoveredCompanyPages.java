package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Which companies an organisation covers, seen from the organisation. */
@Controller
class CoveredCompanyPages {

    private final BodyViews views;
    private final BodyChoices choices;
    private final Coverages coverages;
    private final Once once;
    private final InstantSource clock;

    CoveredCompanyPages(BodyViews views, BodyChoices choices, Coverages coverages, Once once, InstantSource clock) {
        this.views = views;
        this.choices = choices;
        this.coverages = coverages;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/bodies/{id}/cover")
    ModelAndView form(Reader reader, @PathVariable long id) {
        var form = Form.with(Map.of("day", today()));
        return page(reader, mine(reader, id), null, form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/bodies/{id}/cover")
    ModelAndView cover(
            Reader reader,
            @PathVariable long id,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        var view = mine(reader, id);
        var form = Form.of(values);
        try {
            var company = form.chosen("company", "请选企业。");
            var mode = CoverageMode.find(form.get("mode"));
            if (mode == null || !mode.byOrganisation()) {
                form.wrong("mode", "请选单建还是联建。");
            }
            var day = form.neededDay("day", "请填从哪一天起。");
            form.check();
            var chosen = java.util.Objects.requireNonNull(mode);
            once.run(
                    reader,
                    key,
                    id + form.toString(),
                    () -> String.valueOf(coverages.cover(reader, company, chosen, id, null, day)));
            return new ModelAndView("redirect:/bodies/" + id + "?done=cover");
        } catch (Refusal refusal) {
            return page(reader, view, null, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/bodies/{id}/coverage/{coverage}/end")
    ModelAndView ending(Reader reader, @PathVariable long id, @PathVariable long coverage) {
        var view = mine(reader, id);
        var form = Form.with(Map.of("day", today()));
        return page(reader, view, held(id, coverage), form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/bodies/{id}/coverage/{coverage}/end")
    ModelAndView end(
            Reader reader,
            @PathVariable long id,
            @PathVariable long coverage,
            @RequestParam MultiValueMap<String, String> values) {
        var view = mine(reader, id);
        var held = held(id, coverage);
        var form = Form.of(values);
        try {
            var day = form.neededDay("day", "请填从哪一天起不再覆盖。");
            form.check();
            coverages.end(reader, coverage, day);
            return new ModelAndView("redirect:/bodies/" + id + "?done=uncover");
        } catch (Refusal refusal) {
            return page(reader, view, held, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private BodyView mine(Reader reader, long id) {
        Office.required(reader, Office.ORGANISATION, Office.HOUSING);
        return views.one(BodyOffices.readers(reader), id, today())
                .filter(view -> BodyOffices.covers(reader, view.body()))
                .orElseThrow(() -> new Missing("没有这个党组织，或不归您管。"));
    }

    private Coverages.Coverage held(long id, long coverage) {
        return coverages.ofOrganisation(id).stream()
                .filter(held -> held.id() == coverage)
                .findFirst()
                .orElseThrow(() -> new Missing("没有这一条覆盖。"));
    }

    private ModelAndView page(
            Reader reader,
            BodyView view,
            Coverages.@Nullable Coverage ending,
            Form form,
            FormErrors errors,
            HttpStatus status) {
        var model = new HashMap<String, Object>();
        model.put("view", view);
        model.put("ending", ending);
        model.put("form", form);
        model.put("errors", errors);
        model.put("companies", ending == null ? choices.uncovered(reader, today()) : java.util.List.of());
        model.put(
                "running",
                coverages.ofOrganisation(view.body().id()).stream()
                        .filter(held -> held.runsOn(today()))
                        .toList());
        return new ModelAndView("registry/body/cover", model, status);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
