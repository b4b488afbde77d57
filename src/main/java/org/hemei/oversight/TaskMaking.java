package org.hemei.oversight;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.task.TaskDesk;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 建任务: for one, several or all who fall short of a rule. */
@Controller
class TaskMaking {

    private static final String PATH = "/mechanism/{rule:[a-z][a-z-]{1,40}}/tasks";

    private final CheckViews views;
    private final CheckQueries queries;
    private final Checks checks;
    private final Standing standing;
    private final TaskDesk desk;
    private final Once once;

    TaskMaking(CheckViews views, CheckQueries queries, Checks checks, Standing standing, TaskDesk desk, Once once) {
        this.views = views;
        this.queries = queries;
        this.checks = checks;
        this.standing = standing;
        this.desk = desk;
        this.once = once;
    }

    @GetMapping(PATH)
    ModelAndView form(Reader reader, @PathVariable String rule, @RequestParam MultiValueMap<String, String> query) {
        return page(open(reader, rule, Form.of(query)), Form.of(query), FormErrors.NONE);
    }

    @PostMapping(PATH)
    ModelAndView give(Reader reader, @PathVariable String rule, @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        var open = open(reader, rule, form);
        return FormAnswer.of(
                () -> "/tasks?box=given&batch=" + given(reader, rule, open, form) + "&done=given",
                errors -> page(open, form, errors));
    }

    /** Under the key of the form from the first question on: to a second press the desk is free no more that the first one gave to. */
    private String given(Reader reader, String rule, TaskForm open, Form form) {
        return once.run(reader, form.get("_once"), form, () -> give(reader, rule, open, form));
    }

    private String give(Reader reader, String rule, TaskForm open, Form form) {
        var to = open.desk(form.get("to"));
        var days = form.needed("days", 1, TaskDesk.MOST_DAYS, "请填几个工作日内办好。");
        var words = form.text("words", 1000, "请写清要办什么。");
        form.check();
        var order = new TaskDesk.Order(CheckViews.source(rule), words, days, form.has("evidence", "1"));
        var codes = new ArrayList<>(open.areas(to));
        codes.add(Standing.office(reader, open.here().code()).area());
        var names = views.names(codes);
        var given = desk.give(reader, TaskForm.giver(reader, open.here().code(), names), order, open.wanted(to, names));
        return given.batch().toString();
    }

    /** Those chosen who still fall short today and for whom no task runs. */
    private TaskForm open(Reader reader, String code, Form form) {
        var check = checks.of(code);
        var rule = check.rule();
        if (rule.aim()) {
            throw new Missing("这一条是倡导，不建任务。");
        }
        var here = views.area(reader, form.get("area")).path().getLast();
        var all = "1".equals(form.get("all"));
        var keys = new HashSet<>(form.all("key"));
        var found = check.shortfalls(here.code(), standing.today(), "", 100_000).stream()
                .filter(one -> !one.notice() && (all || keys.contains(one.key())))
                .toList();
        var running = queries.running(check, found.stream().map(Shortfall::key).toList());
        List<Shortfall> free =
                found.stream().filter(one -> !running.containsKey(one.key())).toList();
        return TaskForm.of(rule, here, free, all, Standing.scope(reader), found.size() - free.size());
    }

    private static ModelAndView page(TaskForm open, Form form, FormErrors errors) {
        var page = new ModelAndView("oversight/task-form");
        page.addObject("open", open);
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }
}
