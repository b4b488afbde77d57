package org.hemei.evaluation.opinion;

import java.util.HashMap;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.evaluation.opinion.OpinionDesk.Said;
import org.hemei.evaluation.opinion.Opinions.Place;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 给物业打分, for street and community: the estates of their territory and nothing else. */
@Controller
class OpinionPages {

    private static final int PAGE = 50;

    private final Opinions opinions;
    private final OpinionDesk desk;
    private final NarrowingAreas areas;

    OpinionPages(Opinions opinions, OpinionDesk desk, NarrowingAreas areas) {
        this.opinions = opinions;
        this.desk = desk;
        this.areas = areas;
    }

    @GetMapping("/opinions")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        admit(reader);
        var after = query.getOrDefault("after", "");
        var narrowing = new Narrowing(Narrowing.of(query).area(), null, null);
        var from = after.matches("\\d{36}") ? after : "";
        var found = opinions.list(reader, narrowing, from, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = new HashMap<String, Object>();
        model.put("places", shown);
        model.put("narrowing", narrowing);
        model.put("areas", areas.of(reader.scope(Role.STREET, Role.COMMUNITY)));
        model.put("items", opinions.counts(reader, shown));
        model.put("next", found.size() > PAGE ? key(shown.getLast()) : null);
        model.put("first", from.isEmpty());
        return new ModelAndView("evaluation/opinion/list", model);
    }

    static void admit(Reader reader) {
        Role.required(reader, Role.STREET, Role.COMMUNITY);
    }

    private static String key(Place place) {
        return "%018d%018d".formatted(place.campaign(), place.estate());
    }

    @GetMapping("/opinions/{campaign:\\d{1,18}}/{estate:\\d{1,18}}")
    ModelAndView form(Reader reader, @PathVariable long campaign, @PathVariable long estate) {
        var place = mine(reader, campaign, estate);
        var values = new HashMap<String, Object>();
        opinions.given(place).forEach((item, given) -> {
            values.put("points-" + item, given.points());
            values.put("why-" + item, given.why());
            values.put("seen-" + item, given.version());
        });
        return form(reader, place, Form.with(values), FormErrors.NONE, null);
    }

    private ModelAndView form(Reader reader, Place place, Form form, FormErrors errors, @Nullable Stale stale) {
        var model = new HashMap<String, Object>();
        model.put("place", place);
        model.put("items", opinions.items(reader, place));
        model.put("form", form);
        model.put("errors", errors);
        model.put("stale", stale);
        return new ModelAndView("evaluation/opinion/form", model);
    }

    @PostMapping("/opinions/{campaign:\\d{1,18}}/{estate:\\d{1,18}}")
    ModelAndView give(
            Reader reader,
            @PathVariable long campaign,
            @PathVariable long estate,
            @RequestParam MultiValueMap<String, String> values) {
        var place = mine(reader, campaign, estate);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var said = opinions.items(reader, place).stream()
                            .map(item -> new Said(
                                    item.code(),
                                    number(form.get("points-" + item.code())),
                                    form.get("why-" + item.code()),
                                    seen(form.get("seen-" + item.code()))))
                            .toList();
                    desk.give(reader, campaign, estate, said);
                    return "/opinions?done=given";
                },
                errors -> form(reader, place, form, errors, null),
                stale -> form(reader, place, form, FormErrors.NONE, stale));
    }

    private static @Nullable Integer number(String text) {
        return text.matches("\\d{1,3}") ? Integer.valueOf(text) : null;
    }

    private static int seen(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private Place mine(Reader reader, long campaign, long estate) {
        Role.required(reader, Role.STREET, Role.COMMUNITY);
        return opinions.find(reader, campaign, estate).orElseThrow(() -> new Missing("没有这个小区，或不在您这里，或已经复核完了。"));
    }
}
