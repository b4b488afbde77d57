package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyOffices.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Founding: which kind, where, then the rest. Kind and place are chosen by links, so that the form fits them. */
@Controller
class FoundingPages {

    private final BodyChoices choices;
    private final BodyFacts facts;
    private final Bodies bodies;
    private final FoundingDesk desk;
    private final Areas areas;
    private final Once once;
    private final InstantSource clock;

    FoundingPages(
            BodyChoices choices,
            BodyFacts facts,
            Bodies bodies,
            FoundingDesk desk,
            Areas areas,
            Once once,
            InstantSource clock) {
        this.bodies = bodies;
        this.choices = choices;
        this.facts = facts;
        this.desk = desk;
        this.areas = areas;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/bodies/new")
    ModelAndView form(
            Reader reader,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String estate,
            @RequestParam(defaultValue = "") String parent) {
        BodyOffices.keepers(reader);
        var form = Form.with(Map.of("kind", kind, "area", area, "estate", estate, "parent", parent, "day", today()));
        return page(reader, form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/bodies")
    ModelAndView found(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        BodyOffices.keepers(reader);
        var form = Form.of(values);
        try {
            var founding = founding(form);
            var id = once.run(reader, key, form, () -> String.valueOf(desk.found(reader, founding)));
            return new ModelAndView("redirect:/bodies/" + id + "?done=found");
        } catch (Refusal refusal) {
            return page(reader, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static FoundingDesk.Founding founding(Form form) {
        var kind = BodyKind.find(form.get("kind"));
        if (kind == null) {
            throw Refusal.of("请先选成立哪一种组织。");
        }
        var ofEstate = BodyRule.of(kind).ofEstate();
        var name = form.text("name", 60, "请填名称。");
        var brief = form.words("brief", 30);
        var day = form.neededDay("day", "请填从哪一天起。");
        var basis = form.text("basis", 200, "请写依据，比如批复的文号或会议日期。");
        var estate = ofEstate ? form.chosen("estate", "请先选小区。") : null;
        var code = form.optional("code", 40);
        form.check();
        return new FoundingDesk.Founding(
                kind,
                name,
                brief.isEmpty() ? name : brief,
                form.get("area"),
                estate,
                id(form.get("parent")),
                kind == BodyKind.BUILDING_GROUP
                        ? form.all("buildings").stream()
                                .map(FoundingPages::id)
                                .filter(java.util.Objects::nonNull)
                                .toList()
                        : List.of(),
                code,
                form.has("replaces", "on"),
                day,
                basis);
    }

    private static @Nullable Long id(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private ModelAndView page(Reader reader, Form form, FormErrors errors, HttpStatus status) {
        var model = new HashMap<String, Object>();
        var kind = BodyKind.find(form.get("kind"));
        model.put("form", form);
        model.put("errors", errors);
        model.put("kinds", BodyOffices.foundable(reader));
        model.put("kind", kind);
        model.put("today", today());
        if (kind != null) {
            place(reader, form, kind, model);
        }
        if (!Boolean.TRUE.equals(model.get("ready"))) {
            model.put("errors", errors.atTop());
        }
        return new ModelAndView("registry/body/new", model, status);
    }

    private void place(Reader reader, Form form, BodyKind kind, Map<String, Object> model) {
        var rule = BodyRule.of(kind);
        var estate = rule.ofEstate() ? facts.estate(id(form.get("estate"))).orElse(null) : null;
        var picker = areas.picker(BodyOffices.keepers(reader), estate == null ? form.get("area") : estate.community());
        var here = picker.here();
        var place = rule.ofEstate()
                ? facts.place("", estate == null ? -1L : estate.id())
                : here == null ? java.util.Optional.<BodyRule.Place>empty() : facts.area(here.code());
        var ready = place.filter(p -> rule.levels().contains(p.level()))
                .filter(p -> BodyOffices.may(reader, Verb.FOUND, kind, p.area()))
                .orElse(null);
        if (estate != null && ready == null) {
            throw new Missing("没有这个小区，或不归您管。");
        }
        model.put("rule", rule);
        model.put("picker", picker);
        model.put("estate", estate);
        model.put("ready", ready != null);
        model.put("needsParent", ready != null && rule.needsParent(ready.level()));
        model.put("parents", ready == null ? List.of() : facts.parents(kind, ready, today()));
        model.put(
                "estates",
                rule.ofEstate() && here != null && here.level().equals("community")
                        ? choices.estates(kind, here.code(), today())
                        : List.of());
        model.put(
                "relieved",
                kind == BodyKind.BACKSTOP_TEAM && ready != null
                        ? facts.team(ready.area())
                                .flatMap(team -> bodies.find(team, today()))
                                .orElse(null)
                        : null);
        model.put(
                "buildings",
                kind == BodyKind.BUILDING_GROUP && estate != null
                        ? choices.buildings(estate.id(), today())
                        : List.of());
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
