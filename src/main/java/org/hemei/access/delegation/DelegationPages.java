package org.hemei.access.delegation;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 休假代办: who does my work while I am away. */
@Controller
@RequestMapping("/me/delegation")
public class DelegationPages {

    private static final Role[] BUSINESS =
            Arrays.stream(Role.values()).filter(DelegationRule::canBeHandedOver).toArray(Role[]::new);

    /** What was typed. */
    public record Typed(List<Long> grants, long taker, String from, String until, String reason) {}

    private final Delegations delegations;
    private final DelegationDesk desk;
    private final Once once;
    private final InstantSource clock;
    private final Shells shells;

    DelegationPages(Delegations delegations, DelegationDesk desk, Once once, InstantSource clock, Shells shells) {
        this.delegations = delegations;
        this.desk = desk;
        this.once = once;
        this.clock = clock;
        this.shells = shells;
    }

    @GetMapping
    ModelAndView show(Reader reader, HttpServletRequest request) {
        Role.required(reader, BUSINESS);
        var all = delegations.own(reader).stream().map(Delegations.Own::id).toList();
        var today = CivilTime.date(clock.instant()).toString();
        return page(reader, request, new Typed(all, 0, today, "", ""), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView give(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam(required = false) @Nullable List<Long> grants,
            @RequestParam(defaultValue = "0") long taker,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String reason) {
        Role.required(reader, BUSINESS);
        var chosen = grants == null ? List.<Long>of() : grants;
        var typed = new Typed(chosen, taker, from, until, reason.strip());
        try {
            once.run(
                    reader,
                    key,
                    typed,
                    () -> String.valueOf(desk.give(reader, chosen, taker, day(from), day(until), typed.reason)));
            return FormAnswer.seeOther("/me/delegation");
        } catch (Refusal refusal) {
            return page(reader, request, typed, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/{id}/end")
    ModelAndView end(Reader reader, @PathVariable long id) {
        desk.end(reader, id);
        return FormAnswer.seeOther("/me/delegation");
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException notADay) {
            return null;
        }
    }

    private ModelAndView page(
            Reader reader, HttpServletRequest request, Typed typed, FormErrors errors, HttpStatus status) {
        var today = CivilTime.date(clock.instant());
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        var own = delegations.own(reader);
        var colleagues = delegations.colleagues(reader);
        model.put("own", own);
        model.put("colleagues", colleagues);
        model.put("handed", delegations.of(reader));
        model.put("typed", typed);
        model.put("today", today);
        model.put("latest", today.plusDays(2L * DelegationRule.MOST_DAYS));
        model.put("errors", own.isEmpty() || colleagues.isEmpty() ? errors.atTop() : errors);
        return new ModelAndView("access/delegation/mine", model, status);
    }
}
