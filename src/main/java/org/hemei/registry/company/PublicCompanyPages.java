package org.hemei.registry.company;

import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A company in public: whom it serves and served, and when. Never a person. */
@Controller
class PublicCompanyPages {

    private final Companies companies;
    private final List<PagePanel> panels;

    PublicCompanyPages(Companies companies, List<PagePanel> panels) {
        this.panels = List.copyOf(panels);
        this.companies = companies;
    }

    @GetMapping("/companies/{id}/public")
    String company(Reader reader, @PathVariable long id, Model model) {
        var company = companies.find(id).orElseThrow(() -> new Missing("没有这家物业企业。可以从小区页面找。"));
        var today = companies.today();
        var projects = companies.projects(new Scope(java.util.List.of()), id);
        model.addAttribute("company", company);
        model.addAttribute("today", today);
        model.addAttribute("now", CompanyView.on(projects, today));
        model.addAttribute(
                "ahead", projects.stream().filter(p -> p.ahead(today)).toList());
        model.addAttribute(
                "before",
                projects.stream().filter(p -> !p.on(today) && !p.ahead(today)).toList());
        model.addAttribute("branches", companies.branches(id));
        model.addAttribute("kin", companies.kin(id));
        model.addAttribute("panels", PagePanel.of(panels, PagePanel.Place.PUBLIC_COMPANY, reader, id));
        return "registry/company/public";
    }
}
