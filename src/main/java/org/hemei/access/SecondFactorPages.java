package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.secondfactor.QrPictures;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 第二重验证: one's own second factor. Staff may have one; the three administrators must. */
@Controller
@RequestMapping("/me/second-factor")
class SecondFactorPages {

    /** Recovery codes on their way to the one page that shows them; encrypted, because sessions lie in the database. */
    private static final String CODES = "recovery-codes";

    private static final Role[] STAFF =
            Arrays.stream(Role.values()).filter(role -> role != Role.RESIDENT).toArray(Role[]::new);

    private final SecondFactors factors;
    private final SignInLimits limits;
    private final Me me;
    private final FieldCipher cipher;
    private final Shells shells;

    SecondFactorPages(SecondFactors factors, SignInLimits limits, Me me, FieldCipher cipher, Shells shells) {
        this.factors = factors;
        this.limits = limits;
        this.me = me;
        this.cipher = cipher;
        this.shells = shells;
    }

    @GetMapping
    ModelAndView show(Reader reader, HttpServletRequest request) {
        return page(reader, request, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/begin")
    ModelAndView begin(Reader reader, HttpServletRequest request) {
        Role.required(reader, STAFF);
        try {
            factors.begin(reader);
            return FormAnswer.seeOther("/me/second-factor");
        } catch (Refusal refusal) {
            return page(reader, request, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/qr.svg")
    ResponseEntity<String> picture(Reader reader) {
        Role.required(reader, STAFF);
        var secret = factors.secret(reader.account()).orElseThrow(() -> new Missing("没有在开的第二重验证。"));
        return ResponseEntity.ok()
                .header("Content-Type", "image/svg+xml")
                .header("Cache-Control", "no-store")
                .body(QrPictures.of(secret, name(reader)));
    }

    @PostMapping("/confirm")
    ModelAndView confirm(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "") String code) {
        Role.required(reader, STAFF);
        try {
            var codes = factors.confirm(reader, code);
            AccountContexts.signedIn(request)
                    .ifPresent(s -> request.getSession().setAttribute(SignedIn.ATTRIBUTE, s.with(true)));
            return showOnce(request, codes);
        } catch (Refusal refusal) {
            return page(reader, request, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/codes")
    ModelAndView newCodes(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "") String code) {
        Role.required(reader, STAFF);
        try {
            check(reader, request.getRemoteAddr(), code);
            return showOnce(request, factors.replaceCodes(reader));
        } catch (Refusal refusal) {
            return page(reader, request, FormErrors.of(refusal), SignInPages.status(refusal));
        }
    }

    /** Shown once: who opens it again goes back. */
    @GetMapping("/codes")
    ModelAndView codes(Reader reader, HttpServletRequest request) {
        Role.required(reader, STAFF);
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(CODES) instanceof String sealed)) {
            return FormAnswer.seeOther("/me/second-factor");
        }
        session.removeAttribute(CODES);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put(
                "codes",
                List.of(cipher.decrypt(Base64.getDecoder().decode(sealed)).split(" ")));
        return new ModelAndView("access/recovery-codes", model);
    }

    @PostMapping("/off")
    ModelAndView off(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String offCode) {
        Role.required(reader, STAFF);
        try {
            var byPhone = me.username(reader) == null;
            if (!byPhone) {
                me.confirmPassword(reader, request.getRemoteAddr(), "password", password);
            }
            if (byPhone || SecondFactorDue.administers(reader)) {
                check(reader, request.getRemoteAddr(), offCode, "offCode");
            }
            factors.off(reader);
            AccountContexts.signedIn(request)
                    .ifPresent(s -> request.getSession().setAttribute(SignedIn.ATTRIBUTE, s.with(false)));
            return FormAnswer.seeOther("/me/second-factor");
        } catch (Refusal refusal) {
            return page(reader, request, FormErrors.of(refusal), SignInPages.status(refusal));
        }
    }

    private void check(Reader reader, String ip, String code) {
        check(reader, ip, code, "code");
    }

    private void check(Reader reader, String ip, String code, String field) {
        limits.check(ip);
        switch (factors.take(reader.account(), code)) {
            case RIGHT -> {}
            case LOCKED -> throw new SignInLimits.TooMany("验证码错得太多，锁了 15 分钟。请过一会儿再试。");
            case WRONG -> {
                limits.failed(ip);
                throw Refusal.of(field, "验证码不对，或者用过了。请等它换一个再填。");
            }
        }
    }

    private ModelAndView showOnce(HttpServletRequest request, List<String> codes) {
        var sealed = Base64.getEncoder().encodeToString(cipher.encrypt(String.join(" ", codes)));
        request.getSession().setAttribute(CODES, sealed);
        return FormAnswer.seeOther("/me/second-factor/codes");
    }

    private String name(Reader reader) {
        var username = me.username(reader);
        return username == null ? "hemei-" + reader.account() : username;
    }

    private ModelAndView page(Reader reader, HttpServletRequest request, FormErrors errors, HttpStatus status) {
        Role.required(reader, STAFF);
        var state = factors.state(reader.account());
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("state", state);
        model.put("must", SecondFactorDue.administers(reader));
        model.put("due", SecondFactorDue.isDue(request, reader));
        model.put("password", me.username(reader) != null);
        model.put(
                "demo",
                !state.on()
                        && AccountContexts.signedIn(request)
                                .filter(SignedIn::second)
                                .isPresent());
        model.put("secret", state.begun() ? factors.secret(reader.account()).orElse("") : "");
        model.put("errors", errors);
        return new ModelAndView("access/second-factor", model, status);
    }
}
