package org.hemei.registry.company;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Registering a company; one whose code fails the check waits for a second person. */
@Controller
class CompanyFormPages {

    private final CompanyDesk desk;
    private final CodeOverrideDesk overrides;
    private final Companies companies;
    private final Areas areas;
    private final Once once;

    CompanyFormPages(CompanyDesk desk, CodeOverrideDesk overrides, Companies companies, Areas areas, Once once) {
        this.desk = desk;
        this.overrides = overrides;
        this.companies = companies;
        this.areas = areas;
        this.once = once;
    }

    @GetMapping("/companies/new")
    ModelAndView form(Reader reader) {
        return page(reader, Form.empty(), FormErrors.NONE, false);
    }

    @PostMapping("/companies/new")
    ModelAndView register(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        var scope = Office.required(reader, Office.HOUSING);
        var form = Form.of(typed);
        var draft = CompanyDraft.read(form, scope, companies.today());
        var problems = draft.creditCode().isEmpty() ? List.<String>of() : draft.codeProblems();
        var overriding = !problems.isEmpty() && draft.overridable() && form.has("override", "on");
        if (!overriding) {
            problems.forEach(words -> form.wrong("code", words));
        }
        try {
            var reason = overriding ? form.text("reason", 300, "请写明凭什么相信这个代码，例如“执照原件已看，登记机关电话核实”。") : "";
            form.check();
            var where = once.run(
                    reader,
                    form.get("_once"),
                    form,
                    () -> overriding
                            ? "/companies/proposals/" + overrides.propose(reader, draft, reason)
                            : "/companies/" + desk.register(reader, draft) + "?done=registered");
            return new ModelAndView("redirect:" + where);
        } catch (Refusal refusal) {
            return page(reader, form, FormErrors.of(refusal), !problems.isEmpty() && draft.overridable());
        }
    }

    private ModelAndView page(Reader reader, Form form, FormErrors errors, boolean overridable) {
        var scope = Office.required(reader, Office.HOUSING);
        return new ModelAndView(
                "registry/company/new",
                Map.of("form", form, "errors", errors, "seats", areas.seats(scope), "overridable", overridable),
                errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}
