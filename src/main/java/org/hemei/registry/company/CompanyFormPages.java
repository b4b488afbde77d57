package org.hemei.registry.company;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.CreditCode;
import org.hemei.registry.Office;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Registering a company; one whose code fails the check waits for a second person. */
@Controller
class CompanyFormPages {

    private final CompanyDesk desk;
    private final CodeOverrideDesk overrides;
    private final Proposals proposals;
    private final Areas areas;
    private final Once once;

    CompanyFormPages(CompanyDesk desk, CodeOverrideDesk overrides, Proposals proposals, Areas areas, Once once) {
        this.desk = desk;
        this.overrides = overrides;
        this.proposals = proposals;
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
        var draft = CompanyDraft.read(form, scope);
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

    @GetMapping("/companies/proposals/{id}")
    ModelAndView proposal(Reader reader, @PathVariable long id) {
        return proposalPage(reader, id, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/companies/proposals/{id}/confirm")
    ModelAndView confirm(Reader reader, @PathVariable long id) {
        var proposal = find(reader, id);
        try {
            return new ModelAndView("redirect:/companies/" + overrides.confirm(reader, proposal) + "?done=registered");
        } catch (Refusal refusal) {
            return proposalPage(reader, id, Form.empty(), FormErrors.of(refusal));
        }
    }

    @PostMapping("/companies/proposals/{id}/refuse")
    ModelAndView refuse(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var proposal = find(reader, id);
        var form = Form.of(typed);
        var words = form.text("words", 300, "请写为什么不同意，申请的人看得到。");
        try {
            form.check();
            overrides.refuse(reader, proposal, words);
            return new ModelAndView("redirect:/companies/proposals/" + id);
        } catch (Refusal refusal) {
            return proposalPage(reader, id, form, FormErrors.of(refusal));
        }
    }

    private Proposals.Proposal find(Reader reader, long id) {
        return proposals
                .find(Office.required(reader, Office.HOUSING), id)
                .orElseThrow(() -> new Missing("没有这份申请，或它不在您的范围里。"));
    }

    private ModelAndView proposalPage(Reader reader, long id, Form form, FormErrors errors) {
        var proposal = find(reader, id);
        return new ModelAndView(
                "registry/company/proposal",
                Map.of(
                        "proposal",
                        proposal,
                        "own",
                        proposal.askedBy() == reader.account(),
                        "problems",
                        CreditCode.problems(proposal.creditCode()),
                        "form",
                        form,
                        "errors",
                        errors),
                errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}
