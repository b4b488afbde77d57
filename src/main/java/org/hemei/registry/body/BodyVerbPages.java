package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One page for each verb of a body: what it leads to is said before it is done. */
@Controller
class BodyVerbPages {

    private final BodyViews views;
    private final BodyChoices choices;
    private final BodyDesk desk;
    private final Areas areas;
    private final InstantSource clock;

    BodyVerbPages(BodyViews views, BodyChoices choices, BodyDesk desk, Areas areas, InstantSource clock) {
        this.areas = areas;
        this.views = views;
        this.choices = choices;
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/bodies/{id}/rename")
    ModelAndView rename(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.RENAME);
    }

    @PostMapping("/bodies/{id}/rename")
    ModelAndView rename(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.RENAME, values, form -> {
            var name = form.text("name", 60, "请填新名称。");
            var brief = form.words("brief", 30);
            var day = day(form);
            var basis = basis(form);
            form.check();
            desk.rename(reader, id, version(form), name, brief.isEmpty() ? name : brief, day, basis);
        });
    }

    @GetMapping("/bodies/{id}/move")
    ModelAndView move(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.MOVE);
    }

    @PostMapping("/bodies/{id}/move")
    ModelAndView move(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.MOVE, values, form -> {
            var view = mine(reader, id, BodyVerb.MOVE);
            if (BodyVerb.seated(view)) {
                seat(reader, id, form);
                return;
            }
            var parent = BodyVerb.alone(view) ? null : form.chosen("parent", "请选新的上级。");
            var day = day(form);
            var basis = basis(form);
            form.check();
            desk.move(reader, id, version(form), parent, day, basis);
        });
    }

    private void seat(Reader reader, long id, Form form) {
        var area = form.get("area");
        if (!area.matches("\\d{4,6}")) {
            form.wrong("area", "请选登记在哪里。");
        }
        var day = day(form);
        var basis = basis(form);
        form.check();
        desk.seat(reader, id, version(form), area, day, basis);
    }

    @GetMapping("/bodies/{id}/amend")
    ModelAndView amend(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String of) {
        return fresh(reader, id, BodyVerb.AMEND, of);
    }

    @PostMapping("/bodies/{id}/amend")
    ModelAndView amend(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.AMEND, values, form -> {
            var name = form.text("name", 60, "请填对的名称。");
            var brief = form.words("brief", 30);
            var of = form.day("of");
            var basis = form.text("basis", 200, "请写为什么更正。");
            form.check();
            var day = of == null ? today() : of;
            desk.amend(reader, id, version(form), day, name, brief.isEmpty() ? name : brief, basis);
        });
    }

    @GetMapping("/bodies/{id}/buildings")
    ModelAndView buildings(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.BUILDINGS);
    }

    @PostMapping("/bodies/{id}/buildings")
    ModelAndView buildings(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.BUILDINGS, values, form -> {
            var wanted = form.all("buildings").stream()
                    .filter(one -> one.matches("\\d{1,18}"))
                    .map(Long::valueOf)
                    .toList();
            var day = day(form);
            var basis = basis(form);
            form.check();
            desk.buildings(reader, id, version(form), wanted, day, basis);
        });
    }

    @GetMapping("/bodies/{id}/restore")
    ModelAndView restore(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.RESTORE);
    }

    @PostMapping("/bodies/{id}/restore")
    ModelAndView restore(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.RESTORE, values, form -> {
            var basis = form.text("basis", 200, "请写为什么恢复。");
            form.check();
            desk.restore(reader, id, version(form), basis);
        });
    }

    @GetMapping("/bodies/{id}/merge")
    ModelAndView merging(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> query) {
        BodyOffices.keepers(reader);
        var view = mine(reader, id, BodyVerb.MERGE);
        var typed = Form.of(query);
        var form = Form.with(Map.of("day", today(), "version", view.version(), "q", BodyFilter.words(typed.get("q"))));
        return page(view, BodyVerb.MERGE, form, FormErrors.NONE, reader);
    }

    /** Looking for the other one on the way: nothing is done yet, and what was filled in stays. */
    @PostMapping(path = "/bodies/{id}/merge", params = "find")
    ModelAndView finding(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        BodyOffices.keepers(reader);
        var view = mine(reader, id, BodyVerb.MERGE);
        var typed = Form.of(values);
        var form = Form.with(Map.of(
                "day",
                typed.get("day"),
                "basis",
                typed.get("basis"),
                "into",
                typed.get("into"),
                "version",
                typed.get("version"),
                "q",
                typed.get("find").equals("all") ? "" : BodyFilter.words(typed.get("q"))));
        return page(view, BodyVerb.MERGE, form, FormErrors.NONE, reader);
    }

    @PostMapping(path = "/bodies/{id}/merge", params = "!find")
    ModelAndView merge(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.MERGE, values, form -> {
            var into = form.chosen("into", "请选并入哪一个。");
            var day = day(form);
            var basis = basis(form);
            form.check();
            desk.merge(reader, id, version(form), into, day, basis);
        });
    }

    @GetMapping("/bodies/{id}/dissolve")
    ModelAndView dissolve(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.DISSOLVE);
    }

    @PostMapping("/bodies/{id}/dissolve")
    ModelAndView dissolve(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.DISSOLVE, values, form -> {
            var day = day(form);
            var basis = basis(form);
            form.check();
            desk.dissolve(reader, id, version(form), day, basis);
        });
    }

    @GetMapping("/bodies/{id}/correct")
    ModelAndView correct(Reader reader, @PathVariable long id) {
        return fresh(reader, id, BodyVerb.CORRECT);
    }

    @PostMapping("/bodies/{id}/correct")
    ModelAndView correct(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return answer(reader, id, BodyVerb.CORRECT, values, form -> {
            var change = form.chosen("change", "请选哪一条的日子填错了。");
            var day = day(form);
            var basis = form.text("basis", 200, "请写为什么更正。");
            form.check();
            desk.correct(reader, id, version(form), change, day, basis);
        });
    }

    private static LocalDate day(Form form) {
        return form.neededDay("day", "请填从哪一天起。");
    }

    private static String basis(Form form) {
        return form.text("basis", 200, "请写依据，比如批复的文号或会议日期。");
    }

    /** A version that is no number is older than any. */
    private static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private ModelAndView answer(
            Reader reader, long id, BodyVerb verb, MultiValueMap<String, String> values, Consumer<Form> work) {
        BodyOffices.keepers(reader);
        var form = Form.of(values);
        var view = mine(reader, id, verb);
        return FormAnswer.of(
                () -> {
                    work.accept(form);
                    return "/bodies/" + id + "?done=" + verb.path();
                },
                errors -> page(view, verb, form, errors, reader));
    }

    private ModelAndView fresh(Reader reader, long id, BodyVerb verb) {
        return fresh(reader, id, verb, "");
    }

    /** @param of the first day of a name that is still to come, where it is that one which was written wrongly */
    private ModelAndView fresh(Reader reader, long id, BodyVerb verb, String of) {
        BodyOffices.keepers(reader);
        var view = mine(reader, id, verb);
        var named = verb == BodyVerb.RENAME || verb == BodyVerb.AMEND;
        var planned = view.planned(today()).stream()
                .filter(name -> name.from().toString().equals(of))
                .findFirst();
        var form = Form.with(Map.of(
                "day",
                today(),
                "version",
                view.version(),
                "of",
                planned.map(name -> name.from().toString()).orElse(""),
                "name",
                planned.map(BodyView.OneName::name).orElse(named ? view.body().name() : ""),
                "brief",
                planned.map(BodyView.OneName::brief).orElse(named ? view.body().shortName() : ""),
                "buildings",
                verb == BodyVerb.BUILDINGS
                        ? choices.buildings(view.body(), today()).stream()
                                .filter(BodyChoices.Building::own)
                                .map(BodyChoices.Building::id)
                                .toList()
                        : List.of()));
        return page(view, verb, form, FormErrors.NONE, reader);
    }

    private BodyView mine(Reader reader, long id, BodyVerb verb) {
        return views.one(BodyOffices.readers(reader), id, today())
                .filter(view -> verb.may(reader, view))
                .orElseThrow(() -> new Missing("没有这个组织，或这一步不归您办。"));
    }

    private ModelAndView page(BodyView view, BodyVerb verb, Form form, FormErrors errors, Reader reader) {
        var model = new HashMap<String, Object>();
        model.put("view", view);
        model.put("verb", verb);
        model.put("form", form);
        model.put("errors", errors);
        model.put("today", today());
        model.put("running", choices.running(view, today()));
        model.put("seats", BodyVerb.seated(view) ? areas.seats(reader.scope(Office.HOUSING)) : List.of());
        model.put("buildings", verb == BodyVerb.BUILDINGS ? choices.buildings(view.body(), today()) : List.of());
        model.put(
                "others",
                switch (verb) {
                    case MOVE -> choices.parents(view, today());
                    case MERGE -> choices.successors(reader, view, today(), BodyFilter.words(form.get("q")));
                    default -> List.of();
                });
        return new ModelAndView("registry/body/verb", model);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
