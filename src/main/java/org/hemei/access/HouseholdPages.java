package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
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

/** 已绑定的住户: who is bound to the homes of a building, and the end of a binding, by the community or by oneself. */
@Controller
class HouseholdPages {

    private final HouseholdDesk desk;
    private final Households households;
    private final Bindings bindings;
    private final Shells shells;

    HouseholdPages(HouseholdDesk desk, Households households, Bindings bindings, Shells shells) {
        this.desk = desk;
        this.households = households;
        this.bindings = bindings;
        this.shells = shells;
    }

    /** Where somebody looks, and what they typed. */
    private record Typed(long estate, long building, long at, String reason) {}

    @PostMapping("/me/homes/{id}/end")
    ModelAndView leave(Reader reader, @PathVariable long id) {
        desk.leave(reader, id);
        return FormAnswer.seeOther("/me?done=left");
    }

    @GetMapping("/community/households")
    ModelAndView list(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building) {
        return page(reader, request, new Typed(estate, building, 0, ""), FormErrors.NONE);
    }

    @PostMapping("/community/households/{id}/end")
    ModelAndView end(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long estate,
            @RequestParam(defaultValue = "0") long building,
            @RequestParam(defaultValue = "") String reason) {
        Role.required(reader, Role.COMMUNITY);
        try {
            desk.end(reader, id, reason);
            return FormAnswer.seeOther(
                    "/community/households?estate=" + estate + "&building=" + building + "&done=ended");
        } catch (Refusal refusal) {
            return page(reader, request, new Typed(estate, building, id, reason), FormErrors.of(refusal));
        }
    }

    private ModelAndView page(Reader reader, HttpServletRequest request, Typed typed, FormErrors errors) {
        var scope = Role.required(reader, Role.COMMUNITY);
        var estates = bindings.estates("", scope);
        var own = estates.stream().anyMatch(place -> place.id() == typed.estate);
        var buildings = own ? bindings.buildings(typed.estate) : List.<Bindings.Place>of();
        var chosen = buildings.stream().anyMatch(place -> place.id() == typed.building);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("estates", estates);
        model.put("buildings", buildings);
        model.put("estate", typed.estate);
        model.put("building", chosen ? typed.building : 0L);
        model.put("members", chosen ? households.in(scope, typed.building) : List.of());
        model.put("at", typed.at);
        model.put("reason", typed.reason);
        model.put("errors", errors);
        return new ModelAndView(
                "access/households", model, errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}
