package org.hemei.evaluation.inspection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.evaluation.inspection.Inspection.Found;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 现场检查, for the assessor on a tablet: what is left, the checklist, and to whom one is tied. */
@Controller
class InspectionPages {

    private static final int PAGE = 30;
    private static final String UUIDS = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Resource WORKER = new ClassPathResource("static/assets/tablet-worker.js");

    private final Inspections inspections;
    private final InspectionDesk desk;
    private final AssessorTies ties;
    private final TieDesk tieDesk;
    private final LateTieDesk late;
    private final LookReports reports;
    private final NarrowingAreas areas;
    private final Attachments attachments;

    InspectionPages(
            Inspections inspections,
            InspectionDesk desk,
            AssessorTies ties,
            TieDesk tieDesk,
            LateTieDesk late,
            LookReports reports,
            NarrowingAreas areas,
            Attachments attachments) {
        this.areas = areas;
        this.reports = reports;
        this.inspections = inspections;
        this.desk = desk;
        this.ties = ties;
        this.tieDesk = tieDesk;
        this.late = late;
        this.attachments = attachments;
    }

    @GetMapping("/inspections")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        return list(
                reader, Inspections.Wanted.of(query), query.getOrDefault("after", ""), Form.empty(), FormErrors.NONE);
    }

    private ModelAndView list(Reader reader, Inspections.Wanted wanted, String after, Form form, FormErrors errors) {
        var scope = ties.asked(reader.account())
                ? reader.scope(
                        Role.ASSESSOR) // also of before: whoever is asked about a tie of theirs reads it and answers
                : Role.required(reader, Role.ASSESSOR);
        var from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var found = inspections.list(reader.account(), wanted, from, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = new HashMap<String, Object>();
        model.put("assesses", !scope.isEmpty());
        model.put("inspections", shown);
        model.put("open", inspections.open(reader.account()));
        model.put("wanted", wanted);
        model.put("areas", areas.of(scope));
        model.put("given", inspections.given(reader.account()));
        model.put("next", found.size() > PAGE ? shown.getLast().id() : null);
        model.put("first", from == 0);
        model.put("companies", ties.choices(reader.account(), scope.patterns()));
        model.putAll(late.mine(reader.account()));
        model.put("form", form);
        model.put("errors", errors);
        return new ModelAndView("evaluation/inspection/list", model);
    }

    /** 利益冲突, said by the assessor. */
    @PostMapping("/inspections/ties")
    ModelAndView tied(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var scope = Role.required(reader, Role.ASSESSOR);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var meant =
                            AssessorTies.meant(ties.choices(reader.account(), scope.patterns()), form.get("company"));
                    if (meant == 0) {
                        throw Refusal.of("company", AssessorTies.WHICH);
                    }
                    tieDesk.declare(reader, meant, scope.patterns(), form.get("kind"));
                    return "/inspections?done=tied";
                },
                errors -> list(reader, Inspections.Wanted.NOW, "", form, errors));
    }

    /** What the assessor says to a tie that somebody found after the scores were public. */
    @PostMapping("/inspections/ties/answer")
    ModelAndView answered(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        if (!ties.asked(reader.account())) {
            Role.required(reader, Role.ASSESSOR);
        }
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var tie = form.get("tie");
                    if (!tie.matches("\\d{1,18}-\\d{1,18}")) {
                        throw Refusal.of("没有等您说明的，或您已经说明过了。");
                    }
                    var cut = tie.indexOf('-');
                    late.answer(
                            reader,
                            Long.parseLong(tie.substring(0, cut)),
                            Long.parseLong(tie.substring(cut + 1)),
                            form.get("answer"));
                    return "/inspections?done=answered";
                },
                errors -> list(reader, Inspections.Wanted.NOW, "", form, errors));
    }

    @GetMapping("/inspections/{id:\\d{1,18}}")
    ModelAndView inspection(Reader reader, @PathVariable long id) {
        var inspection = mine(reader, id);
        return inspection(inspection, reported(inspection, Map.of()), FormErrors.NONE, null);
    }

    /** The form with what was reported last. */
    private Form reported(Inspection inspection, Map<String, String> more) {
        var values = new HashMap<String, Object>(more);
        values.put("version", inspection.version());
        inspections.found(inspection.id()).forEach((item, found) -> {
            values.put("level-" + item, found.level());
            values.put("note-" + item, found.note());
        });
        return Form.with(values);
    }

    @PostMapping("/inspections/{id:\\d{1,18}}/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var inspection = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var photo = form.get("photo");
                    if (photos(inspection).isEmpty()) {
                        throw Refusal.of("这次检查没有报上来的照片，没有可撤的。");
                    }
                    if (!photo.matches(UUIDS)) {
                        var reasons = new ArrayList<>(List.of(new Refusal.Reason("photo", "请选要撤的照片。")));
                        InspectionDesk.unsaid(form.get("reason")).ifPresent(reasons::add);
                        throw new Refusal(reasons);
                    }
                    desk.withdraw(reader, id, UUID.fromString(photo), form.get("reason"));
                    return inspection.path() + "?done=withdrawn";
                },
                errors -> inspection(
                        inspection,
                        reported(inspection, Map.of("photo", form.get("photo"), "reason", form.get("reason"))),
                        errors,
                        null));
    }

    private List<Attachment> photos(Inspection inspection) {
        return attachments.list(inspection.district(), InspectionDesk.KIND, String.valueOf(inspection.id()));
    }

    private ModelAndView inspection(Inspection inspection, Form form, FormErrors errors, @Nullable Stale stale) {
        var model = new HashMap<String, Object>();
        model.put("inspection", inspection);
        model.put("items", desk.items(inspection));
        model.put("photos", photos(inspection));
        model.put("earlier", reports.earlier(inspection.id()));
        model.put("form", form);
        model.put("errors", errors);
        model.put("stale", stale);
        return new ModelAndView("evaluation/inspection/inspection", model);
    }

    @PostMapping("/inspections/{id:\\d{1,18}}")
    ModelAndView report(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        var inspection = mine(reader, id);
        var kept = new LinkedMultiValueMap<>(values);
        var dropped = kept.getFirst("drop");
        if (dropped != null && !dropped.isEmpty()) {
            kept.remove("drop");
            kept.values().forEach(list -> list.removeIf(dropped::equals));
            return inspection(inspection, Form.of(kept), FormErrors.NONE, null);
        }
        return FormAnswer.of(
                () -> {
                    take(reader, inspection, files, kept);
                    var form = Form.of(kept);
                    desk.report(reader, id, version(form), found(inspection, form), spot(form), ids(kept));
                    // which look, for the tablet that keeps what was not reported
                    return "/inspections?done=reported&of=" + id + "-" + version(form);
                },
                errors -> inspection(inspection, Form.of(kept), errors, null),
                stale -> inspection(inspection, Form.of(kept), FormErrors.NONE, stale));
    }

    private Map<String, Found> found(Inspection inspection, Form form) {
        Map<String, Found> found = new HashMap<>();
        for (var item : desk.items(inspection)) {
            var level = form.get("level-" + item.code());
            if (!level.isEmpty()) {
                found.put(item.code(), new Found(level, form.get("note-" + item.code())));
            }
        }
        return found;
    }

    /** Photos that came with the form itself count as chosen from then on, also when the form is refused. */
    private void take(
            Reader reader,
            Inspection inspection,
            @Nullable List<MultipartFile> files,
            MultiValueMap<String, String> kept) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                kept.add(
                        "photos",
                        attachments
                                .store(reader, inspection.district(), file, Attachments.Purpose.PHOTO)
                                .toString());
            }
        }
    }

    private static List<UUID> ids(MultiValueMap<String, String> kept) {
        List<UUID> ids = new ArrayList<>();
        for (var text : kept.getOrDefault("photos", List.of())) {
            if (!text.matches(UUIDS)) {
                throw Refusal.of("photos", "有照片没传好。请重新传。");
            }
            ids.add(UUID.fromString(text));
        }
        return ids;
    }

    /** Filled in by script when the assessor allows it; without it nothing is missing. */
    private static InspectionDesk.@Nullable Spot spot(Form form) {
        var longitude = form.get("longitude");
        var latitude = form.get("latitude");
        if (!longitude.matches("\\d{2,3}\\.\\d{1,8}") || !latitude.matches("\\d{1,2}\\.\\d{1,8}")) {
            return null;
        }
        var east = millionths(longitude);
        var north = millionths(latitude);
        var inside = east >= 73_000_000 && east <= 136_000_000 && north >= 3_000_000 && north <= 54_000_000;
        return inside ? new InspectionDesk.Spot(east, north) : null;
    }

    private static int millionths(String degrees) {
        return new BigDecimal(degrees).movePointRight(6).intValue();
    }

    private static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private Inspection mine(Reader reader, long id) {
        Role.required(reader, Role.ASSESSOR);
        return inspections.find(id, reader.account()).orElseThrow(() -> new Missing("没有这次检查，或已经换了人。"));
    }

    /** What keeps these pages on a tablet for places without a network; it also works for the list that lies above it. */
    @GetMapping("/inspections/worker.js")
    ResponseEntity<Resource> worker(Reader reader) {
        Role.required(reader, Role.ASSESSOR);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
                .header("Service-Worker-Allowed", "/inspections")
                .cacheControl(CacheControl.noCache())
                .body(WORKER);
    }
}
