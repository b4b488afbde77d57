package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.access.Role;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.evaluation.inspection.Sights;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Calculation.Line;
import org.hemei.evaluation.score.Correctable;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 测评异议: the company's side and the reviewer's. */
@Controller
class ObjectionPages {

    private static final int PAGE = 30;

    /** All points of an item, in hundredths. */
    private static final int FULL = 10_000;

    private static final Role[] ROLES = {Role.MANAGER, Role.CITY, Role.DISTRICT, Role.HOUSING};

    private final Objections objections;
    private final ObjectionDesk desk;
    private final FilingDesk filing;
    private final Scores scores;
    private final Attachments attachments;
    private final Documents evidence;
    private final NarrowingAreas areas;
    private final Sights sights;
    private final Once once;
    private final InstantSource clock;

    ObjectionPages(
            Objections objections,
            ObjectionDesk desk,
            FilingDesk filing,
            Scores scores,
            Attachments attachments,
            Documents evidence,
            NarrowingAreas areas,
            Sights sights,
            Once once,
            InstantSource clock) {
        this.objections = objections;
        this.desk = desk;
        this.filing = filing;
        this.scores = scores;
        this.attachments = attachments;
        this.evidence = evidence;
        this.areas = areas;
        this.sights = sights;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/objections")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        admit(reader);
        var after = query.getOrDefault("after", "");
        var before = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var wanted = wanted(query);
        var found = objections.list(reader, wanted, before, PAGE + 1, clock.instant());
        var shown = found.stream().limit(PAGE).toList();
        var model = new HashMap<String, Object>();
        model.put("objections", shown);
        model.put("state", wanted.state());
        model.put("campaign", wanted.campaign());
        model.put("narrowing", wanted.narrowing());
        model.put("areas", areas.of(SchemeDesk.keeper(reader)));
        model.put(
                "open",
                reader.has(Role.MANAGER) && before == 0
                        ? objections.open(reader, clock.instant(), PAGE + 1)
                        : List.of());
        model.put("next", found.size() > PAGE ? shown.getLast().id() : null);
        model.put("first", before == 0);
        model.put("today", CivilTime.date(clock.instant()));
        return new ModelAndView("evaluation/objection/list", model);
    }

    static void admit(Reader reader) {
        Role.required(reader, ROLES);
    }

    static Objections.Wanted wanted(Map<String, String> query) {
        var campaign = query.getOrDefault("campaign", "");
        return new Objections.Wanted(
                state(query), campaign.matches("\\d{1,18}") ? Long.parseLong(campaign) : 0, Narrowing.of(query));
    }

    /** Those that wait for an answer, unless the address asks for others. */
    private static Objection.@Nullable State state(Map<String, String> query) {
        var wanted = query.getOrDefault("state", "1".equals(query.get("all")) ? "all" : "filed");
        return wanted.equals("all")
                ? null
                : Arrays.stream(Objection.State.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(wanted))
                        .findFirst()
                        .orElse(Objection.State.FILED);
    }

    @GetMapping("/objections/{id:\\d{1,18}}")
    ModelAndView objection(Reader reader, @PathVariable long id) {
        return objection(reader, mine(reader, id), Form.empty(), FormErrors.NONE, null);
    }

    ModelAndView objection(Reader reader, Objection objection, Form form, FormErrors errors, @Nullable Stale stale) {
        var model = new HashMap<String, Object>();
        model.put("objection", objection);
        var standing = desk.standing(objection);
        var full = standing.stream()
                .filter(line -> line.points() != null && line.points() == FULL)
                .map(Line::code)
                .collect(Collectors.toSet());
        var items = desk.correctable(objection);
        // what has all points cannot be put right upwards
        model.put(
                "items",
                items.stream().filter(item -> !full.contains(item.code())).toList());
        model.put("full", full.size());
        var kind = objection.dimension();
        model.put("hint", kind == null ? "" : Correctable.hint(kind));
        model.put("standing", standing.stream().collect(Collectors.toMap(Line::code, Line::shown)));
        model.put("files", attachments.list(objection.district(), ObjectionDesk.KIND, String.valueOf(objection.id())));
        model.put("gone", evidence.gone(objection));
        var latest = scores.latest(objection.project()).orElseThrow();
        var decides = SchemeDesk.keeper(reader).covers(objection.area());
        model.put("againstVoid", desk.againstVoid(objection));
        model.put("differs", kind == null && desk.differs(objection));
        model.put("latest", latest);
        model.put("decides", decides);
        var barred = decides && objection.state() == Objection.State.FILED
                ? desk.against(reader, objection).stream().map(Reason::words).toList()
                : List.<String>of();
        model.put("barred", barred);
        model.put("sights", objection.dimension() == Kind.INSPECTION ? sights.of(looks(latest), decides) : List.of());
        model.put("own", reader.scope(Role.MANAGER).covers(objection.company(), objection.estate()));
        model.put("today", CivilTime.date(clock.instant()));
        model.put("form", form);
        // for whom the forms are not there, none of their fields is
        model.put("errors", barred.isEmpty() ? errors : errors.atTop());
        model.put("stale", stale);
        return new ModelAndView("evaluation/objection/objection", model);
    }

    private static List<Long> looks(Score score) {
        return score.inputs().looks().stream()
                .map(ProjectInputs.Look::inspection)
                .toList();
    }

    @PostMapping("/objections/{id:\\d{1,18}}/decide")
    ModelAndView decide(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(
                reader,
                id,
                values,
                form -> desk.decide(
                        reader,
                        id,
                        version(form),
                        new ObjectionDesk.Decision(
                                form.get("upheld").equals("yes"),
                                chosen(form, values),
                                form.get("why"),
                                form.get("decision"))));
    }

    /** A field for each item: value-ITEM, empty where it stays. */
    private static Map<String, String> chosen(Form form, MultiValueMap<String, String> values) {
        var chosen = new HashMap<String, String>();
        values.keySet().stream()
                .filter(name -> name.startsWith("value-") && !form.get(name).isBlank())
                .forEach(name -> chosen.put(
                        name.substring("value-".length()), form.get(name).strip()));
        return chosen;
    }

    @PostMapping("/objections/{id:\\d{1,18}}/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.withdraw(reader, id, version(form)));
    }

    private ModelAndView verb(
            Reader reader, long id, MultiValueMap<String, String> values, java.util.function.Consumer<Form> work) {
        var objection = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    work.accept(form);
                    return objection.path() + "?done=1";
                },
                errors -> objection(reader, objection, form, errors, null),
                stale -> objection(reader, objection, form, FormErrors.NONE, stale));
    }

    @GetMapping("/scores/{id:\\d{1,18}}/objection")
    ModelAndView form(Reader reader, @PathVariable long id) {
        return form(reader, score(reader, id), Form.empty(), FormErrors.NONE);
    }

    private ModelAndView form(Reader reader, Score score, Form form, FormErrors errors) {
        var model = new HashMap<String, Object>();
        model.put("score", score);
        var campaign = filing.open(reader, score);
        model.put("campaign", campaign);
        model.put("parts", filing.parts(campaign));
        model.put("time", filing.time(campaign, score));
        model.put("form", form);
        model.put("errors", errors);
        return new ModelAndView("evaluation/objection/new", model);
    }

    @PostMapping("/scores/{id:\\d{1,18}}/objection")
    ModelAndView file(
            Reader reader,
            @PathVariable long id,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<MultipartFile> documents) {
        var score = score(reader, id);
        filing.open(reader, score);
        var kept = new LinkedMultiValueMap<>(values);
        if (Documents.drops(kept)) {
            return form(reader, score, Form.of(kept), FormErrors.NONE);
        }
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    evidence.take(reader, score.district(), files, documents, kept);
                    return once.run(
                            reader,
                            key,
                            form,
                            () -> "/objections/"
                                    + filing.file(
                                            reader,
                                            id,
                                            form.get("dimension"),
                                            form.get("words"),
                                            Documents.chosen(kept))
                                    + "?done=1");
                },
                errors -> form(reader, score, Form.of(kept), errors));
    }

    private Score score(Reader reader, long id) {
        Role.required(reader, Role.MANAGER);
        return scores.find(id)
                .filter(one -> FilingDesk.ofCompany(reader, one))
                .orElseThrow(() -> new Missing("没有这个得分，或不是您的企业的。"));
    }

    private Objection mine(Reader reader, long id) {
        Role.required(reader, ROLES);
        return objections.find(reader, id, clock.instant()).orElseThrow(() -> new Missing("没有这件异议，或不归您看。"));
    }

    static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
