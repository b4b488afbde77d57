package org.hemei.registry.company;

import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.CreditCode;
import org.hemei.registry.Office;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Companies whose code fails its check: those asked for, and what a second person says to each. */
@Controller
class ProposalPages {

    private final CodeOverrideDesk overrides;
    private final Proposals proposals;

    ProposalPages(CodeOverrideDesk overrides, Proposals proposals) {
        this.overrides = overrides;
        this.proposals = proposals;
    }

    @GetMapping("/companies/proposals")
    String list(
            Reader reader,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        var scope = Office.required(reader, Office.HOUSING);
        var asked = Proposals.State.of(state);
        var before = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var rows = proposals.page(scope, asked, before);
        model.addAttribute("state", asked == null ? "" : asked.code());
        model.addAttribute("rows", rows.stream().limit(Proposals.PAGE).toList());
        model.addAttribute("more", rows.size() > Proposals.PAGE);
        model.addAttribute("first", before == 0);
        return "registry/company/proposals";
    }

    @GetMapping("/companies/proposals/{id}")
    ModelAndView proposal(Reader reader, @PathVariable long id) {
        return page(reader, id, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/companies/proposals/{id}/confirm")
    ModelAndView confirm(Reader reader, @PathVariable long id) {
        var proposal = find(reader, id);
        try {
            return new ModelAndView("redirect:/companies/" + overrides.confirm(reader, proposal) + "?done=registered");
        } catch (Refusal refusal) {
            return page(reader, id, Form.empty(), FormErrors.of(refusal));
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
            return page(reader, id, form, FormErrors.of(refusal));
        }
    }

    @PostMapping("/companies/proposals/{id}/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id) {
        var proposal = find(reader, id);
        try {
            overrides.withdraw(reader, proposal);
            return new ModelAndView("redirect:/companies/proposals/" + id);
        } catch (Refusal refusal) {
            return page(reader, id, Form.empty(), FormErrors.of(refusal));
        }
    }

    private Proposals.Proposal find(Reader reader, long id) {
        return proposals
                .find(Office.required(reader, Office.HOUSING), id)
                .orElseThrow(() -> new Missing("没有这份申请，或它不在您的范围里。"));
    }

    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors) {
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
