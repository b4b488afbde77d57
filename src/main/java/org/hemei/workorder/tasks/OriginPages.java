package org.hemei.workorder.tasks;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.task.TaskDesk;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.OrderId;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 建任务 of a line of the three rates, and of a supervised order that is late. */
@Controller
class OriginPages {

    private final Origins origins;
    private final TaskDesk desk;
    private final Once once;

    OriginPages(Origins origins, TaskDesk desk, Once once) {
        this.origins = origins;
        this.desk = desk;
        this.once = once;
    }

    @GetMapping("/rates/tasks")
    ModelAndView ofRate(Reader reader, @RequestParam MultiValueMap<String, String> query) {
        return page(origins.ofRate(reader, query.toSingleValueMap()), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/rates/tasks")
    ModelAndView giveOfRate(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        return give(reader, origins.ofRate(reader, values.toSingleValueMap()), Form.of(values));
    }

    @GetMapping("/orders/{id}/task")
    ModelAndView ofOrder(Reader reader, @PathVariable OrderId id) {
        return page(origins.ofOrder(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/orders/{id}/task")
    ModelAndView giveOfOrder(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> values) {
        return give(reader, origins.ofOrder(reader, id), Form.of(values));
    }

    private ModelAndView give(Reader reader, Origin origin, Form form) {
        return FormAnswer.of(
                () -> "/tasks?box=given&batch=" + given(reader, origin, form) + "&done=given",
                errors -> page(origin, form, errors));
    }

    private String given(Reader reader, Origin origin, Form form) {
        var to = origin.to(form.get("to"));
        var days = form.needed("days", 1, TaskDesk.MOST_DAYS, "请填几个工作日内办好。");
        var words = form.text("words", 1000, "请写清要办什么。");
        form.check();
        var order = new TaskDesk.Order(origin.source(), words, days, form.has("evidence", "1"));
        var wanted = new TaskDesk.Wanted(origin.title(), origin.subject(), origin.link(), to.assignee());
        return once.run(reader, form.get("_once"), form, () -> {
            var given = desk.give(reader, origin.giver(), order, List.of(wanted));
            if (given.made() == 0) {
                throw Refusal.of("这件事已经有任务在办。办完一件，才能再建一件。");
            }
            return given.batch().toString();
        });
    }

    private static ModelAndView page(Origin origin, Form form, FormErrors errors) {
        var page = new ModelAndView("workorder/tasks/form");
        page.addObject("origin", origin);
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }
}
