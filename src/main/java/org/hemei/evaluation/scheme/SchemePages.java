package org.hemei.evaluation.scheme;

import java.util.HashMap;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 测评方案: everybody reads what is published; who keeps schemes drafts, previews and publishes them. */
@Controller
class SchemePages {

    private static final int PAGE = 30;

    private final Schemes schemes;
    private final SchemeDesk desk;
    private final SchemePreview preview;
    private final Areas areas;
    private final NarrowingAreas places;
    private final Once once;

    SchemePages(
            Schemes schemes, SchemeDesk desk, SchemePreview preview, Areas areas, NarrowingAreas places, Once once) {
        this.places = places;
        this.schemes = schemes;
        this.desk = desk;
        this.preview = preview;
        this.areas = areas;
        this.once = once;
    }

    @GetMapping("/schemes")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        var after = query.getOrDefault("after", "");
        var wanted = Schemes.Wanted.of(query);
        var before = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var keeper = SchemeDesk.keeper(reader);
        var found = schemes.list(keeper, wanted, before, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var page = new ModelAndView("evaluation/scheme/list");
        page.addObject("schemes", shown);
        page.addObject("wanted", wanted);
        page.addObject("places", places.all());
        page.addObject("next", found.size() > PAGE ? shown.getLast().id() : null);
        page.addObject("first", before == 0);
        page.addObject("keeps", !keeper.isEmpty());
        page.addObject("staff", Role.isStaff(reader));
        return page;
    }

    @GetMapping("/schemes/{id:\\d{1,18}}")
    ModelAndView scheme(Reader reader, @PathVariable long id) {
        return scheme(reader, seen(reader, id), FormErrors.NONE, null);
    }

    private static ModelAndView scheme(Reader reader, Scheme scheme, FormErrors errors, @Nullable Stale stale) {
        var page = new ModelAndView("evaluation/scheme/scheme");
        page.addObject("scheme", scheme);
        page.addObject("keeps", SchemeDesk.keeper(reader).covers(scheme.area()));
        page.addObject("staff", Role.isStaff(reader));
        page.addObject("errors", errors);
        page.addObject("stale", stale);
        return page;
    }

    @GetMapping("/schemes/new")
    ModelAndView form(Reader reader, @RequestParam(defaultValue = "") String from) {
        var area = SchemeDesk.required(reader).areas().getFirst();
        var base = from.matches("\\d{1,18}")
                ? schemes.find(Long.parseLong(from))
                        .filter(one -> one.state() != Scheme.State.DRAFT)
                        .orElse(null)
                : null;
        var form = base == null
                ? SchemeForm.filled(null, area, "", "", SchemeContent.template())
                : SchemeForm.filled(null, area, base.title(), base.basis(), base.content());
        return edit(reader, null, base, form, FormErrors.NONE, null);
    }

    @PostMapping("/schemes")
    ModelAndView draft(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        SchemeDesk.required(reader);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var draft = SchemeForm.read(form);
                    var from = form.get("from");
                    return once.run(
                            reader,
                            key,
                            form,
                            () -> "/schemes/"
                                    + desk.draft(reader, draft, from.matches("\\d{1,18}") ? Long.valueOf(from) : null)
                                    + "?done=draft");
                },
                errors -> edit(reader, null, null, form, errors, null));
    }

    @GetMapping("/schemes/{id:\\d{1,18}}/edit")
    ModelAndView form(Reader reader, @PathVariable long id) {
        var scheme = mine(reader, id);
        var form = SchemeForm.filled(scheme, scheme.area(), scheme.title(), scheme.basis(), scheme.content());
        return edit(reader, scheme, null, form, FormErrors.NONE, null);
    }

    @PostMapping("/schemes/{id:\\d{1,18}}/edit")
    ModelAndView amend(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var scheme = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    desk.amend(reader, id, version(form), SchemeForm.read(form));
                    return scheme.path() + "?done=amended";
                },
                errors -> edit(reader, scheme, null, form, errors, null),
                stale -> edit(reader, scheme, null, form, FormErrors.NONE, stale));
    }

    @GetMapping("/schemes/{id:\\d{1,18}}/preview")
    ModelAndView preview(Reader reader, @PathVariable long id) {
        var scheme = mine(reader, id);
        return new ModelAndView("evaluation/scheme/preview", Map.of("scheme", scheme, "preview", preview.of(scheme)));
    }

    @PostMapping("/schemes/{id:\\d{1,18}}/publish")
    ModelAndView publish(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, mine(reader, id), values, "published", form -> desk.publish(reader, id, version(form)));
    }

    @PostMapping("/schemes/{id:\\d{1,18}}/discard")
    ModelAndView discard(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var scheme = mine(reader, id);
        return FormAnswer.of(
                () -> {
                    desk.discard(reader, id, version(Form.of(values)));
                    return "/schemes?done=discarded";
                },
                errors -> scheme(reader, scheme, errors, null),
                stale -> scheme(reader, scheme, FormErrors.NONE, stale));
    }

    @PostMapping("/schemes/{id:\\d{1,18}}/retire")
    ModelAndView retire(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, mine(reader, id), values, "retired", form -> desk.retire(reader, id, version(form)));
    }

    private static ModelAndView verb(
            Reader reader,
            Scheme scheme,
            MultiValueMap<String, String> values,
            String done,
            java.util.function.Consumer<Form> work) {
        return FormAnswer.of(
                () -> {
                    work.accept(Form.of(values));
                    return scheme.path() + "?done=" + done;
                },
                errors -> scheme(reader, scheme, errors, null),
                stale -> scheme(reader, scheme, FormErrors.NONE, stale));
    }

    private static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private Scheme seen(Reader reader, long id) {
        return schemes.find(id)
                .filter(one -> one.state() != Scheme.State.DRAFT
                        || SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个方案，或还没有发布。"));
    }

    private Scheme mine(Reader reader, long id) {
        SchemeDesk.required(reader);
        return schemes.find(id)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个方案，或不归您管。"));
    }

    private ModelAndView edit(
            Reader reader,
            @Nullable Scheme scheme,
            @Nullable Scheme from,
            Form form,
            FormErrors errors,
            @Nullable Stale stale) {
        var model = new HashMap<String, Object>();
        model.put("scheme", scheme);
        model.put("from", from == null ? form.get("from") : String.valueOf(from.id()));
        model.put("form", form);
        model.put("errors", errors);
        model.put("stale", stale);
        model.put("areas", areas.seats(SchemeDesk.keeper(reader)));
        return new ModelAndView("evaluation/scheme/edit", model);
    }
}
