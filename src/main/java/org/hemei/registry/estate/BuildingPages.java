package org.hemei.registry.estate;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 楼栋、房屋: an estate's buildings and their dwellings. No word about who lives there. */
@Controller
@RequestMapping("/estates/{id}/buildings")
class BuildingPages {

    private final Estates estates;
    private final Buildings buildings;
    private final BuildingDesk desk;
    private final Once once;

    BuildingPages(Estates estates, Buildings buildings, BuildingDesk desk, Once once) {
        this.estates = estates;
        this.buildings = buildings;
        this.desk = desk;
        this.once = once;
    }

    @GetMapping
    ModelAndView list(Reader reader, @PathVariable long id) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        return listPage(estate, Form.empty(), FormErrors.NONE);
    }

    @PostMapping
    ModelAndView add(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var form = Form.of(typed);
        try {
            var draft = draft(form, buildings.stock(id).buildings() + 1);
            var version = version(form);
            form.check();
            var building = once.run(
                    reader, form.get("_once"), form, () -> String.valueOf(desk.add(reader, estate, version, draft)));
            return new ModelAndView("redirect:/estates/" + id + "/buildings/" + building + "?done=added");
        } catch (Refusal refusal) {
            return listPage(estate, form, FormErrors.of(refusal));
        }
    }

    private static BuildingDesk.Draft draft(Form form, int last) {
        var position = form.number("position", 1, 9_999);
        return new BuildingDesk.Draft(
                form.text("name", 20, "请填楼号，例如 3幢。"),
                form.needed("entrances", 1, Buildings.MOST_ENTRANCES, "请填几个单元。"),
                form.needed("floors", 1, Buildings.MOST_FLOORS, "请填几层。"),
                position == null ? last : position);
    }

    private ModelAndView listPage(EstateView estate, Form form, FormErrors errors) {
        return page("buildings", estate, form, errors).addObject("buildings", buildings.of(estate.id()));
    }

    @GetMapping("/{building}")
    ModelAndView show(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "0") long unit) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var filled = new HashMap<String, Object>();
        buildings
                .unit(building, unit)
                .ifPresent(known -> filled.putAll(Map.of(
                        "unit", known.id(),
                        "unit_entrance", known.entrance(),
                        "unit_floor", known.floor(),
                        "unit_name", known.name(),
                        "unit_area", known.squareMetres())));
        return onePage(estate, building, after, Form.with(filled), FormErrors.NONE);
    }

    @PostMapping("/{building}")
    ModelAndView edit(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @RequestParam MultiValueMap<String, String> typed) {
        return verb(reader, id, building, Form.of(typed), "edited", (estate, known, form) -> {
            var draft = draft(form, known.position());
            var version = version(form);
            form.check();
            desk.edit(reader, estate, version, known, draft);
        });
    }

    /** Shown first, with how many are new; made when that was confirmed. */
    @PostMapping("/{building}/generate")
    ModelAndView generate(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        if (!form.has("sure", "yes")) {
            return preview(reader, id, building, form);
        }
        return verb(reader, id, building, form, "generated", (estate, known, filled) -> {
            var range = range(filled, known);
            var version = version(filled);
            filled.check();
            desk.generate(reader, estate, version, known, range);
        });
    }

    private ModelAndView preview(Reader reader, long id, long building, Form form) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var known = buildings.find(id, building);
        try {
            var range = range(form, known);
            form.check();
            return onePage(estate, building, 0, form, FormErrors.NONE).addObject("preview", desk.preview(known, range));
        } catch (Refusal refusal) {
            return onePage(estate, building, 0, form, FormErrors.of(refusal));
        }
    }

    private static BuildingDesk.Range range(Form form, Buildings.Building known) {
        var from = form.needed("from", 1, Buildings.MOST_FLOORS, "请填从几层。");
        var to = form.needed("to", 1, Buildings.MOST_FLOORS, "请填到几层。");
        if (to < from) {
            form.wrong("to", "到的层比从的层低。请改过来。");
        }
        var perFloor = form.needed("per_floor", 1, 40, "请填每层几户。");
        return new BuildingDesk.Range(known.entrances(), from, to, perFloor, area(form, "area"));
    }

    private static int version(Form form) {
        return form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
    }

    @PostMapping("/{building}/remove")
    ModelAndView remove(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var known = buildings.find(id, building);
        var form = Form.of(typed);
        try {
            var version = version(form);
            form.check();
            desk.remove(reader, estate, version, known);
            return new ModelAndView("redirect:/estates/" + id + "/buildings?done=removed");
        } catch (Refusal refusal) {
            return onePage(estate, building, 0, form, FormErrors.of(refusal));
        }
    }

    @PostMapping("/{building}/units/{unit}/remove")
    ModelAndView removeUnit(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @PathVariable long unit,
            @RequestParam MultiValueMap<String, String> typed) {
        return verb(reader, id, building, Form.of(typed), "unit_removed", (estate, known, form) -> {
            var version = version(form);
            form.check();
            desk.removeUnit(reader, estate, version, known, unit);
        });
    }

    @PostMapping("/{building}/units")
    ModelAndView unit(
            Reader reader,
            @PathVariable long id,
            @PathVariable long building,
            @RequestParam MultiValueMap<String, String> typed) {
        return verb(reader, id, building, Form.of(typed), "unit", (estate, known, form) -> {
            var entrance = form.needed("unit_entrance", 1, Buildings.MOST_ENTRANCES, "请填几单元。");
            var floor = floor(form);
            var name = form.text("unit_name", 20, "请填房号，例如 1单元101。");
            var area = area(form, "unit_area");
            var version = version(form);
            form.check();
            var unit = form.get("unit").matches("[1-9]\\d{0,17}") ? Long.valueOf(form.get("unit")) : null;
            desk.unit(
                    reader, estate, version, known, unit, entrance, floor, name, area, form.words("unit_reason", 200));
        });
    }

    /** Dwellings below the ground have floors below nought. */
    private static int floor(Form form) {
        var text = form.get("unit_floor");
        if (text.matches("-?\\d{1,3}")
                && Integer.parseInt(text) >= Buildings.DEEPEST
                && Integer.parseInt(text) <= Buildings.MOST_FLOORS) {
            return Integer.parseInt(text);
        }
        form.wrong("unit_floor", "请填 " + Buildings.DEEPEST + " 到 " + Buildings.MOST_FLOORS + " 的整数，地下的填负数。");
        return 1;
    }

    /** Square metres with two digits at most, as cm². */
    private static long area(Form form, String field) {
        var text = form.get(field);
        if (text.matches("\\d{1,5}(\\.\\d{1,2})?")) {
            var area = new BigDecimal(text).movePointRight(4).longValueExact();
            if (area > 0) {
                return area;
            }
        }
        form.wrong(field, "请填建筑面积，例如 89.5 平米。");
        return 1;
    }

    @FunctionalInterface
    private interface Work {
        void run(EstateView estate, Buildings.Building building, Form form);
    }

    private ModelAndView verb(Reader reader, long id, long building, Form form, String done, Work work) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var known = buildings.find(id, building);
        try {
            work.run(estate, known, form);
            return new ModelAndView("redirect:/estates/" + id + "/buildings/" + building + "?done=" + done);
        } catch (Refusal refusal) {
            return onePage(estate, building, 0, form, FormErrors.of(refusal));
        }
    }

    private ModelAndView onePage(EstateView estate, long id, long after, Form form, FormErrors errors) {
        var building = buildings.find(estate.id(), id);
        var units = buildings.units(id, after);
        var page = page("building", estate, form, errors);
        page.addObject("building", building);
        page.addObject("units", units.stream().limit(Buildings.PAGE).toList());
        page.addObject("more", units.size() > Buildings.PAGE);
        page.addObject("after", after);
        return page;
    }

    private static ModelAndView page(String view, EstateView estate, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/estate/" + view);
        page.addObject("estate", estate);
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
