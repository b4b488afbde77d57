package org.hemei.registry.policy;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Keeping documents: new ones, amendments, the end of validity, files. */
@Controller
class PolicyDeskPages {

    private final Policies policies;
    private final PolicyDesk desk;
    private final Attachments attachments;
    private final Areas areas;
    private final Once once;
    private final InstantSource clock;

    PolicyDeskPages(
            Policies policies, PolicyDesk desk, Attachments attachments, Areas areas, Once once, InstantSource clock) {
        this.policies = policies;
        this.desk = desk;
        this.attachments = attachments;
        this.areas = areas;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/policies/new")
    ModelAndView form(Reader reader) {
        PolicyDesk.keepers(reader);
        var form = Form.with(Map.of("issuedOn", today(), "validFrom", today()));
        return edit(reader, null, form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/policies")
    ModelAndView add(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        PolicyDesk.keepers(reader);
        var form = Form.of(values);
        try {
            var draft = draft(form);
            var id = once.run(reader, key, form, () -> String.valueOf(desk.add(reader, draft)));
            return new ModelAndView("redirect:/policies/" + id + "?done=added");
        } catch (Refusal refusal) {
            return edit(reader, null, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/policies/{id}/edit")
    ModelAndView form(Reader reader, @PathVariable long id) {
        var policy = mine(reader, id);
        return edit(reader, policy, filled(policy), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/policies/{id}/edit")
    ModelAndView amend(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var policy = mine(reader, id);
        var form = Form.of(values);
        try {
            desk.amend(reader, id, version(form), draft(form));
            return new ModelAndView("redirect:/policies/" + id + "?done=amended");
        } catch (Refusal refusal) {
            return edit(reader, policy, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/policies/{id}/end")
    ModelAndView ending(Reader reader, @PathVariable long id) {
        var policy = mine(reader, id);
        var form = Form.with(Map.of("until", today(), "version", policy.version()));
        return end(policy, form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/policies/{id}/end")
    ModelAndView end(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var policy = mine(reader, id);
        var form = Form.of(values);
        try {
            var until = form.neededDay("until", "请填从哪一天起失效。");
            var basis = form.text("basis", 300, "请写凭哪份文件或哪个决定失效。");
            form.check();
            desk.end(reader, id, version(form), until, basis);
            return new ModelAndView("redirect:/policies/" + id + "?done=ended");
        } catch (Refusal refusal) {
            return end(policy, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/policies/{id}/correct-end")
    ModelAndView correctingEnd(Reader reader, @PathVariable long id) {
        var policy = mine(reader, id);
        var until = policy.validUntil();
        var form = Form.with(Map.of("until", until == null ? "" : until, "version", policy.version()));
        return correctEnd(policy, form, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/policies/{id}/correct-end")
    ModelAndView correctEnd(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var policy = mine(reader, id);
        var form = Form.of(values);
        try {
            var until = form.day("until");
            var reason = form.text("reason", 300, "请写错在哪里，凭什么改。");
            form.check();
            desk.correctEnd(reader, id, version(form), until, reason);
            return new ModelAndView("redirect:/policies/" + id + "?done=end_corrected");
        } catch (Refusal refusal) {
            return correctEnd(policy, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/policies/{id}/files/{file}/withdraw")
    ModelAndView withdraw(
            Reader reader,
            @PathVariable long id,
            @PathVariable UUID file,
            @RequestParam MultiValueMap<String, String> values) {
        var policy = mine(reader, id);
        var form = Form.of(values);
        try {
            var reason = form.text("reason", 300, "请写为什么撤下。");
            form.check();
            desk.withdraw(reader, id, file, reason);
            return new ModelAndView("redirect:/policies/" + id + "?done=withdrawn");
        } catch (Refusal refusal) {
            return file(policy, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/policies/{id}/file")
    ModelAndView file(Reader reader, @PathVariable long id) {
        return file(mine(reader, id), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/policies/{id}/file")
    ModelAndView file(
            Reader reader, @PathVariable long id, @RequestParam(required = false) @Nullable MultipartFile file) {
        var policy = mine(reader, id);
        try {
            if (file == null || file.isEmpty()) {
                throw Refusal.of("file", "请选一个 PDF 文件。");
            }
            var kept =
                    attachments.store(reader, PolicyDesk.district(policy.area()), file, Attachments.Purpose.DOCUMENT);
            desk.attach(reader, id, kept);
            return new ModelAndView("redirect:/policies/" + id + "?done=file");
        } catch (Refusal refusal) {
            return file(policy, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Policy.Draft draft(Form form) {
        var kind = PolicyKind.find(form.get("kind"));
        if (kind == null) {
            form.wrong("kind", "请选是哪一种文件。");
        }
        var number = form.optional("number", 60);
        var title = form.text("title", 120, "请填标题。");
        var issuer = form.text("issuer", 60, "请填谁印发的。");
        var area = form.text("area", 12, "请选在哪里施行。");
        var issued = form.neededDay("issuedOn", "请填印发的日子。");
        var valid = form.neededDay("validFrom", "请填施行的日子。");
        var link = form.optional("link", 300);
        var summary = form.words("summary", 500);
        form.check();
        return new Policy.Draft(
                number,
                title,
                issuer,
                area,
                java.util.Objects.requireNonNull(kind),
                id(form.get("partOf")),
                id(form.get("supersedes")),
                issued,
                valid,
                link,
                summary);
    }

    private static @Nullable Long id(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static Form filled(Policy policy) {
        var values = new HashMap<String, Object>();
        values.put("number", policy.number() == null ? "" : policy.number());
        values.put("title", policy.title());
        values.put("issuer", policy.issuer());
        values.put("area", policy.area());
        values.put("kind", policy.kind().code());
        values.put("partOf", policy.partOf() == null ? "" : policy.partOf());
        values.put("supersedes", policy.supersedes() == null ? "" : policy.supersedes());
        values.put("issuedOn", policy.issuedOn());
        values.put("validFrom", policy.validFrom());
        values.put("link", policy.link() == null ? "" : policy.link());
        values.put("summary", policy.summary());
        values.put("version", policy.version());
        return Form.with(values);
    }

    private Policy mine(Reader reader, long id) {
        PolicyDesk.keepers(reader);
        return policies.one(id)
                .filter(policy -> PolicyDesk.keeps(reader, policy.area()))
                .orElseThrow(() -> new Missing("没有这份文件，或不归您管。"));
    }

    private ModelAndView edit(Reader reader, @Nullable Policy policy, Form form, FormErrors errors, HttpStatus status) {
        var scope = PolicyDesk.keepers(reader);
        var here = scope.areas().getFirst();
        var model = new HashMap<String, Object>();
        model.put("policy", policy);
        model.put("form", form);
        model.put("errors", errors);
        model.put("areas", areas.seats(scope));
        model.put("kinds", PolicyKind.values());
        model.put("series", others(policies.choices(here, true), policy));
        model.put("older", others(policies.choices(here, false), policy));
        return new ModelAndView("registry/policy/edit", model, status);
    }

    private static List<Policies.Named> others(List<Policies.Named> all, @Nullable Policy but) {
        return all.stream().filter(one -> but == null || one.id() != but.id()).toList();
    }

    private static ModelAndView end(Policy policy, Form form, FormErrors errors, HttpStatus status) {
        return new ModelAndView(
                "registry/policy/end", new HashMap<>(Map.of("policy", policy, "form", form, "errors", errors)), status);
    }

    private static ModelAndView correctEnd(Policy policy, Form form, FormErrors errors, HttpStatus status) {
        return new ModelAndView(
                "registry/policy/correct-end",
                new HashMap<>(Map.of("policy", policy, "form", form, "errors", errors)),
                status);
    }

    private ModelAndView file(Policy policy, FormErrors errors, HttpStatus status) {
        var files = attachments.list(
                PolicyDesk.district(policy.area()), PolicyDesk.OWNER_KIND, String.valueOf(policy.id()));
        return new ModelAndView(
                "registry/policy/file",
                new HashMap<>(Map.of("policy", policy, "files", files, "errors", errors)),
                status);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
