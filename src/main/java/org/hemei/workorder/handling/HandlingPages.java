package org.hemei.workorder.handling;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.handling.HandlingDesk.Cause;
import org.hemei.workorder.handling.HandlingDesk.Limit;
import org.hemei.workorder.list.OrderFilter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 办理规定: everybody on duty reads them; the city sets a version, sees first what it changes and what it leaves alone. */
@Controller
class HandlingPages implements NavEntry {

    private static final Role[] READERS = {
        Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.HELPER, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING
    };

    /** What a version would change. @param before as it holds on the day before; empty for a new obstacle */
    record Preview(String what, String before, String after, java.time.LocalDate since, int running) {}

    private final HandlingDesk desk;
    private final HandlingQueries queries;
    private final Once once;

    HandlingPages(HandlingDesk desk, HandlingQueries queries, Once once) {
        this.desk = desk;
        this.queries = queries;
        this.once = once;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("规则", 304, "/handling-rules", "办理规定", "scale", null));
    }

    static void admit(Reader reader) {
        Role.required(reader, READERS);
    }

    @GetMapping("/handling-rules")
    String rules(Reader reader, Model model) {
        admit(reader);
        model.addAttribute("book", queries.book());
        model.addAttribute("keeper", reader.has(Role.CITY));
        return "workorder/handling/rules";
    }

    @GetMapping("/handling-rules/new")
    ModelAndView form(Reader reader, @RequestParam Map<String, String> query) {
        Role.required(reader, Role.CITY);
        var name = OrderFilter.constant(Name.class, query.get("name"));
        var now = name == null ? null : queries.book().now(name);
        var values = now == null
                ? Map.<String, Object>of()
                : Map.<String, Object>of(
                        "name",
                        query.get("name"),
                        "amount",
                        now.rule().amount(),
                        "measure",
                        now.rule().measure());
        return page("workorder/handling/rule-form", Form.with(values), FormErrors.NONE);
    }

    /** With {@code go=look} it only says what would change. */
    @PostMapping("/handling-rules/new")
    ModelAndView set(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        return set(reader, key, "workorder/handling/rule-form", form, () -> {
            var limit = limit(form);
            desk.check(limit);
            return new Change(() -> preview(limit), () -> desk.set(reader, limit));
        });
    }

    /** What a sound form asks for: what it would change, and the change itself. */
    private record Change(Supplier<Preview> preview, Runnable set) {}

    private ModelAndView set(Reader reader, String key, String page, Form form, Supplier<Change> read) {
        try {
            var change = read.get();
            if (form.get("go").equals("look")) {
                return previewed(page, form, change.preview.get());
            }
            once.run(reader, key, form, () -> {
                change.set.run();
                return "set";
            });
            return FormAnswer.seeOther("/handling-rules?done=set");
        } catch (Refusal refused) {
            return refused(page, form, refused);
        }
    }

    private static Limit limit(Form form) {
        var name = OrderFilter.constant(Name.class, form.get("name"));
        if (name == null) {
            form.wrong("name", "请选是哪一条。");
        }
        var amount = form.needed("amount", 1, 366, "请填多少。");
        if (!List.of("hour", "day", "working_day", "time").contains(form.get("measure"))) {
            form.wrong("measure", "请选按什么算。");
        }
        var since = form.neededDay("since", "请选从哪天起。");
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
        form.check();
        return new Limit(Objects.requireNonNull(name), amount, form.get("measure"), since, basis);
    }

    private Preview preview(Limit limit) {
        var before = queries.book().on(limit.name(), limit.since());
        return new Preview(
                limit.name().words(),
                before == null ? "" : before.rule().words(),
                new org.hemei.workorder.HandlingRules.Rule(limit.name(), limit.amount(), limit.measure(), limit.basis())
                        .words(),
                limit.since(),
                queries.running(limit.name()));
    }

    @PostMapping("/handling-rules/{id:\\d{1,18}}/take-back")
    ModelAndView takeBack(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.CITY);
        desk.takeBack(reader, id);
        return FormAnswer.seeOther("/handling-rules?done=ended");
    }

    @GetMapping("/handling-rules/obstacles/new")
    ModelAndView obstacleForm(Reader reader, @RequestParam(defaultValue = "") String code) {
        Role.required(reader, Role.CITY);
        var now = queries.book().obstacle(code, queries.today());
        var values = now == null
                ? Map.<String, Object>of()
                : Map.<String, Object>of(
                        "code", code, "name", now.name(), "waits", now.waits(), "maxDays", now.maxDays());
        return page("workorder/handling/obstacle-form", Form.with(values), FormErrors.NONE);
    }

    @PostMapping("/handling-rules/obstacles/new")
    ModelAndView setObstacle(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        return set(reader, key, "workorder/handling/obstacle-form", form, () -> {
            var cause = cause(form);
            desk.check(cause);
            return new Change(() -> preview(cause), () -> desk.set(reader, cause));
        });
    }

    private static Cause cause(Form form) {
        var name = form.text("name", 40, "请写是什么障碍。");
        var waits = form.text("waits", 40, "请写等什么，单子上写“计时已停，等…”。");
        var most = form.needed("maxDays", 1, 366, "请填最多停几天。");
        var since = form.neededDay("since", "请选从哪天起。");
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
        form.check();
        return new Cause(form.get("code"), name, waits, most, since, basis);
    }

    private Preview preview(Cause cause) {
        var before = queries.book().obstacle(cause.code(), cause.since());
        return new Preview(
                "客观障碍：" + cause.name(),
                before == null ? "" : before.name() + "，最多停 " + before.maxDays() + " 天",
                cause.name() + "，单子上写“计时已停，等" + cause.waits() + "”，最多停 " + cause.maxDays() + " 天",
                cause.since(),
                cause.code().isEmpty() ? 0 : queries.waiting(cause.code()));
    }

    @PostMapping("/handling-rules/obstacles/{id:\\d{1,18}}/end")
    ModelAndView endObstacle(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.CITY);
        desk.endObstacle(reader, id);
        return FormAnswer.seeOther("/handling-rules?done=ended");
    }

    private ModelAndView previewed(String view, Form form, Preview preview) {
        var page = page(view, form, FormErrors.NONE);
        page.addObject("preview", preview);
        return page;
    }

    private ModelAndView refused(String view, Form form, Refusal refused) {
        var page = page(view, form, FormErrors.of(refused));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private ModelAndView page(String view, Form form, FormErrors errors) {
        var page = new ModelAndView(view);
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("tomorrow", queries.today().plusDays(1));
        return page;
    }
}
