package org.hemei.workorder.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.EstateKinds;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A set of changes to the routing rules: its lines, what a replay found, and the day from which it holds. */
@Controller
class DraftPages {

    private static final String ONE = "/routing/drafts/{id:\\d{1,18}}";

    private final Drafts drafts;
    private final DraftDesk desk;
    private final AdoptionDesk adoption;
    private final ReplayWork replay;
    private final RuleLists rules;
    private final Areas areas;
    private final Once once;

    DraftPages(
            Drafts drafts,
            DraftDesk desk,
            AdoptionDesk adoption,
            ReplayWork replay,
            RuleLists rules,
            Areas areas,
            Once once) {
        this.drafts = drafts;
        this.desk = desk;
        this.adoption = adoption;
        this.replay = replay;
        this.rules = rules;
        this.areas = areas;
        this.once = once;
    }

    @GetMapping("/routing/drafts/new")
    ModelAndView begin(Reader reader, @RequestParam(defaultValue = "") String area) {
        return begin(reader, Form.with(Map.of("area", area)), FormErrors.NONE, HttpStatus.OK);
    }

    private ModelAndView begin(Reader reader, Form form, FormErrors errors, HttpStatus status) {
        var page = new ModelAndView("workorder/routing/new", status);
        page.addObject("picker", areas.picker(Keepers.keeps(reader), form.get("area")));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    @PostMapping("/routing/drafts")
    ModelAndView open(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        Keepers.keeps(reader);
        var form = Form.of(values);
        try {
            var title = form.text("title", 40, "请给这批改动起个名字，比如“水表坏了改派供水集团”。");
            if (!form.get("area").matches("\\d{4,12}")) {
                form.wrong("area", "请选管哪个地区。");
            }
            form.check();
            var id = once.run(
                    reader, form.get("_once"), form, () -> String.valueOf(desk.open(reader, form.get("area"), title)));
            return FormAnswer.seeOther("/routing/drafts/" + id);
        } catch (Refusal refused) {
            return begin(reader, form, FormErrors.of(refused), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** @param query rule: the rule to change, whose values the form begins with; in: the area whose places are offered */
    @GetMapping(ONE)
    ModelAndView show(Reader reader, @PathVariable long id, @RequestParam Map<String, String> query) {
        var form = Form.empty();
        var rule = query.getOrDefault("rule", "");
        if (rule.matches("\\d{1,18}")) {
            var row = rules.one(Keepers.sees(reader), Long.parseLong(rule));
            form = Form.with(values(row.rule(), query.getOrDefault("end", "").equals("1")));
        }
        return page(reader, id, form, FormErrors.NONE, query.getOrDefault("in", form.get("area")), null, HttpStatus.OK);
    }

    private static Map<String, Object> values(Rule rule, boolean ends) {
        var values = new HashMap<String, Object>();
        values.put("area", rule.about().area());
        values.put("category", Objects.requireNonNullElse(rule.about().category(), ""));
        values.put("kinds", rule.about().kinds().stream().sorted().toList());
        values.put("target", ends ? "end" : rule.target().code());
        values.put("body", rule.body() == null ? "" : rule.body());
        values.put("urgency", rule.urgency() == null ? "" : rule.urgency().code());
        values.put("basis", ends ? "" : rule.basis());
        return values;
    }

    @PostMapping(ONE + "/lines")
    ModelAndView put(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            var line = line(form);
            desk.put(reader, id, version(form), line);
            return "/routing/drafts/" + id + "?done=line";
        });
    }

    private static Line line(Form form) {
        var area = form.get("area");
        if (!area.matches("\\d{4,12}")) {
            form.wrong("area", "请选管哪个地区。");
        }
        var kinds = new TreeSet<>(form.all("kinds"));
        if (!Set.copyOf(EstateKinds.ALL).containsAll(kinds)) {
            form.wrong("kinds", "没有这种小区类型。请从单子里选。");
        }
        var ends = form.get("target").equals("end");
        var target = ends ? null : target(form);
        var body = target == Target.NAMED ? form.chosen("body", "请选派给哪家单位。") : 0;
        var urgency = ends ? null : urgency(form);
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号、会议决定。");
        form.check();
        var category = form.get("category");
        return new Line(
                0,
                new About(area, category.isEmpty() ? null : category, kinds),
                target,
                target == Target.NAMED ? body : null,
                urgency,
                basis);
    }

    private static @Nullable Target target(Form form) {
        for (var target : Target.values()) {
            if (target.code().equals(form.get("target"))) {
                return target;
            }
        }
        form.wrong("target", "请选派给谁。");
        return null;
    }

    private static @Nullable Urgency urgency(Form form) {
        for (var urgency : Urgency.values()) {
            if (urgency.code().equals(form.get("urgency"))) {
                return urgency;
            }
        }
        if (!form.get("urgency").isEmpty()) {
            form.wrong("urgency", "没有这一档时限。请从单子里选。");
        }
        return null;
    }

    @PostMapping(ONE + "/lines/{line:\\d{1,6}}/remove")
    ModelAndView remove(
            Reader reader,
            @PathVariable long id,
            @PathVariable int line,
            @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            desk.takeOut(reader, id, version(form), line);
            return "/routing/drafts/" + id + "?done=removed";
        });
    }

    @PostMapping(ONE + "/replay")
    ModelAndView replay(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            var run = replay.start(reader, id, version(form));
            return run == null ? "/routing/drafts/" + id + "?done=replay#h-replay" : "/jobs/" + run;
        });
    }

    @PostMapping(ONE + "/adopt")
    ModelAndView adopt(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            var from = form.neededDay("from", "请选从哪天起。");
            form.check();
            adoption.adopt(reader, id, version(form), from);
            return "/routing/drafts/" + id + "?done=adopted";
        });
    }

    @PostMapping(ONE + "/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            adoption.withdraw(reader, id, version(form));
            return "/routing/drafts/" + id + "?done=withdrawn";
        });
    }

    @PostMapping(ONE + "/drop")
    ModelAndView drop(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return act(reader, id, values, form -> {
            desk.drop(reader, id, version(form));
            return "/routing?done=dropped";
        });
    }

    private interface Act {
        String on(Form form);
    }

    private ModelAndView act(Reader reader, long id, MultiValueMap<String, String> values, Act act) {
        drafts.one(Keepers.keeps(reader), id);
        var form = Form.of(values);
        try {
            return FormAnswer.seeOther(act.on(form));
        } catch (Refusal refused) {
            return page(
                    reader, id, form, FormErrors.of(refused), form.get("in"), null, HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Stale stale) {
            return page(reader, id, form, FormErrors.NONE, form.get("in"), stale, HttpStatus.CONFLICT);
        }
    }

    private static int version(Form form) {
        if (!form.get("version").matches("\\d{1,9}")) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        return Integer.parseInt(form.get("version"));
    }

    private ModelAndView page(
            Reader reader, long id, Form form, FormErrors errors, String in, @Nullable Stale stale, HttpStatus status) {
        var draft = drafts.one(Keepers.sees(reader), id);
        var lines = drafts.lines(id);
        var page = new ModelAndView("workorder/routing/draft", status);
        var place = in.startsWith(draft.area()) ? in : draft.area();
        page.addObject("draft", draft);
        page.addObject("lines", lines);
        page.addObject("names", rules.names(lines.stream().map(Line::about).toList(), bodies(lines)));
        page.addObject("before", before(lines));
        page.addObject("keeper", Keepers.keeps(reader, draft.area()));
        page.addObject("picker", areas.picker(Keepers.seen(reader), place));
        page.addObject("categories", rules.categories());
        page.addObject("bodies", rules.bodies(form.get("area").matches("\\d{4,12}") ? form.get("area") : place));
        page.addObject("kinds", EstateKinds.ALL);
        page.addObject("today", drafts.today());
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("stale", stale);
        return page;
    }

    private List<Long> bodies(List<Line> lines) {
        var bodies = new ArrayList<Long>();
        lines.stream().map(Line::body).filter(Objects::nonNull).forEach(bodies::add);
        before(lines).values().stream().map(Rule::body).filter(Objects::nonNull).forEach(bodies::add);
        return bodies;
    }

    /** What holds now where a line changes something, by the number of the line. */
    private Map<Integer, Rule> before(List<Line> lines) {
        var there = drafts.sides(drafts.today().plusDays(1), List.of()).before();
        var before = new HashMap<Integer, Rule>();
        for (var line : lines) {
            there.stream()
                    .filter(rule -> rule.about().equals(line.about()))
                    .findFirst()
                    .ifPresent(rule -> before.put(line.number(), rule));
        }
        return before;
    }
}
