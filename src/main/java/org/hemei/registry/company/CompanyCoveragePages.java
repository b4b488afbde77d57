package org.hemei.registry.company;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.body.CoverageMode;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Covering a company: 单建 or 联建 by an organisation, 派驻 by an adviser; and ending it. */
@Controller
@RequestMapping("/companies/{id}/coverage")
class CompanyCoveragePages {

    private final Companies companies;
    private final CoverageDesk desk;
    private final Once once;

    CompanyCoveragePages(Companies companies, CoverageDesk desk, Once once) {
        this.companies = companies;
        this.desk = desk;
        this.once = once;
    }

    @GetMapping
    ModelAndView show(Reader reader, @PathVariable long id) {
        return page(reader, desk.company(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping
    ModelAndView cover(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var company = desk.company(reader, id);
        var form = Form.of(typed);
        try {
            var mode = CoverageMode.find(form.get("mode"));
            if (mode == null) {
                throw Refusal.of("mode", "请选覆盖方式。");
            }
            once.run(reader, form.get("_once"), form, () -> String.valueOf(make(reader, company, mode, form)));
            return new ModelAndView("redirect:/companies/" + id + "?done=covered");
        } catch (Refusal refusal) {
            return page(reader, company, form, FormErrors.of(onThisForm(refusal)));
        }
    }

    private long make(Reader reader, CompanyView company, CoverageMode mode, Form form) {
        if (mode.byOrganisation()) {
            var day = form.neededDay("day", "请选从哪天起。");
            var organisation = form.chosen("organisation", "请选党组织。");
            form.check();
            return desk.link(reader, company, mode, organisation, day);
        }
        var day = form.neededDay("day", "请选从哪天起。");
        var known = form.get("adviser").matches("[1-9]\\d{0,17}") ? Long.parseLong(form.get("adviser")) : 0;
        if (known == 0) {
            form.text("name", 40, "请选一位指导员，或填新指导员的姓名。");
            form.text("phone", 20, "请填新指导员的手机号。");
        }
        form.check();
        return desk.send(reader, company, known, form.get("name"), form.get("phone"), day);
    }

    /** The rules of posts speak of fields this form calls otherwise. */
    private static Refusal onThisForm(Refusal refusal) {
        var fields = List.of("mode", "organisation", "adviser", "name", "phone", "day");
        return new Refusal(refusal.reasons().stream()
                .map(reason -> reason.field() != null && fields.contains(reason.field())
                        ? reason
                        : new Reason(null, reason.words()))
                .toList());
    }

    @PostMapping("/{coverage}/end")
    ModelAndView end(
            Reader reader,
            @PathVariable long id,
            @PathVariable long coverage,
            @RequestParam MultiValueMap<String, String> typed) {
        var company = desk.company(reader, id);
        var form = Form.of(typed);
        try {
            var day = form.neededDay("end_day", "请选从哪天起结束。");
            form.check();
            desk.end(reader, company, coverage, day);
            return new ModelAndView("redirect:/companies/" + id + "?done=uncovered");
        } catch (Refusal refusal) {
            var reasons = refusal.reasons().stream()
                    .map(reason -> new Reason("end_day", reason.words()))
                    .toList();
            return page(reader, company, form, FormErrors.of(new Refusal(reasons)));
        }
    }

    @PostMapping("/{coverage}/take-back")
    ModelAndView takeBack(
            Reader reader,
            @PathVariable long id,
            @PathVariable long coverage,
            @RequestParam MultiValueMap<String, String> typed) {
        var company = desk.company(reader, id);
        var form = Form.of(typed);
        try {
            var reason = form.text("reason", 300, "请写错在哪里，凭什么撤。");
            form.check();
            desk.takeBack(reader, company, coverage, reason);
            return new ModelAndView("redirect:/companies/" + id + "?done=coverage_taken_back");
        } catch (Refusal refusal) {
            return page(reader, company, form, FormErrors.of(refusal));
        }
    }

    private ModelAndView page(Reader reader, CompanyView company, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/company/coverage");
        page.addObject("company", company);
        page.addObject("coverage", companies.coverage(company.id()));
        page.addObject("organisations", desk.organisations(reader));
        page.addObject("advisers", desk.advisers(reader));
        page.addObject("today", companies.today());
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
