package org.hemei.evaluation.tender;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.pdf.Paper;
import org.hemei.platform.pdf.Pdfs;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.QrCode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 招投标参考: made by the bureau or a street, as a page and a paper; whoever has the paper can verify it. */
@Controller
class TenderPages implements NavEntry {

    private static final String ONE = "/tender-references/{id:\\d{1,18}}";

    private final TenderReferences references;
    private final TenderDesk desk;
    private final TenderCheck verification;
    private final Pdfs pdfs;
    private final Once once;
    private final NarrowingAreas areas;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final String address;

    TenderPages(
            TenderReferences references,
            TenderDesk desk,
            TenderCheck verification,
            Pdfs pdfs,
            Once once,
            NarrowingAreas areas,
            JdbcClient jdbc,
            InstantSource clock,
            @Value("${hemei.address}") String address) {
        this.references = references;
        this.desk = desk;
        this.verification = verification;
        this.pdfs = pdfs;
        this.once = once;
        this.areas = areas;
        this.jdbc = jdbc;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(Role.HOUSING, Role.STREET, Role.DISTRICT, Role.CITY).isEmpty()
                ? List.of()
                : List.of(new Item("测评", 74, "/tender-references", "招投标参考", "doc", null));
    }

    @GetMapping("/tender-references")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = readers(reader);
        var narrowing = Narrowing.of(query);
        model.addAttribute("narrowing", narrowing);
        model.addAttribute("areas", areas.of(scope));
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.valueOf(query.get("after")) : null;
        var found = references.list(scope.patterns(), narrowing, after, TenderReferences.PAGE + 1);
        model.addAttribute(
                "references", found.stream().limit(TenderReferences.PAGE).toList());
        model.addAttribute(
                "more",
                found.size() > TenderReferences.PAGE
                        ? Long.valueOf(found.get(TenderReferences.PAGE - 1).id())
                        : null);
        model.addAttribute("first", after == null);
        model.addAttribute("makes", !reader.scope(Role.HOUSING, Role.STREET).isEmpty());
        return "evaluation/tender/list";
    }

    /** Those for whom the list is. */
    static Scope readers(Reader reader) {
        return Role.required(reader, Role.HOUSING, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    @GetMapping("/tender-references/new")
    ModelAndView form(Reader reader) {
        return form(reader, Form.empty(), FormErrors.NONE);
    }

    private ModelAndView form(Reader reader, Form form, FormErrors errors) {
        var scope = Role.required(reader, Role.HOUSING, Role.STREET);
        var page = new ModelAndView("evaluation/tender/new");
        page.addObject(
                "areas",
                scope.areas().stream().distinct().sorted().map(this::area).toList());
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    /** Somewhere a report can be made for. */
    record Area(String code, String name) {}

    private Area area(String code) {
        return jdbc.sql("select code, name from area where code = ?")
                .param(code)
                .query(Area.class)
                .single();
    }

    @PostMapping("/tender-references")
    ModelAndView make(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.HOUSING, Role.STREET);
        var form = Form.of(values);
        return switch (form.get("do")) {
            case "edit" -> form(reader, form, FormErrors.NONE);
            case "sign" -> signed(reader, form);
            default -> seen(reader, form);
        };
    }

    /** What it will say, before it is signed and can never be changed again. */
    private ModelAndView seen(Reader reader, Form form) {
        try {
            var page = new ModelAndView("evaluation/tender/check");
            page.addObject("said", desk.look(reader, draft(form)));
            page.addObject("form", form);
            return page;
        } catch (Refusal refused) {
            var page = form(reader, form, FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private static TenderDesk.Draft draft(Form form) {
        var draft = new TenderDesk.Draft(
                form.text("area", 12, "请选哪里的。"),
                form.text("tender", 100, "请写招标项目的名称。"),
                form.text("tenderNumber", 60, "请写招标编号。"),
                form.text("purchaser", 100, "请写谁招标。"),
                form.words("bidders", 3000)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
        if (draft.bidders().isEmpty()) {
            form.wrong("bidders", Bidders.NEEDED);
        }
        form.check();
        return draft;
    }

    private ModelAndView signed(Reader reader, Form form) {
        return FormAnswer.of(
                () -> {
                    var draft = draft(form);
                    return "/tender-references/"
                            + once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.make(reader, draft)))
                            + "?done=1";
                },
                errors -> form(reader, form, errors));
    }

    @PostMapping(ONE + "/void")
    ModelAndView annul(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    desk.annul(reader, id, form.get("reason"));
                    return "/tender-references/" + id + "?done=void";
                },
                errors -> page(reader, id, form, errors));
    }

    private TenderReference reference(Reader reader, long id) {
        return references
                .find(id)
                .filter(found -> reader.scope(Role.HOUSING, Role.STREET, Role.DISTRICT, Role.CITY)
                        .covers(found.area()))
                .orElseThrow(() -> new Missing("没有这份参考，或它不归您看。"));
    }

    @GetMapping(ONE)
    ModelAndView one(Reader reader, @PathVariable long id) {
        return page(reader, id, Form.empty(), FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors) {
        var reference = reference(reader, id);
        var page = new ModelAndView("evaluation/tender/reference");
        page.addObject("reference", reference);
        page.addObject("said", reference.said());
        page.addObject("result", verification.of(reference));
        page.addObject("picture", QrCode.of(address + reference.verification()).svg());
        page.addObject("voids", reader.scope(Role.HOUSING, Role.STREET).covers(reference.area()));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    @GetMapping("/tender-references/{id:\\d{1,18}}.pdf")
    ResponseEntity<byte[]> paper(Reader reader, @PathVariable long id) {
        var reference = reference(reader, id);
        var said = reference.said();
        var paper = new Paper(
                "招投标参考：" + said.tender(),
                reference.number() + "　SM3 " + reference.sm3().substring(0, 16) + "…",
                false,
                demo(),
                clock.instant());
        var bytes = pdfs.make(
                "evaluation/tender/paper.jte",
                Map.of(
                        "paper", paper,
                        "reference", reference,
                        "said", said,
                        "code", QrCode.of(address + reference.verification()),
                        "address", address + "/tender-references/verify"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "attachment; filename=\"tender-reference-" + id + ".pdf\"")
                .header("Cache-Control", "no-store")
                .body(bytes);
    }

    private boolean demo() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }

    /** For everybody: by the number alone whether there is such a report and it is sound; by its code all it says as well. */
    @GetMapping("/tender-references/verify")
    String verify(@RequestParam Map<String, String> query, Model model) {
        var q = query.getOrDefault("q", "")
                .replaceAll("[\\p{Cntrl}\\p{Cs}]", " ")
                .strip();
        var asked = q.length() > 60 ? q.substring(0, 60) : q;
        var found = asked.isEmpty()
                ? null
                : references
                        .named(asked)
                        .or(() -> references.named(asked.toUpperCase(Locale.ROOT)))
                        .orElse(null);
        model.addAttribute("q", asked);
        model.addAttribute("reference", found);
        model.addAttribute("result", found == null ? null : verification.of(found));
        model.addAttribute("said", found == null ? null : found.said());
        model.addAttribute("whole", found != null && found.code().equals(asked.toUpperCase(Locale.ROOT)));
        return "evaluation/tender/verify";
    }
}
