package org.hemei.registry.estate;

import gg.jte.Content;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Areas;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 换社区: another community answers for an estate, in its own district or in another one. What follows is shown before it is done. */
@Controller
class EstateMovePages {

    /**
     * What follows.
     *
     * @param to street and community, as they are read
     * @param district the new one's name; empty where it stays
     * @param backstop the new community's team; empty where it has none
     */
    record Preview(String to, String district, String backstop) {}

    private final Estates estates;
    private final EstateDesk desk;
    private final Areas areas;
    private final List<PagePanel> panels;

    EstateMovePages(Estates estates, EstateDesk desk, Areas areas, List<PagePanel> panels) {
        this.estates = estates;
        this.desk = desk;
        this.areas = areas;
        this.panels = panels;
    }

    @GetMapping("/estates/{id}/move")
    ModelAndView moving(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String area) {
        var form = Form.with(Map.of("day", estates.today(), "area", area));
        return page(reader, id, form, FormErrors.NONE);
    }

    @PostMapping("/estates/{id}/move")
    ModelAndView move(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var scope = EstateDesk.founders(reader);
        var estate = estates.in(scope, id);
        var form = Form.of(typed);
        try {
            var community = EstateFormPages.community(form, scope, areas);
            var day = form.neededDay("day", "请填从哪一天起归新社区。");
            var reason = form.text("reason", 300, "请写为什么换，凭什么文件，例如区划调整的批复。");
            var version = form.needed("version", 0, 999_999_999, EstateFormPages.INCOMPLETE);
            form.check();
            if (form.get("seen").equals(seen(community, day))) {
                desk.move(reader, estate, version, community, day, reason, null);
                return new ModelAndView("redirect:/estates/" + id + "/desk?done=moved");
            }
            mayMove(estate, community, day);
            return page(reader, id, form, FormErrors.NONE).addObject("preview", preview(estate, community));
        } catch (Refusal refusal) {
            return page(reader, id, form, FormErrors.of(refusal));
        }
    }

    private void mayMove(EstateView estate, String community, LocalDate day) {
        var problem = desk.cannotMove(estate, community);
        var early = desk.cannotMoveOn(estate, day);
        if (problem != null || early != null) {
            throw problem != null ? Refusal.of("community", problem) : Refusal.of("day", Objects.requireNonNull(early));
        }
    }

    /** What the preview was of: another choice is shown again before it is done. */
    private static String seen(String community, LocalDate day) {
        return community + " " + day;
    }

    private Preview preview(EstateView estate, String community) {
        var backstop = estates.backstop(community);
        var district = community.substring(0, 6);
        return new Preview(
                name(community.substring(0, 9)) + "·" + Areas.plain(name(community)),
                district.equals(String.valueOf(estate.district())) ? "" : name(district),
                backstop == null ? "" : backstop);
    }

    private String name(String code) {
        return areas.find(code).map(Areas.Area::name).orElse("");
    }

    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors) {
        var scope = EstateDesk.founders(reader);
        var estate = estates.in(scope, id);
        var district = district(scope, estate, form);
        var day = form.get("day");
        var page = new ModelAndView(
                "registry/estate/move",
                Map.of("form", form, "errors", errors),
                errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        page.addObject("estate", estate);
        page.addObject("locals", estates.locals(id));
        page.addObject("district", district);
        page.addObject("streets", areas.streets(scope, district));
        page.addObject("districts", districts(scope, district));
        page.addObject("seen", form.get("community") + " " + day);
        page.addObject("panels", panels(reader, id));
        return page;
    }

    /** The district whose communities can be chosen: that of the choice, the one that was asked for, or the estate's own. */
    private static String district(Scope scope, EstateView estate, Form form) {
        var asked = form.get("community").length() == 12 ? form.get("community").substring(0, 6) : form.get("area");
        return asked.matches("\\d{6}") && !scope.areas().isEmpty() && reaches(scope, asked)
                ? asked
                : String.valueOf(estate.district());
    }

    private static boolean reaches(Scope scope, String district) {
        return scope.areas().stream().anyMatch(area -> district.startsWith(area) || area.startsWith(district));
    }

    /** The other districts of the city where the reader founds estates. */
    private List<Areas.Area> districts(Scope scope, String here) {
        return areas.picker(scope, here.substring(0, 4)).below().stream()
                .filter(area -> area.code().length() == 6 && !area.code().equals(here))
                .toList();
    }

    private List<Content> panels(Reader reader, long estate) {
        return panels.stream()
                .filter(panel -> panel.place() == PagePanel.Place.ESTATE_MOVE)
                .sorted(Comparator.comparingInt(PagePanel::order))
                .map(panel -> panel.panel(reader, estate))
                .filter(Objects::nonNull)
                .toList();
    }
}
