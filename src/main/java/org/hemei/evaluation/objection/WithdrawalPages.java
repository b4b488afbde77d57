package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 书面撤回异议: what a company without an account takes back on paper, entered by whoever runs the campaign. */
@Controller
class WithdrawalPages {

    private final Objections objections;
    private final ObjectionPages pages;
    private final WithdrawalDesk desk;
    private final Documents documents;
    private final InstantSource clock;

    WithdrawalPages(
            Objections objections,
            ObjectionPages pages,
            WithdrawalDesk desk,
            Documents documents,
            InstantSource clock) {
        this.objections = objections;
        this.pages = pages;
        this.desk = desk;
        this.documents = documents;
        this.clock = clock;
    }

    @PostMapping("/objections/{id:\\d{1,18}}/withdrawal")
    ModelAndView withdrawn(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(name = "papers", required = false) @Nullable List<MultipartFile> files) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        var objection = objections.find(reader, id, clock.instant()).orElseThrow(() -> new Missing("没有这件异议，或不归您看。"));
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var day = form.day("withdrawnOn");
                    form.check();
                    var scans = documents.store(reader, objection.district(), files, "papers");
                    desk.withdrawn(reader, id, ObjectionPages.version(form), day, scans);
                    return objection.path() + "?done=1";
                },
                errors -> pages.objection(
                        reader,
                        objection,
                        form,
                        objection.state() == Objection.State.FILED ? errors : errors.atTop(),
                        null),
                stale -> pages.objection(reader, objection, form, FormErrors.NONE, stale));
    }

    /** 撤回录错了: it waits for its answer again. */
    @PostMapping("/objections/{id:\\d{1,18}}/restore")
    ModelAndView restored(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        var objection = objections.find(reader, id, clock.instant()).orElseThrow(() -> new Missing("没有这件异议，或不归您看。"));
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    desk.restored(reader, id, ObjectionPages.version(form), form.get("restoredWhy"));
                    return objection.path() + "?done=1";
                },
                errors -> pages.objection(
                        reader, objection, form, objection.withdrawnOn() == null ? errors.atTop() : errors, null),
                stale -> pages.objection(reader, objection, form, FormErrors.NONE, stale));
    }
}
