package org.hemei.access.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 授权复核: the security administrator's list of grants that nobody seems to need. */
@Controller
class ReviewPages {

    private static final String HERE = "/security/review";
    private static final String DELEGATIONS = "delegations";

    private final Review review;
    private final ReviewDesk desk;
    private final Shells shells;

    ReviewPages(Review review, ReviewDesk desk, Shells shells) {
        this.review = review;
        this.desk = desk;
        this.shells = shells;
    }

    @GetMapping(HERE)
    ModelAndView list(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "0") long after) {
        return page(reader, request, finding, after, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping(HERE + "/{grant}/end")
    ModelAndView end(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long grant,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "") String reason) {
        return verb(
                reader, request, finding, "ended", () -> desk.end(reader, Finding.of(finding), grant, reason.strip()));
    }

    @PostMapping(HERE + "/{grant}/confirm")
    ModelAndView confirm(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long grant,
            @RequestParam(defaultValue = "") String finding,
            @RequestParam(defaultValue = "") String reason) {
        return verb(
                reader,
                request,
                finding,
                "confirmed",
                () -> desk.confirm(reader, Finding.of(finding), grant, reason.strip()));
    }

    @PostMapping(HERE + "/delegations/{id}/end")
    ModelAndView endDelegation(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason) {
        return verb(reader, request, DELEGATIONS, "ended", () -> desk.endDelegation(reader, id, reason.strip()));
    }

    private ModelAndView verb(Reader reader, HttpServletRequest request, String finding, String done, Runnable work) {
        Role.required(reader, Role.SECURITY);
        try {
            work.run();
            var shown = finding.equals(DELEGATIONS)
                    ? DELEGATIONS
                    : Finding.of(finding).code();
            return FormAnswer.seeOther(HERE + "?finding=" + shown + "&done=" + done);
        } catch (Refusal refusal) {
            return page(reader, request, finding, 0, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(
            Reader reader,
            HttpServletRequest request,
            String finding,
            long after,
            FormErrors errors,
            HttpStatus status) {
        var scope = Role.required(reader, Role.SECURITY);
        var shown = Finding.of(finding);
        var rows = review.rows(scope, shown, after, Review.PAGE + 1);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("delegations", finding.equals(DELEGATIONS));
        model.put("shown", shown);
        model.put("counts", review.counts(scope));
        model.put("running", review.running(scope));
        model.put("rows", rows.stream().limit(Review.PAGE).toList());
        model.put("after", after);
        model.put("next", rows.size() > Review.PAGE ? rows.get(Review.PAGE - 1).grant() : 0L);
        model.put("own", reader.account());
        model.put("errors", errors);
        return new ModelAndView("access/security/review", model, status);
    }
}
