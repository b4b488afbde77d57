package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 绑定房屋: a resident says where they live; estate, building, unit, one after the other, in links. */
@Controller
class BindingPages {

    /** What was chosen and typed so far. */
    record Typed(String q, long estate, long building, long unit, String relation, String words, String code) {}

    private final BindingDesk desk;
    private final Bindings bindings;
    private final SignInLimits limits;
    private final Once once;
    private final Shells shells;

    BindingPages(BindingDesk desk, Bindings bindings, SignInLimits limits, Once once, Shells shells) {
        this.desk = desk;
        this.bindings = bindings;
        this.limits = limits;
        this.once = once;
        this.shells = shells;
    }

    @GetMapping("/me/bind")
    ModelAndView form(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building) {
        return page(request, new Typed(q, estate, building, 0, "", "", ""), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/me/bind")
    ModelAndView ask(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building,
            @RequestParam(defaultValue = "0") long unit,
            @RequestParam(defaultValue = "") String relation,
            @RequestParam(defaultValue = "") String words) {
        try {
            once.run(reader, key, List.of("bind", unit, relation, words), () -> {
                desk.ask(reader, unit, relation, words);
                return "asked";
            });
            return FormAnswer.seeOther("/me");
        } catch (Refusal refusal) {
            var typed = new Typed("", estate, building, unit, relation, words, "");
            return page(request, typed, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** Guessing codes counts like guessing passwords. */
    @PostMapping("/me/bind/code")
    ModelAndView byCode(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "") String code) {
        try {
            limits.check(request.getRemoteAddr());
            if (!BindingCode.typed(code).complete()) {
                throw Refusal.of("code", "绑定码是 8 个字母和数字，请照条子再填一次。");
            }
            try {
                desk.useCode(reader, code);
            } catch (Refusal wrong) {
                limits.failed(request.getRemoteAddr());
                throw wrong;
            }
            return FormAnswer.seeOther("/me");
        } catch (Refusal refusal) {
            var typed = new Typed("", 0, 0, 0, "", "", code);
            return page(request, typed, FormErrors.of(refusal), SignInPages.status(refusal));
        }
    }

    private ModelAndView page(HttpServletRequest request, Typed typed, FormErrors errors, HttpStatus status) {
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("typed", typed);
        model.put("errors", errors);
        model.put("estates", bindings.estates(typed.q, null));
        model.put("estate", bindings.estate(typed.estate).orElse(null));
        model.put("buildings", typed.estate == 0 ? List.of() : bindings.buildings(typed.estate));
        model.put("units", typed.building == 0 ? List.of() : bindings.units(typed.building));
        return new ModelAndView("access/bind", model, status);
    }
}
