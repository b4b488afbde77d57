package org.hemei.workorder.hotline;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.filing.FilingQueries;
import org.hemei.workorder.hotline.HotlineQueries.Box;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 热线件: what the hotline's files brought, what lacks a place, the way into orders, and the table that goes back. */
@Controller
class HotlinePages implements NavEntry {

    private static final int RANK = 375;
    private static final int AT_ONCE = 200;

    private final HotlineQueries queries;
    private final HotlineDesk desk;
    private final FilingQueries filing;
    private final InstantSource clock;

    HotlinePages(HotlineQueries queries, HotlineDesk desk, FilingQueries filing, InstantSource clock) {
        this.queries = queries;
        this.desk = desk;
        this.filing = filing;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        if (reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY).isEmpty()) {
            return List.of();
        }
        var waiting = queries.waiting(reader);
        return List.of(new Item("对接", RANK, "/hotline", "热线件", "phone", waiting == 0 ? null : waiting));
    }

    @GetMapping("/hotline")
    ModelAndView list(
            Reader reader,
            @RequestParam(defaultValue = "") String box,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String left) {
        var chosen = Box.named(box);
        var place = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var found = queries.list(reader, chosen, place, HotlineQueries.PAGE + 1);
        var shown = found.subList(0, Math.min(found.size(), HotlineQueries.PAGE));
        var here = "/hotline?box=" + chosen.code();
        var page = new ModelAndView("workorder/hotline/list");
        page.addObject("box", chosen);
        page.addObject("rows", shown);
        page.addObject(
                "counts",
                Arrays.stream(Box.values())
                        .filter(Box::counted)
                        .map(one -> queries.count(reader, one))
                        .toList());
        page.addObject("left", left.matches("[1-9]\\d{0,3}") ? left : null);
        page.addObject("most", AT_ONCE);
        page.addObject(
                "next",
                found.size() > shown.size() ? here + "&after=" + shown.getLast().id() : null);
        page.addObject("first", place == 0 ? null : here);
        page.addObject("today", CivilTime.date(clock.instant()));
        return page;
    }

    @PostMapping("/hotline/file")
    ModelAndView file(Reader reader) {
        var filed = desk.fileReady(reader, AT_ONCE);
        // what is left to look at is shown, where there is any
        return new ModelAndView("redirect:/hotline?box="
                + (filed.refused() > 0 ? Box.LACKING : Box.FILED).code()
                + "&done=" + filed.orders()
                + (filed.refused() > 0 ? "&left=" + filed.refused() : ""));
    }

    @GetMapping("/hotline/{id:\\d{1,18}}")
    ModelAndView one(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String q) {
        return one(reader, id, q.strip(), Form.empty(), FormErrors.NONE);
    }

    private ModelAndView one(Reader reader, long id, String q, Form form, FormErrors errors) {
        var whole = queries.one(reader, id);
        var all = filing.categories();
        var named = q.isEmpty() ? whole.row().place().split(" ", 2)[0] : q;
        var page = new ModelAndView("workorder/hotline/one");
        page.addObject("whole", whole);
        page.addObject("q", named);
        page.addObject("places", named.isEmpty() ? List.of() : queries.places(reader, named));
        page.addObject("categories", all);
        page.addObject(
                "suggested",
                whole.category() != null
                        ? whole.category()
                        : FilingQueries.suggest(all, whole.row().topic() + " " + whole.words(), "")
                                .map(FilingQueries.Category::code)
                                .orElse(""));
        page.addObject("form", form);
        page.addObject("errors", errors);
        if (errors.any()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    @PostMapping("/hotline/{id:\\d{1,18}}/return")
    ModelAndView giveBack(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        queries.one(reader, id);
        var form = Form.of(typed);
        try {
            desk.giveBack(reader, id, form.get("reason"));
            return new ModelAndView("redirect:/hotline/" + id + "?done=returned");
        } catch (Refusal refused) {
            return one(reader, id, "", form, FormErrors.of(refused));
        }
    }

    @PostMapping("/hotline/{id:\\d{1,18}}/recall")
    ModelAndView recall(Reader reader, @PathVariable long id) {
        queries.one(reader, id);
        try {
            desk.recall(reader, id);
            return new ModelAndView("redirect:/hotline/" + id + "?done=recalled");
        } catch (Refusal refused) {
            return one(reader, id, "", Form.empty(), FormErrors.of(refused));
        }
    }

    @PostMapping("/hotline/{id:\\d{1,18}}")
    ModelAndView place(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        queries.one(reader, id);
        var form = Form.of(typed);
        try {
            var estate = form.chosen("estate", "请选是哪个小区。");
            var category = form.text("category", 60, "请选是哪类事。");
            form.check();
            return new ModelAndView("redirect:/orders/" + desk.place(reader, id, estate, category));
        } catch (Refusal refused) {
            return one(reader, id, form.get("q"), form, FormErrors.of(refused));
        }
    }
}
