package org.hemei.access.token;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Accounts;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 对接程序: the pages of the administrators. The system's sets up, security's approves; either ends and revokes. */
@Controller
@RequestMapping("/admin/integrations")
class IntegrationPages {

    private static final String HOME = "/admin/integrations";
    private static final int PER_MINUTE = 120;

    private final Integrations integrations;
    private final IntegrationDesk desk;
    private final Accounts accounts;
    private final Once once;
    private final Shells shells;
    private final InstantSource clock;

    IntegrationPages(
            Integrations integrations,
            IntegrationDesk desk,
            Accounts accounts,
            Once once,
            Shells shells,
            InstantSource clock) {
        this.integrations = integrations;
        this.desk = desk;
        this.accounts = accounts;
        this.once = once;
        this.shells = shells;
        this.clock = clock;
    }

    static Scope scope(Reader reader) {
        return Role.required(reader, Role.SYSTEM, Role.SECURITY);
    }

    @GetMapping
    ModelAndView list(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "0") long after) {
        var rows = integrations.list(scope(reader), after, Integrations.PAGE + 1);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("opens", reader.has(Role.SYSTEM));
        model.put("rows", rows.stream().limit(Integrations.PAGE).toList());
        model.put("after", after);
        model.put(
                "next",
                rows.size() > Integrations.PAGE
                        ? rows.get(Integrations.PAGE - 1).id()
                        : 0L);
        return new ModelAndView("access/token/integrations", model);
    }

    @GetMapping("/new")
    ModelAndView form(Reader reader, HttpServletRequest request, @RequestParam MultiValueMap<String, String> query) {
        Role.required(reader, Role.SYSTEM);
        var form = Form.of(query);
        return newPage(
                reader,
                request,
                form.get("owner").isEmpty() ? form : blank(form.get("owner")),
                FormErrors.NONE,
                HttpStatus.OK);
    }

    private Form blank(String owner) {
        return Form.with(Map.of(
                "owner",
                owner,
                "perMinute",
                PER_MINUTE,
                "last",
                CivilTime.date(clock.instant()).plusDays(IntegrationRule.MOST_DAYS - 1L)));
    }

    @PostMapping("/new")
    ModelAndView open(Reader reader, HttpServletRequest request, @RequestParam MultiValueMap<String, String> typed) {
        Role.required(reader, Role.SYSTEM);
        var form = Form.of(typed);
        try {
            var wish = wish(form);
            var id = once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.open(reader, wish)));
            return FormAnswer.seeOther(HOME + "/" + id);
        } catch (Refusal refusal) {
            return newPage(reader, request, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Wish wish(Form form) {
        var perMinute = form.number("perMinute", 1, IntegrationRule.MOST_PER_MINUTE);
        var last = form.day("last");
        form.check();
        var owner = form.get("owner");
        return new Wish(
                form.get("name"),
                form.get("purpose"),
                owner.matches("\\d{1,18}") ? Long.parseLong(owner) : 0,
                form.get("keeper"),
                form.all("scopes").stream().distinct().toList(),
                perMinute == null ? 0 : perMinute,
                last);
    }

    private ModelAndView newPage(
            Reader reader, HttpServletRequest request, Form form, FormErrors errors, HttpStatus status) {
        var scope = Role.required(reader, Role.SYSTEM);
        var owner = form.get("owner");
        var body = owner.matches("\\d{1,18}")
                ? accounts.body(scope, Long.parseLong(owner)).orElse(null)
                : null;
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("form", form);
        model.put("owner", body);
        model.put("bodies", body == null ? accounts.bodies(scope, form.get("q")) : List.of());
        model.put("offered", integrations.offered());
        model.put("errors", body == null ? errors.atTop() : errors);
        return new ModelAndView("access/token/new", model, status);
    }

    @GetMapping("/{id}")
    ModelAndView show(Reader reader, HttpServletRequest request, @PathVariable long id) {
        return page(reader, request, id, null, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/{id}")
    ModelAndView change(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed) {
        Role.required(reader, Role.SYSTEM);
        var form = Form.of(typed);
        return verb(reader, request, id, form, () -> {
            var version = form.needed("version", 1, Integer.MAX_VALUE, "请刷新这个页面再改。");
            var known = integrations.one(Role.required(reader, Role.SYSTEM), id);
            var wish = wish(form);
            desk.change(
                    reader,
                    id,
                    version,
                    new Wish(
                            known.name(),
                            wish.purpose(),
                            known.ownerId(),
                            wish.keeper(),
                            wish.scopes(),
                            wish.perMinute(),
                            wish.last()));
        });
    }

    @PostMapping("/{id}/approve")
    ModelAndView approve(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version) {
        Role.required(reader, Role.SECURITY);
        return verb(reader, request, id, null, () -> desk.approve(reader, id, version));
    }

    @PostMapping("/{id}/end")
    ModelAndView end(Reader reader, HttpServletRequest request, @PathVariable long id) {
        return verb(reader, request, id, null, () -> desk.end(reader, id));
    }

    @PostMapping("/{id}/tokens/{token}/revoke")
    ModelAndView revoke(Reader reader, HttpServletRequest request, @PathVariable long id, @PathVariable long token) {
        return verb(reader, request, id, null, () -> desk.revoke(reader, id, token));
    }

    private ModelAndView verb(Reader reader, HttpServletRequest request, long id, @Nullable Form form, Runnable work) {
        Role.required(reader, Role.SYSTEM, Role.SECURITY);
        try {
            work.run();
            return FormAnswer.seeOther(HOME + "/" + id);
        } catch (Refusal refusal) {
            return page(reader, request, id, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(
            Reader reader,
            HttpServletRequest request,
            long id,
            @Nullable Form form,
            FormErrors errors,
            HttpStatus status) {
        var one = integrations.one(Role.required(reader, Role.SYSTEM, Role.SECURITY), id);
        var changes = reader.has(Role.SYSTEM) && one.endedAt() == null;
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("one", one);
        model.put("tokens", integrations.tokens(id));
        model.put("offered", integrations.offered());
        model.put("changes", changes);
        model.put("approves", reader.has(Role.SECURITY) && one.endedAt() == null);
        model.put("form", form == null ? filled(one) : form);
        model.put("errors", form == null || !changes ? errors.atTop() : errors);
        return new ModelAndView("access/token/integration", model, status);
    }

    private static Form filled(Integrations.Row one) {
        return Form.with(Map.of(
                "purpose",
                one.purpose(),
                "keeper",
                one.keeper().substring(one.keeper().lastIndexOf(' ') + 1),
                "scopes",
                one.scopes(),
                "perMinute",
                one.perMinute(),
                "last",
                CivilTime.date(one.until().minusSeconds(1))));
    }
}
