package org.hemei.registry.body;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.registry.Areas;
import org.hemei.registry.BodyKind;
import org.hemei.registry.people.MayAppoint;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** 组织: the list, the tree, the chart and one body, each as of any day. */
@Controller
class BodyPages implements ListExport {

    private static final List<String> HEADINGS = List.of("名称", "类别", "地区", "上级", "成立", "撤销");

    private final BodyLists lists;
    private final BodyViews views;
    private final BodyTree tree;
    private final BodyChart chart;
    private final Coverages coverages;
    private final Areas areas;
    private final BodyHistory history;
    private final InstantSource clock;

    BodyPages(
            BodyLists lists,
            BodyViews views,
            BodyTree tree,
            BodyChart chart,
            Coverages coverages,
            Areas areas,
            BodyHistory history,
            InstantSource clock) {
        this.lists = lists;
        this.views = views;
        this.tree = tree;
        this.chart = chart;
        this.coverages = coverages;
        this.areas = areas;
        this.history = history;
        this.clock = clock;
    }

    @GetMapping("/bodies")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = BodyOffices.readers(reader);
        var filter = BodyFilter.of(query, today());
        var after = BodyLists.Key.of(query.get("after"));
        var rows = lists.page(scope, filter, after, BodyLists.PAGE + 1);
        var more = rows.size() > BodyLists.PAGE;
        var shown = more ? rows.subList(0, BodyLists.PAGE) : rows;
        model.addAttribute("filter", filter);
        model.addAttribute("picker", areas.picker(scope, filter.area()));
        model.addAttribute("kinds", BodyKind.values());
        model.addAttribute("rows", shown);
        model.addAttribute("count", lists.count(scope, filter));
        model.addAttribute("first", after == null);
        model.addAttribute(
                "next",
                more ? new BodyLists.Key(shown.getLast().area(), shown.getLast().id()).toString() : null);
        model.addAttribute("may", !BodyOffices.foundable(reader).isEmpty());
        return "registry/body/list";
    }

    @Override
    public String key() {
        return "bodies";
    }

    @Override
    public String title() {
        return "组织";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        BodyOffices.readers(reader);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var filter = BodyFilter.of(query, today());
        var found = lists.page(BodyOffices.readers(reader), filter, null, most);
        history.taken(reader, filter.at("").without("q").toString(), found.size());
        for (var row : found) {
            rows.row(row.name(), row.kind().words(), row.areaName(), row.parent(), row.since(), row.until());
        }
        rows.foot("按 " + CivilTime.day(filter.on()) + " 的情况。");
    }

    /** @param at the node to open, with all above it; so the tree works without script */
    @GetMapping("/bodies/tree")
    String tree(
            Reader reader,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        var scope = BodyOffices.readers(reader);
        var day = BodyFilter.day(on, today());
        var picker = areas.picker(scope, null);
        var roots = picker.here() == null ? picker.below() : List.of(picker.here());
        var wanted = at.matches("b\\d{1,18}|\\d{4,12}")
                ? at
                : roots.isEmpty() ? "" : roots.getFirst().code();
        model.addAttribute("nodes", tree.roots(scope, roots, wanted, day));
        model.addAttribute("at", wanted);
        asOf(model, day);
        return "registry/body/tree";
    }

    /** What stands under one node: a piece of the tree. */
    @GetMapping("/bodies/tree/rows")
    String rows(Reader reader, @RequestParam String at, @RequestParam(defaultValue = "") String on, Model model) {
        var scope = BodyOffices.readers(reader);
        var day = BodyFilter.day(on, today());
        if (at.matches("b\\d{1,18}")) {
            view(reader, Long.parseLong(at.substring(1)), day);
        } else if (!at.matches("\\d{4,12}") || !scope.covers(at)) {
            throw new Missing("没有这个地方，或不归您管。");
        }
        model.addAttribute("nodes", tree.below(at, day));
        asOf(model, day);
        return "registry/body/nodes";
    }

    @GetMapping("/bodies/chart")
    String chart(
            Reader reader,
            @RequestParam(defaultValue = "0") long root,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        var scope = BodyOffices.readers(reader);
        var day = BodyFilter.day(on, today());
        asOf(model, day);
        if (root == 0) {
            var picker = areas.picker(scope, area);
            var here = picker.here() == null ? "" : picker.here().code();
            model.addAttribute("picker", picker);
            model.addAttribute("choices", chart.choices(scope, here, day));
            return "registry/body/charts";
        }
        model.addAttribute("chart", chart.of(view(reader, root, day).body(), day));
        return "registry/body/chart";
    }

    @GetMapping("/bodies/{id:\\d{1,18}}")
    String one(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String on, Model model) {
        var day = BodyFilter.day(on, today());
        var view = view(reader, id, day);
        model.addAttribute("view", view);
        model.addAttribute("verbs", BodyVerb.open(reader, view));
        var body = view.body();
        model.addAttribute(
                "appoints",
                body.until() == null && MayAppoint.at(reader, view.kind().code(), body.area(), null));
        model.addAttribute("coverages", coverages.ofOrganisation(id));
        model.addAttribute("keeps", BodyOffices.covers(reader, view.body()));
        model.addAttribute("scope", BodyOffices.readers(reader));
        asOf(model, day);
        return "registry/body/one";
    }

    private BodyView view(Reader reader, long id, LocalDate on) {
        return views.one(BodyOffices.readers(reader), id, on).orElseThrow(() -> new Missing("没有这个组织，或不归您看。"));
    }

    private void asOf(Model model, LocalDate day) {
        model.addAttribute("on", day);
        model.addAttribute("today", today());
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
