package org.hemei.workorder.clock;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.StepRule;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Level;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.clock.DeadlineDesk.Amount;
import org.hemei.workorder.clock.DeadlineDesk.Scope;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 时限规则: everybody on duty reads how long things may take and what happens when they take longer; the city sets it. */
@Controller
class DeadlinePages implements NavEntry {

    private static final Role[] READERS = {
        Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.HELPER, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING
    };
    private static final int MOST = 1000;

    private final DeadlineDesk desk;
    private final DeadlineQueries queries;
    private final DeadlineBook book;
    private final Once once;

    DeadlinePages(DeadlineDesk desk, DeadlineQueries queries, DeadlineBook book, Once once) {
        this.desk = desk;
        this.queries = queries;
        this.book = book;
        this.once = once;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("规则", 302, "/deadlines", "时限规则", "alarm", null));
    }

    static void admit(Reader reader) {
        Role.required(reader, READERS);
    }

    @GetMapping("/deadlines")
    String rules(Reader reader, Model model) {
        admit(reader);
        model.addAttribute("rules", RuleBook.of(queries.deadlines(), queries.steps(), queries.today()));
        model.addAttribute("obstacles", queries.obstacles());
        model.addAttribute("keeper", reader.has(Role.CITY));
        return "workorder/clock/rules";
    }

    @GetMapping("/deadlines/new")
    ModelAndView deadlineForm(Reader reader, @RequestParam Map<String, String> query) {
        Role.required(reader, Role.CITY);
        return page(
                "workorder/clock/deadline-form",
                Form.with(
                        Map.of("clock", query.getOrDefault("clock", ""), "urgency", query.getOrDefault("urgency", ""))),
                FormErrors.NONE);
    }

    @PostMapping("/deadlines/new")
    ModelAndView setDeadline(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        try {
            var amount = new Amount(form.needed("amount", 1, MOST, "请填多久。"), measure(form, true));
            var scope = scope(form);
            once.run(reader, key, form, () -> {
                desk.setDeadline(reader, scope, amount);
                return "set";
            });
            return FormAnswer.seeOther("/deadlines?done=set");
        } catch (Refusal refused) {
            return refused("workorder/clock/deadline-form", form, refused);
        }
    }

    @GetMapping("/deadlines/steps/new")
    ModelAndView stepForm(Reader reader, @RequestParam Map<String, String> query) {
        Role.required(reader, Role.CITY);
        return page(
                "workorder/clock/step-form",
                Form.with(
                        Map.of("clock", query.getOrDefault("clock", ""), "urgency", query.getOrDefault("urgency", ""))),
                FormErrors.NONE);
    }

    /** With {@code go=look} it only says what would happen from then on. */
    @PostMapping("/deadlines/steps/new")
    ModelAndView setStep(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        try {
            var moment = form.get("moment");
            if (!List.of("before", "after").contains(moment)) {
                form.wrong("moment", "请选到期前提醒，还是超时上报。");
            }
            var level = OrderFilter.constant(Level.class, form.get("level"));
            if (level == null) {
                form.wrong("level", "请选提醒谁、报给谁。");
            }
            if (Timer.EXTEND.code().equals(form.get("clock"))) {
                form.wrong("clock", "延期上限不是到点要办的事。请另选。");
            }
            var amount = new Amount(form.needed("amount", 0, MOST, "请填多久。"), measure(form, false));
            var scope = scope(form);
            var to = java.util.Objects.requireNonNull(level);
            if (form.get("go").equals("look")) {
                return looked(form, scope, moment.equals("before"), amount, to);
            }
            once.run(reader, key, form, () -> {
                desk.setStep(reader, scope, moment.equals("before"), amount, to);
                return "set";
            });
            return FormAnswer.seeOther("/deadlines?done=set");
        } catch (Refusal refused) {
            return refused("workorder/clock/step-form", form, refused);
        }
    }

    private ModelAndView looked(Form form, Scope scope, boolean before, Amount amount, Level level) {
        desk.checkStep(scope, before, amount, level);
        var step = new StepRule(
                0,
                new Deadlines.Scope(scope.category(), scope.urgency()),
                scope.timer(),
                before,
                amount.value(),
                amount.measure(),
                level,
                scope.basis());
        var page = page("workorder/clock/step-form", form, FormErrors.NONE);
        page.addObject("preview", StepPreview.of(book.on(scope.since()), step, scope.since()));
        return page;
    }

    @PostMapping("/deadlines/{id:\\d{1,18}}/end")
    ModelAndView endDeadline(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.CITY);
        desk.endDeadline(reader, id);
        return FormAnswer.seeOther("/deadlines?done=ended");
    }

    @PostMapping("/deadlines/steps/{id:\\d{1,18}}/end")
    ModelAndView endStep(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.CITY);
        desk.endStep(reader, id);
        return FormAnswer.seeOther("/deadlines?done=ended");
    }

    private static Measure measure(Form form, boolean long_) {
        var measure = OrderFilter.constant(Measure.class, form.get("measure"));
        if (measure == null || (long_ && measure == Measure.MINUTE)) {
            form.wrong("measure", "请选按什么算。");
            return Measure.HOUR;
        }
        return measure;
    }

    /** Reads what every rule has, and says all that is wrong with the form. */
    private static Scope scope(Form form) {
        var timer = OrderFilter.constant(Timer.class, form.get("clock"));
        if (timer == null) {
            form.wrong("clock", "请选是哪一步。");
        }
        var urgency = chosen(form, "urgency");
        var since = form.neededDay("since", "请选从哪天起。");
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
        form.check();
        return new Scope(
                java.util.Objects.requireNonNull(timer),
                form.get("category").isEmpty() ? null : form.words("category", 81),
                urgency,
                since,
                basis);
    }

    private static @Nullable Urgency chosen(Form form, String field) {
        if (form.get(field).isEmpty()) {
            return null;
        }
        var urgency = OrderFilter.constant(Urgency.class, form.get(field));
        if (urgency == null) {
            form.wrong(field, "请选一个缓急，或者不选。");
        }
        return urgency;
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
        page.addObject("categories", queries.categories());
        page.addObject("timers", Arrays.asList(Timer.values()));
        page.addObject("tomorrow", queries.today().plusDays(1));
        return page;
    }
}
