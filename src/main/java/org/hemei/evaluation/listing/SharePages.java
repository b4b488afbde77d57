package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 共享: what can be handed on and what cannot, handing it on as a file, and who received what. */
@Controller
class SharePages {

    private final ShareDesk desk;
    private final Shares shares;
    private final ShareFile file;
    private final Once once;
    private final InstantSource clock;

    SharePages(ShareDesk desk, Shares shares, ShareFile file, Once once, InstantSource clock) {
        this.desk = desk;
        this.shares = shares;
        this.file = file;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/listings/shares")
    ModelAndView show(Reader reader, @RequestParam Map<String, String> query) {
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.valueOf(query.get("after")) : null;
        return page(reader, after, Form.empty(), FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, @Nullable Long after, Form form, FormErrors errors) {
        var scope = Role.required(reader, Role.HOUSING, Role.DISTRICT, Role.CITY);
        var log = desk.log(reader, after);
        var shown = log.stream().limit(Shares.PAGE).toList();
        var page = new ModelAndView("evaluation/listing/shares");
        var standing = shares.standing(scope.patterns(), CivilTime.date(clock.instant()));
        page.addObject("standing", standing);
        page.addObject("log", shown);
        page.addObject("more", log.size() > Shares.PAGE ? shown.getLast().id() : null);
        page.addObject("first", after == null);
        page.addObject("hands", !reader.scope(Role.HOUSING).isEmpty());
        page.addObject("form", form);
        // without anything to share there is no form, and no field to lead to
        page.addObject("errors", standing.stream().anyMatch(Shares.Standing::shared) ? errors : errors.atTop());
        return page;
    }

    /** The answer is the file itself; what keeps it back is told on the page. */
    @PostMapping("/listings/shares")
    Object hand(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.HOUSING);
        var form = Form.of(values);
        try {
            var recipient = form.text("recipient", 60, "请写交给哪个单位、哪个系统。");
            var purpose = form.text("purpose", 200, "请写拿来做什么。");
            var format = form.get("format").equals("json") ? "json" : "csv";
            form.check();
            var share = Long.parseLong(once.run(
                    reader,
                    form.get("_once"),
                    form,
                    () -> String.valueOf(desk.hand(reader, recipient, purpose, format))));
            return ResponseEntity.ok()
                    .contentType(
                            format.equals("csv")
                                    ? MediaType.parseMediaType("text/csv;charset=UTF-8")
                                    : MediaType.APPLICATION_JSON)
                    .header("Content-Disposition", "attachment; filename=\"listings-" + share + "." + format + "\"")
                    .header("Cache-Control", "no-store")
                    .body(file.of(format, new ShareFile.Content(desk.held(reader, share), desk.ended(reader))));
        } catch (org.hemei.platform.Refusal refused) {
            var page = page(reader, null, form, FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }
}
