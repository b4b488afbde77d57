package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The community's side of binding: who says they live here, and slips with a code for the doors. */
@Controller
class CommunityBindingPages {

    /** The slip just made, encrypted: the code is shown to whoever made it, in this session, and nowhere else. */
    private static final String SLIP = "binding-slip";

    private final BindingDesk desk;
    private final Bindings bindings;
    private final FieldCipher cipher;
    private final Once once;
    private final Shells shells;
    private final InstantSource clock;

    CommunityBindingPages(
            BindingDesk desk, Bindings bindings, FieldCipher cipher, Once once, Shells shells, InstantSource clock) {
        this.desk = desk;
        this.bindings = bindings;
        this.cipher = cipher;
        this.once = once;
        this.shells = shells;
        this.clock = clock;
    }

    @GetMapping("/community/bindings")
    ModelAndView list(Reader reader, HttpServletRequest request) {
        return listPage(reader, request, 0, "", FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/community/bindings/{id}/approve")
    ModelAndView approve(Reader reader, HttpServletRequest request, @PathVariable long id) {
        Role.required(reader, Role.COMMUNITY);
        try {
            desk.approve(reader, id);
            return FormAnswer.seeOther("/community/bindings");
        } catch (Refusal refusal) {
            return listPage(reader, request, id, "", FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/community/bindings/{id}/refuse")
    ModelAndView refuse(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason) {
        Role.required(reader, Role.COMMUNITY);
        try {
            desk.refuse(reader, id, reason);
            return FormAnswer.seeOther("/community/bindings");
        } catch (Refusal refusal) {
            return listPage(reader, request, id, reason, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView listPage(
            Reader reader, HttpServletRequest request, long at, String reason, FormErrors errors, HttpStatus status) {
        var scope = Role.required(reader, Role.COMMUNITY);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("waiting", bindings.waiting(scope));
        model.put("at", at);
        model.put("reason", reason);
        model.put("errors", errors);
        return new ModelAndView("access/bindings", model, status);
    }

    @GetMapping("/community/binding-codes")
    ModelAndView codes(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building) {
        return codesPage(reader, request, estate, building, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/community/binding-codes")
    ModelAndView makeCode(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building,
            @RequestParam(defaultValue = "0") long unit,
            @RequestParam(defaultValue = "") String relation) {
        Role.required(reader, Role.COMMUNITY);
        try {
            var sealed = once.run(reader, key, List.of("binding-code", unit, relation), () -> {
                var code = desk.makeCode(reader, unit, relation);
                return seal(unit + " " + relation + " " + code.value());
            });
            request.getSession().setAttribute(SLIP, sealed);
            return FormAnswer.seeOther("/community/binding-codes/slip");
        } catch (Refusal refusal) {
            return codesPage(
                    reader, request, estate, building, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/community/binding-codes/slip")
    ModelAndView slip(Reader reader, HttpServletRequest request) {
        Role.required(reader, Role.COMMUNITY);
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(SLIP) instanceof String sealed)) {
            // it was shown once; who comes back makes another
            return FormAnswer.seeOther("/community/binding-codes");
        }
        var parts = open(sealed).split(" ", 3);
        var dwelling = bindings.dwelling(Long.parseLong(parts[0])).orElseThrow();
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("place", dwelling.name());
        model.put("relation", Bindings.relation(parts[1]));
        model.put("code", new BindingCode(parts[2]).grouped());
        model.put("until", clock.instant().plus(BindingDesk.CODE_VALID));
        return new ModelAndView("access/slip", model);
    }

    private ModelAndView codesPage(
            Reader reader,
            HttpServletRequest request,
            long estate,
            long building,
            FormErrors errors,
            HttpStatus status) {
        var scope = Role.required(reader, Role.COMMUNITY);
        var estates = bindings.estates("", scope);
        var own = estates.stream().anyMatch(place -> place.id() == estate);
        var buildings = own ? bindings.buildings(estate) : List.<Bindings.Place>of();
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("estates", estates);
        model.put("buildings", buildings);
        model.put(
                "units",
                buildings.stream().anyMatch(place -> place.id() == building)
                        ? bindings.units(building)
                        : List.<Bindings.Place>of());
        model.put("estate", estate);
        model.put("building", building);
        model.put("slips", bindings.slips(scope));
        model.put("errors", errors);
        return new ModelAndView("access/binding-codes", model, status);
    }

    private String seal(String words) {
        return Base64.getEncoder().encodeToString(cipher.encrypt(words));
    }

    private String open(String sealed) {
        return cipher.decrypt(Base64.getDecoder().decode(sealed));
    }
}
