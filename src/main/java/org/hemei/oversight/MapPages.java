package org.hemei.oversight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.oversight.Boundaries.Shape;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 热力图: how one rule stands in the areas below, by colour and word; drawn by their boundaries where those are known. */
@Controller
class MapPages {

    /** An area of the map with those below it. */
    record Block(Place place, List<Place> below) {}

    /** What the page shows. */
    record Heat(
            List<Rule> rules,
            Rule rule,
            Areas.Picker picker,
            List<Block> blocks,
            List<Shape> shapes,
            java.time.Instant computedAt,
            boolean mayDraw) {

        Areas.Area here() {
            return picker.path().getLast();
        }

        Address self() {
            return Address.of("/mechanism/map").with("rule", rule.code()).with("area", here().code());
        }

        String rulePath(Place place) {
            return "/mechanism/" + rule.code() + "?area=" + place.area().code();
        }

        String belowWords() {
            return RuleView.below(here().level());
        }

        Place place(Shape shape) {
            return blocks.stream()
                    .map(Block::place)
                    .filter(p -> p.area().code().equals(shape.area()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final CheckViews views;
    private final Checks checks;
    private final Boundaries boundaries;

    MapPages(CheckViews views, Checks checks, Boundaries boundaries) {
        this.views = views;
        this.checks = checks;
        this.boundaries = boundaries;
    }

    @GetMapping("/mechanism/map")
    ModelAndView map(Reader reader, @RequestParam Map<String, String> query) {
        Standing.scope(reader);
        var asked = query.get("rule");
        var picker = views.area(reader, query.get("area"));
        var check = checks.of(asked == null || asked.isEmpty() ? views.worst(picker) : asked);
        var rows = views.tree(check.rule().code(), picker);
        var blocks = new ArrayList<Block>();
        for (var place : Tiles.asTheyLie(picker.below().stream()
                .map(area -> Place.of(area, rows.figures().get(area.code())))
                .toList())) {
            blocks.add(new Block(
                    place,
                    rows.below().getOrDefault(place.area().code(), List.of()).stream()
                            .map(area -> Place.of(area, rows.figures().get(area.code())))
                            .toList()));
        }
        var shapes =
                boundaries.shapes(picker.below().stream().map(Areas.Area::code).toList());
        var heat = new Heat(
                checks.all().stream().map(c -> c.rule()).toList(),
                check.rule(),
                picker,
                blocks,
                shapes,
                rows.computedAt(),
                BoundaryPages.keeps(reader));
        return new ModelAndView("oversight/map", "heat", heat);
    }
}
