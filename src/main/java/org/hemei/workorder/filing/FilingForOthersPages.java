package org.hemei.workorder.filing;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.desk.Done;
import org.hemei.workorder.desk.Typed;
import org.hemei.workorder.incident.IncidentId;
import org.hemei.workorder.incident.IncidentOrders;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 代居民点单: one page for somebody who phones, walks in, or for what a patrol found; likely duplicates stand beside it. */
@Controller
class FilingForOthersPages {

    private final FilingForOthersQueries queries;
    private final SubmissionDesk desk;
    private final IncidentOrders incidents;
    private final Attachments attachments;

    FilingForOthersPages(
            FilingForOthersQueries queries, SubmissionDesk desk, IncidentOrders incidents, Attachments attachments) {
        this.queries = queries;
        this.desk = desk;
        this.incidents = incidents;
        this.attachments = attachments;
    }

    @GetMapping("/desk/orders/new")
    ModelAndView form(Reader reader) {
        Role.required(reader, Role.COMMUNITY);
        return page(reader, Typed.fresh(), FormErrors.NONE);
    }

    /**
     * Files the order; or, with {@code go=look}, only looks up the buildings and the likely duplicates. Never by GET: what
     * people say and their phone have no place in an address.
     */
    @PostMapping("/desk/orders/new")
    ModelAndView file(
            Reader reader,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        Role.required(reader, Role.COMMUNITY);
        var typed = Typed.of(form);
        if (typed.drops() || typed.get("go").equals("look")) {
            return page(reader, typed, FormErrors.NONE);
        }
        if (!typed.get("agree").isEmpty()) {
            typed.values().set("category", typed.get("agree"));
            return page(reader, typed, FormErrors.NONE);
        }
        return FormAnswer.of(
                () -> {
                    typed.take(attachments, reader, FilingForOthersQueries.district(reader), "photos", files);
                    var said = submission(typed);
                    var incident = typed.get("incident").isEmpty() ? null : incident(typed.get("incident"));
                    if (incident != null) {
                        incidents.check(reader, incident, said.estate(), said.building(), said.category());
                    }
                    var id = desk.submit(reader, typed.get("_once"), said);
                    if (incident != null) {
                        incidents.attachFiled(reader, incident, id);
                    }
                    return Done.next("", Verb.SUBMIT, id);
                },
                errors -> page(reader, typed, errors));
    }

    private static IncidentId incident(String text) {
        try {
            return IncidentId.valueOf(text);
        } catch (Missing | NumberFormatException noIncident) {
            throw Refusal.of("incident", "没有这个通知。请重新选。");
        }
    }

    private static SubmissionDesk.Submission submission(Typed typed) {
        return new SubmissionDesk.Submission(
                Objects.requireNonNullElse(typed.number("estate"), 0L),
                typed.number("building"),
                typed.number("unit"),
                typed.get("category"),
                typed.get("words"),
                typed.get("place"),
                typed.get("anonymous").equals("on"),
                typed.photos("photos"),
                // a resident's own channel is not for the desk to claim
                typed.get("channel").equals("resident") ? "" : typed.get("channel"),
                typed.get("callerName"),
                typed.get("callerPhone"));
    }

    private ModelAndView page(Reader reader, Typed typed, FormErrors errors) {
        var page = new ModelAndView("workorder/filing/for-others");
        page.addObject("typed", typed);
        page.addObject("errors", errors);
        page.addObject("offer", queries.offer(reader, typed));
        page.addObject("once", typed.get("_once").isEmpty() ? UUID.randomUUID().toString() : typed.get("_once"));
        return page;
    }
}
