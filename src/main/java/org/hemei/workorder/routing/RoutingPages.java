package org.hemei.workorder.routing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.registry.Areas;
import org.hemei.registry.EstateKinds;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** 派单规则: the rules in force and planned, every version of one, and the simulator. */
@Controller
class RoutingPages implements NavEntry {

    private static final int RANK = 305;
    private static final int DRAFTS = 8;

    private final RuleLists rules;
    private final Drafts drafts;
    private final Simulator simulator;
    private final Areas areas;
    private final InstantSource clock;

    RoutingPages(RuleLists rules, Drafts drafts, Simulator simulator, Areas areas, InstantSource clock) {
        this.rules = rules;
        this.drafts = drafts;
        this.simulator = simulator;
        this.areas = areas;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return Keepers.seen(reader).isEmpty()
                ? List.of()
                : List.of(new Item("规则", RANK, "/routing", "派单规则", "send", null));
    }

    @GetMapping("/routing")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = Keepers.sees(reader);
        var filter = RuleLists.Filter.of(query);
        var after = query.getOrDefault("after", "");
        var rows =
                rules.list(scope, filter, after.matches("\\d{1,18}") ? Long.parseLong(after) : 0, RuleLists.PAGE + 1);
        var more = rows.size() > RuleLists.PAGE;
        model.addAttribute("filter", filter);
        model.addAttribute("rows", more ? rows.subList(0, RuleLists.PAGE) : rows);
        model.addAttribute("next", more ? rows.get(RuleLists.PAGE - 1).rule().id() : null);
        model.addAttribute("first", after.isEmpty());
        model.addAttribute("picker", areas.picker(scope, filter.area()));
        model.addAttribute("categories", rules.categories());
        model.addAttribute("kinds", EstateKinds.ALL);
        var keeper = !Keepers.kept(reader).isEmpty();
        model.addAttribute("drafts", keeper ? drafts.list(Keepers.kept(reader), DRAFTS) : List.of());
        model.addAttribute("keeper", keeper);
        model.addAttribute("roots", keeper ? areas.picker(Keepers.kept(reader), filter.area()) : null);
        model.addAttribute("today", rules.today());
        return "workorder/routing/rules";
    }

    /** 这事会派给谁: also with the changes of a set that is being prepared. */
    @GetMapping("/routing/where")
    String where(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = Keepers.sees(reader);
        var q = query.getOrDefault("q", "").strip();
        q = q.length() > 40 ? q.substring(0, 40) : q;
        var category = query.getOrDefault("category", "").strip();
        var number = query.getOrDefault("estate", "");
        var found = rules.estates(scope, q);
        var estate = number.matches("\\d{1,18}")
                ? rules.estate(scope, Long.parseLong(number))
                : found.size() == 1
                        ? java.util.Optional.of(found.getFirst())
                        : java.util.Optional.<RuleLists.Yard>empty();
        var draftId = query.getOrDefault("draft", "");
        var draft = draftId.matches("\\d{1,18}") ? drafts.one(scope, Long.parseLong(draftId)) : null;
        model.addAttribute("q", q);
        model.addAttribute("category", category);
        model.addAttribute("found", found);
        model.addAttribute("estate", estate.orElse(null));
        model.addAttribute("draft", draft);
        model.addAttribute("categories", rules.categories());
        model.addAttribute("now", clock.instant());
        model.addAttribute(
                "outcome",
                estate.flatMap(e -> simulator.ask(scope, e.id(), category, null))
                        .orElse(null));
        model.addAttribute(
                "changed",
                draft == null
                        ? null
                        : estate.flatMap(e -> simulator.ask(
                                        scope,
                                        e.id(),
                                        category,
                                        drafts.sides(drafts.today().plusDays(1), drafts.lines(draft.id()))
                                                .after()))
                                .orElse(null));
        return "workorder/routing/where";
    }

    @GetMapping("/routing/rules/{id:\\d{1,18}}")
    String one(Reader reader, @PathVariable long id, Model model) {
        var scope = Keepers.sees(reader);
        var row = rules.one(scope, id);
        model.addAttribute("row", row);
        model.addAttribute("versions", rules.versions(row));
        model.addAttribute("keeper", Keepers.keeps(reader, row.rule().about().area()));
        model.addAttribute(
                "drafts",
                drafts.list(Keepers.kept(reader), 20).stream()
                        .filter(d -> d.open() && row.rule().about().area().startsWith(d.area()))
                        .toList());
        model.addAttribute("today", rules.today());
        return "workorder/routing/rule";
    }
}
