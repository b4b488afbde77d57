package org.hemei.registry.company;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.hemei.registry.people.PeopleAccess;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One company before the administration, and what the housing department where it is registered changes about it. */
@Controller
class CompanyDeskPages {

    private final Companies companies;
    private final CompanyDesk desk;
    private final Areas areas;
    private final Once once;
    private final List<PagePanel> panels;

    CompanyDeskPages(Companies companies, CompanyDesk desk, Areas areas, Once once, List<PagePanel> panels) {
        this.companies = companies;
        this.desk = desk;
        this.areas = areas;
        this.once = once;
        this.panels = List.copyOf(panels);
    }

    @GetMapping("/companies/{id:\\d{1,18}}")
    ModelAndView show(Reader reader, @PathVariable long id) {
        var scope = Areas.required(reader);
        var company = companies.in(scope, id);
        var projects = companies.projects(scope, id);
        var today = companies.today();
        var model = new HashMap<String, Object>();
        model.put("company", company);
        model.put("today", today);
        model.put("now", CompanyView.on(projects, today));
        model.put("ahead", projects.stream().filter(p -> p.ahead(today)).toList());
        model.put(
                "before",
                projects.stream().filter(p -> !p.on(today) && !p.ahead(today)).toList());
        model.put("coverage", companies.coverage(id));
        model.put("branches", companies.branches(id));
        model.put("kin", companies.kin(id));
        model.put("posts", companies.posts(id));
        model.put("staff", PeopleAccess.looks(reader, company.areaCode()));
        model.put("members", companies.members(id));
        model.put("may", reader.scope(Office.HOUSING).covers(company.areaCode()));
        model.put("covers", reader.scope(Office.HOUSING, Office.ORGANISATION).covers(company.areaCode()));
        model.put("panels", PagePanel.of(panels, PagePanel.Place.COMPANY, reader, id));
        model.put(
                "orders",
                !reader.scope(Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY)
                        .isEmpty());
        return new ModelAndView("registry/company/desk", model);
    }

    @GetMapping("/companies/{id}/edit")
    ModelAndView form(Reader reader, @PathVariable long id) {
        var company = own(reader, id);
        var filled = new HashMap<String, String>();
        filled.put("phone", company.phone() == null ? "" : company.phone());
        filled.put("address", company.address() == null ? "" : company.address());
        return page("edit", company, Form.with(filled), FormErrors.NONE);
    }

    @PostMapping("/companies/{id}/edit")
    ModelAndView edit(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var company = own(reader, id);
        var form = Form.of(typed);
        var phone = CompanyDraft.phone(form);
        var address = form.optional("address", 120);
        return verb("edit", company, form, "edited", () -> {
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            desk.edit(reader, company, version, phone, address);
        });
    }

    @GetMapping("/companies/{id}/end")
    ModelAndView ending(Reader reader, @PathVariable long id) {
        return page("end", own(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/companies/{id}/end")
    ModelAndView end(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var company = own(reader, id);
        var form = Form.of(typed);
        var day = form.neededDay("day", "请选从哪天起注销。");
        var reason = form.text("reason", 300, "请写为什么注销，凭什么文件。");
        return verb("end", company, form, "ended", () -> {
            form.check();
            desk.end(reader, company, day, reason);
        });
    }

    @GetMapping("/companies/{id}/branches/new")
    ModelAndView branchForm(Reader reader, @PathVariable long id) {
        return page("branch", own(reader, id), Form.empty(), FormErrors.NONE)
                .addObject("seats", areas.seats(reader.scope(Office.HOUSING)));
    }

    @PostMapping("/companies/{id}/branches/new")
    ModelAndView branch(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var company = own(reader, id);
        var form = Form.of(typed);
        var name = form.text("name", 80, "请填分公司的全称。");
        var brief = form.words("short_name", 20);
        var area = form.get("area");
        if (!area.matches("\\d{4,6}") || !reader.scope(Office.HOUSING).covers(area)) {
            form.wrong("area", "请选分公司在哪里。");
        }
        return verb("branch", company, form, "branch", () -> {
                    form.check();
                    once.run(
                            reader,
                            form.get("_once"),
                            form,
                            () -> String.valueOf(
                                    desk.addBranch(reader, company, name, brief.isEmpty() ? name : brief, area)));
                })
                .addObject("seats", areas.seats(reader.scope(Office.HOUSING)));
    }

    @GetMapping("/companies/{id}/branches/{branch}/end")
    ModelAndView branchEnding(Reader reader, @PathVariable long id, @PathVariable long branch) {
        return page("branchEnd", own(reader, id), Form.with(Map.of("day", companies.today())), FormErrors.NONE)
                .addObject("branch", ofOwn(id, branch));
    }

    @PostMapping("/companies/{id}/branches/{branch}/end")
    ModelAndView endBranch(
            Reader reader,
            @PathVariable long id,
            @PathVariable long branch,
            @RequestParam MultiValueMap<String, String> typed) {
        var company = own(reader, id);
        var ended = ofOwn(id, branch);
        var form = Form.of(typed);
        var day = form.neededDay("day", "请选从哪天起撤。");
        var reason = form.text("reason", 300, "请写为什么撤，凭什么文件。");
        return verb("branchEnd", company, form, "branch_ended", () -> {
                    form.check();
                    desk.endBranch(reader, company, ended, day, reason);
                })
                .addObject("branch", ended);
    }

    private CompanyView.Branch ofOwn(long company, long branch) {
        return companies.branches(company).stream()
                .filter(one -> one.id() == branch)
                .findFirst()
                .orElseThrow(() -> new Missing("这家企业没有这个分公司。"));
    }

    private CompanyView own(Reader reader, long id) {
        return companies.registered(Office.required(reader, Office.HOUSING), id);
    }

    private ModelAndView verb(String view, CompanyView company, Form form, String done, Runnable work) {
        try {
            work.run();
            return done(company.id(), done);
        } catch (Refusal refusal) {
            return page(view, company, form, FormErrors.of(refusal));
        }
    }

    private static ModelAndView done(long id, String what) {
        return new ModelAndView("redirect:/companies/" + id + "?done=" + what);
    }

    private static ModelAndView page(String view, CompanyView company, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/company/" + view);
        page.addObject("company", company);
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
