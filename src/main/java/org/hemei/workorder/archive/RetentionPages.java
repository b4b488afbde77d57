package org.hemei.workorder.archive;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.Kept;
import org.hemei.workorder.archive.RetentionDesk.Change;
import org.hemei.workorder.archive.RetentionDesk.Preview;
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

/** 保存期限: what is kept how long, on what basis, and what lies in the archive; the city sets it, from a day to come. */
@Controller
class RetentionPages implements NavEntry {

    private static final int RANK = 320;

    private final Retention retention;
    private final RetentionDesk desk;
    private final Once once;

    RetentionPages(Retention retention, RetentionDesk desk, Once once) {
        this.retention = retention;
        this.desk = desk;
        this.once = once;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.has(Role.CITY) || reader.has(Role.SYSTEM)
                ? List.of(new Item("规则", RANK, "/retention", "保存期限", "hist", null))
                : List.of();
    }

    static void admit(Reader reader) {
        Role.required(reader, Role.CITY, Role.SYSTEM);
    }

    @GetMapping("/retention")
    String page(Reader reader, Model model) {
        admit(reader);
        model.addAttribute("rules", retention.rules());
        model.addAttribute("coming", desk.coming());
        model.addAttribute("years", retention.years());
        model.addAttribute("sets", reader.has(Role.CITY));
        return "workorder/archive/retention";
    }

    @GetMapping("/retention/new")
    ModelAndView form(Reader reader, @RequestParam Map<String, String> query) {
        Role.required(reader, Role.CITY);
        var now = retention.rules().stream()
                .filter(rule -> rule.kind().equals(query.get("kind")))
                .findFirst();
        var values = now.map(rule -> Map.<String, Object>of("kind", rule.kind(), "months", rule.months()))
                .orElse(Map.of());
        return form(Form.with(values), FormErrors.NONE, null);
    }

    /** With {@code go=look} it only says what would change. */
    @PostMapping("/retention/new")
    ModelAndView set(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        try {
            var change = change(form);
            var preview = desk.preview(change);
            if (!form.get("go").equals("set")) {
                return form(form, FormErrors.NONE, preview);
            }
            once.run(reader, key, form, () -> {
                desk.set(reader, change);
                return "set";
            });
            return FormAnswer.seeOther("/retention?done=set");
        } catch (Refusal refused) {
            var page = form(form, FormErrors.of(refused), null);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    @PostMapping("/retention/{id:\\d{1,18}}/take-back")
    ModelAndView takeBack(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.CITY);
        desk.takeBack(reader, id);
        return FormAnswer.seeOther("/retention?done=ended");
    }

    private static Change change(Form form) {
        var kept = Kept.of(form.get("kind")).orElse(null);
        if (kept == null) {
            form.wrong("kind", "请选是哪一类。");
        }
        var months = form.needed("months", 1, RetentionDesk.MOST_MONTHS, "请填几个月，1 到 600。");
        var since = form.neededDay("since", "请选从哪天起。");
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
        form.check();
        return new Change(Objects.requireNonNull(kept), months, since, basis);
    }

    private ModelAndView form(Form form, FormErrors errors, @Nullable Preview preview) {
        var page = new ModelAndView("workorder/archive/retention-form");
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("tomorrow", desk.today().plusDays(1));
        page.addObject("preview", preview);
        return page;
    }
}
