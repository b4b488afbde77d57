package org.hemei.oversight;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Part;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.web.FormAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 机制体检: whether each rule runs in the reader's area; from every figure down to those who fall short. */
@Controller
class CheckPages {

    private final CheckViews views;
    private final Checks checks;
    private final Figures figures;
    private final Sources sources;

    CheckPages(CheckViews views, Checks checks, Figures figures, Sources sources) {
        this.views = views;
        this.checks = checks;
        this.figures = figures;
        this.sources = sources;
    }

    @GetMapping("/mechanism")
    ModelAndView board(Reader reader, @RequestParam Map<String, String> query) {
        var board = shown(views, reader, query);
        var page = new ModelAndView("oversight/mechanism", "board", board);
        page.addObject(
                "sources", sources.of(board.all().stream().map(Board.Card::rule).toList()));
        return page;
    }

    /** The cards that the address asks for. */
    static Board shown(CheckViews views, Reader reader, Map<String, String> query) {
        return views.board(
                reader,
                query.get("area"),
                state(query.get("state")),
                part(query.get("part")),
                "part".equals(query.get("sort")));
    }

    private static @Nullable State state(@Nullable String name) {
        return Arrays.stream(State.values())
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Part part(@Nullable String name) {
        return Arrays.stream(Part.values())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/mechanism/{rule:[a-z][a-z-]{1,40}}")
    ModelAndView rule(Reader reader, @PathVariable String rule, @RequestParam Map<String, String> query) {
        var view = views.rule(reader, rule, query.get("area"), query.get("on"), query.get("after"));
        var page = new ModelAndView("oversight/rule", "view", view);
        page.addObject("sources", sources.of(List.of(view.rule())));
        return page;
    }

    /** Computes one rule anew, for everybody. */
    @PostMapping("/mechanism/{rule:[a-z][a-z-]{1,40}}/refresh")
    ModelAndView refresh(Reader reader, @PathVariable String rule, @RequestParam(defaultValue = "") String area) {
        Standing.scope(reader);
        if (!area.matches("\\d{4,12}")) {
            throw new Missing("没有这个地区。");
        }
        views.area(reader, area);
        figures.refresh(checks.of(rule));
        return FormAnswer.seeOther("/mechanism/" + rule + "?area=" + area + "&done=refreshed");
    }

    /** What every rule rests on, word for word. */
    @GetMapping("/mechanism/basis")
    ModelAndView basis(Reader reader) {
        Standing.scope(reader);
        var page = new ModelAndView("oversight/basis");
        var rules = checks.all().stream().map(MechanismCheck::rule).toList();
        page.addObject("rules", rules);
        page.addObject("sources", sources.of(rules));
        page.addObject("policies", views.policies(reader));
        return page;
    }
}
