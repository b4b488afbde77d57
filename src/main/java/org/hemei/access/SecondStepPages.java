package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The second step of signing in, for accounts that have a second factor. */
@Controller
class SecondStepPages {

    private final SecondFactors factors;
    private final SignInLimits limits;
    private final SignIn signIn;
    private final InstantSource clock;
    private final Shells shells;

    SecondStepPages(SecondFactors factors, SignInLimits limits, SignIn signIn, InstantSource clock, Shells shells) {
        this.factors = factors;
        this.limits = limits;
        this.signIn = signIn;
        this.clock = clock;
        this.shells = shells;
    }

    @GetMapping("/sign-in/second")
    ModelAndView form(HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
        return HalfSignedIn.of(request, clock.instant()).isEmpty()
                ? FormAnswer.seeOther("/sign-in")
                : page(request, to, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/sign-in/second")
    ModelAndView enter(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to) {
        var half = HalfSignedIn.of(request, clock.instant()).orElse(null);
        if (half == null) {
            return FormAnswer.seeOther("/sign-in");
        }
        try {
            check(half.account(), code, request.getRemoteAddr());
        } catch (Refusal refusal) {
            return page(request, to, FormErrors.of(refusal), SignInPages.status(refusal));
        }
        HalfSignedIn.forget(request);
        return FormAnswer.seeOther(signIn.finish(request, response, half.account(), half.mustChange(), true, to));
    }

    private void check(long account, String code, String ip) {
        limits.check(ip);
        switch (factors.take(account, code)) {
            case RIGHT -> {}
            case LOCKED -> throw new SignInLimits.TooMany("验证码错得太多，锁了 15 分钟。请过一会儿再试。");
            case WRONG -> {
                limits.failed(ip);
                throw Refusal.of("code", "验证码不对，或者用过了。请等它换一个再填。");
            }
        }
    }

    private ModelAndView page(HttpServletRequest request, String to, FormErrors errors, HttpStatus status) {
        var model = Map.of("shell", shells.of(request), "to", Wanted.isOwn(to) ? to : "", "errors", errors);
        return new ModelAndView("access/second-step", model, status);
    }
}
