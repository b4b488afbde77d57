package org.hemei.ballot;

import org.hemei.access.Role;
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

/** 打不开的票箱, for whoever answers for a poll: what does not open, and giving it up. */
@Controller
class VoidPages {

    private static final String PATH = "/ballots/{poll:\\d{1,18}}/void";

    private final VoidDesk desk;

    VoidPages(VoidDesk desk) {
        this.desk = desk;
    }

    @GetMapping(PATH)
    ModelAndView page(Reader reader, @PathVariable long poll) {
        Role.required(reader, VoidDesk.ROLES);
        return page(reader, poll, Form.empty(), FormErrors.NONE, null);
    }

    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors, @Nullable Stale stale) {
        var poll = desk.poll(reader, id);
        var stuck = desk.stuck(poll);
        var page = new ModelAndView("ballot/void");
        page.addObject("poll", poll);
        page.addObject("stuck", stuck);
        page.addObject("all", desk.count(poll));
        page.addObject("form", form);
        // where nothing can be given up there is no field to lead to
        page.addObject("errors", stuck.isEmpty() ? errors.atTop() : errors);
        page.addObject("stale", stale);
        return page;
    }

    @PostMapping(PATH)
    ModelAndView giveUp(Reader reader, @PathVariable long poll, @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, VoidDesk.ROLES);
        var form = Form.of(values);
        var version = form.get("version").matches("\\d{1,9}") ? Integer.parseInt(form.get("version")) : -1;
        return FormAnswer.of(
                () -> "/ballots/" + poll + "/void?done=" + desk.giveUp(reader, poll, version, form.get("reason")),
                errors -> page(reader, poll, form, errors, null),
                stale -> page(reader, poll, form, FormErrors.NONE, stale));
    }
}
