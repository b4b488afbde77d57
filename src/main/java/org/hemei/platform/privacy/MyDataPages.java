package org.hemei.platform.privacy;

import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.privacy.PrivacyRequest.Kind;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** 我的个人信息: what is held about the reader, who saw it, a file of it, and requests to correct or erase it. */
@Controller
class MyDataPages {

    private final Holdings holdings;
    private final PrivacyRequests requests;
    private final PrivacyDesk desk;
    private final Once once;
    private final InstantSource clock;

    MyDataPages(Holdings holdings, PrivacyRequests requests, PrivacyDesk desk, Once once, InstantSource clock) {
        this.holdings = holdings;
        this.requests = requests;
        this.desk = desk;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/me/data")
    ModelAndView data(Reader reader) {
        var model = new ModelAndView("platform/privacy/data");
        model.addObject("desk", onDuty(reader));
        model.addObject("sections", holdings.held(reader.person()));
        model.addObject("reveals", holdings.reveals(reader.person()));
        model.addObject("requests", requests.own(reader));
        return model;
    }

    @GetMapping(path = "/me/data.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Map<String, Object> file(Reader reader, HttpServletResponse response) {
        var day = CivilTime.date(clock.instant());
        response.setHeader("Content-Disposition", "attachment; filename=\"my-data-" + day + ".json\"");
        response.setHeader("Cache-Control", "no-store");
        return holdings.document(reader);
    }

    @GetMapping("/me/requests/new")
    ModelAndView form(Reader reader, @RequestParam(defaultValue = "") String kind) {
        return page(reader, kind(kind), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/me/requests")
    ModelAndView ask(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        var kind = kind(form.get("kind"));
        return FormAnswer.of(
                () -> {
                    var words = form.words("words", 500);
                    form.check();
                    once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.ask(reader, kind, words)));
                    return "/me/data#requests";
                },
                errors -> page(reader, kind, form, errors));
    }

    @PostMapping("/me/requests/{id:\\d{1,18}}/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id) {
        desk.withdraw(reader, id);
        return FormAnswer.seeOther("/me/data#requests");
    }

    private ModelAndView page(Reader reader, Kind kind, Form form, FormErrors errors) {
        var model = new ModelAndView("platform/privacy/ask");
        model.addObject("desk", onDuty(reader));
        model.addObject("kind", kind);
        model.addObject("stays", kind == Kind.ERASURE ? holdings.stays(reader.person()) : java.util.List.of());
        model.addObject("due", desk.due(clock.instant()));
        model.addObject("form", form);
        model.addObject("errors", errors);
        return model;
    }

    private static Kind kind(String code) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElse(Kind.CORRECTION);
    }

    /** Whoever holds more than their own home reads at a desk. */
    private static boolean onDuty(Reader reader) {
        return reader.grants().stream().anyMatch(grant -> grant.unit() == null);
    }
}
