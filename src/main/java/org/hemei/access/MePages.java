package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.hemei.access.oidc.Identities;
import org.hemei.access.oidc.OidcProvider;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.hemei.registry.PartyOffices;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 我的: one's own account. */
@Controller
class MePages {

    private final Me me;
    private final Bindings bindings;
    private final Households households;
    private final PartyOffices offices;
    private final OidcProvider provider;
    private final Identities identities;
    private final Shells shells;

    MePages(
            Me me,
            Bindings bindings,
            Households households,
            PartyOffices offices,
            OidcProvider provider,
            Identities identities,
            Shells shells) {
        this.me = me;
        this.bindings = bindings;
        this.households = households;
        this.offices = offices;
        this.provider = provider;
        this.identities = identities;
        this.shells = shells;
    }

    @GetMapping("/me")
    ModelAndView show(Reader reader, HttpServletRequest request) {
        var username = me.username(reader);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("desk", Role.isStaff(reader));
        model.put("username", username == null ? "" : username);
        model.put("duties", me.duties(reader));
        model.put("offices", offices.of(reader));
        model.put("provider", provider.words());
        model.put(
                "link",
                provider.isOn() && Role.isStaff(reader)
                        ? identities.of(reader.account(), provider.issuer()).orElse(null)
                        : null);
        model.put("homes", households.of(reader));
        model.put("ended", households.endedFor(reader));
        model.put("asked", bindings.askedBy(reader));
        model.put("sessions", me.sessions(reader, sessionId(request)));
        return new ModelAndView("access/me", model);
    }

    @PostMapping("/me/care")
    ModelAndView care(
            Reader reader, @RequestParam(defaultValue = "") String care, @RequestParam(defaultValue = "") String back) {
        me.care(reader, care.equals("on"));
        return FormAnswer.seeOther(Wanted.isOwn(back) ? back : "/me");
    }

    @PostMapping("/me/sessions/{id}/end")
    ModelAndView end(Reader reader, @PathVariable String id) {
        me.end(reader, id);
        return FormAnswer.seeOther("/me");
    }

    @PostMapping("/me/sessions/end-others")
    ModelAndView endOthers(Reader reader, HttpServletRequest request) {
        me.endOthers(reader, sessionId(request));
        return FormAnswer.seeOther("/me");
    }

    @GetMapping("/me/password")
    ModelAndView password(Reader reader, HttpServletRequest request) {
        return passwordPage(reader, request, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/me/password/code")
    ModelAndView proof(Reader reader, HttpServletRequest request) {
        try {
            me.sendProof(reader, request.getRemoteAddr());
        } catch (Refusal refusal) {
            return passwordPage(reader, request, FormErrors.of(refusal), SignInPages.status(refusal));
        }
        return FormAnswer.seeOther("/me/password?sent=on");
    }

    @PostMapping("/me/password")
    ModelAndView change(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String old,
            @RequestParam(defaultValue = "") String fresh,
            @RequestParam(defaultValue = "") String again) {
        try {
            me.changePassword(reader, sessionId(request), request.getRemoteAddr(), code, old, fresh, again);
        } catch (Refusal refusal) {
            return passwordPage(reader, request, FormErrors.of(refusal), SignInPages.status(refusal));
        }
        AccountContexts.signedIn(request)
                .ifPresent(signedIn -> request.getSession().setAttribute(SignedIn.ATTRIBUTE, signedIn.changed()));
        return FormAnswer.seeOther("/me");
    }

    private ModelAndView passwordPage(Reader reader, HttpServletRequest request, FormErrors errors, HttpStatus status) {
        var username = me.username(reader);
        var proof = me.proof(reader);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("username", username == null ? "" : username);
        model.put("phone", proof == null ? "" : proof.masked());
        model.put("sent", "on".equals(request.getParameter("sent")));
        // it is looked at last, and good until then
        model.put("code", request.getParameter("code") instanceof String code ? code : "");
        model.put(
                "first",
                AccountContexts.signedIn(request).filter(SignedIn::mustChange).isPresent());
        model.put("errors", errors);
        return new ModelAndView("access/password", model, status);
    }

    private static String sessionId(HttpServletRequest request) {
        var session = request.getSession(false);
        return session == null ? "" : session.getId();
    }
}
