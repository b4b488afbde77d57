package org.hemei.platform.privacy;

import java.util.List;
import java.util.Map;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.TodoSource;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 个人信息请求: what people ask about their data, by deadline, answered in writing by those who know them. */
@Controller
class PrivacyPages implements NavEntry, TodoSource {

    private final PrivacyRequests requests;
    private final Holdings holdings;
    private final PrivacyDesk desk;

    PrivacyPages(PrivacyRequests requests, Holdings holdings, PrivacyDesk desk) {
        this.requests = requests;
        this.holdings = holdings;
        this.desk = desk;
    }

    @Override
    public List<Item> items(Reader reader) {
        return PrivacyRequests.answers(reader)
                ? List.of(new Item("居民", 220, "/privacy/requests", "个人信息请求", "shield", waiting(reader)))
                : List.of();
    }

    @Override
    public int waiting(Reader reader) {
        return PrivacyRequests.answers(reader) ? requests.open(reader) : 0;
    }

    @GetMapping("/privacy/requests")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        gate(reader);
        var open = !"answered".equals(query.get("state"));
        var text = query.getOrDefault("after", "");
        var after = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        var rows = requests.waiting(reader, open, after, PrivacyRequests.PAGE + 1);
        var model = new ModelAndView("platform/privacy/requests");
        model.addObject("rows", rows.stream().limit(PrivacyRequests.PAGE).toList());
        model.addObject("days", desk.days());
        model.addObject("open", open);
        model.addObject("after", after);
        model.addObject(
                "next",
                rows.size() > PrivacyRequests.PAGE
                        ? rows.get(PrivacyRequests.PAGE - 1).id()
                        : 0L);
        return model;
    }

    static void gate(Reader reader) {
        if (!PrivacyRequests.answers(reader)) {
            throw new AccessDeniedException("none of the roles this page is for");
        }
    }

    @GetMapping("/privacy/requests/{id:\\d{1,18}}")
    ModelAndView one(Reader reader, @PathVariable long id) {
        gate(reader);
        return page(reader, id, Form.empty(), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/privacy/requests/{id:\\d{1,18}}/answer")
    ModelAndView answer(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        gate(reader);
        var form = Form.of(typed);
        requests.one(reader, id, false);
        try {
            var words = form.words("words", 500);
            var name = form.optional("name", 20);
            var phone = form.optional("phone", 11);
            if (!form.get("agreed").matches("yes|no")) {
                form.wrong("agreed", "请选办还是不办。");
            }
            form.check();
            var version = form.get("version").matches("\\d{1,9}") ? Integer.parseInt(form.get("version")) : -1;
            var ground = Ground.of(form.get("ground")).orElse(null);
            desk.answer(
                    reader,
                    id,
                    version,
                    new PrivacyDesk.Answer(form.get("agreed").equals("yes"), ground, words, name, phone));
            return FormAnswer.seeOther("/privacy/requests/" + id);
        } catch (Refusal refusal) {
            return page(reader, id, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors, HttpStatus status) {
        var request = requests.one(reader, id, false);
        var model = new ModelAndView("platform/privacy/request", status);
        model.addObject("request", request);
        model.addObject(
                "stays",
                request.open() && request.kind() == PrivacyRequest.Kind.ERASURE
                        ? holdings.stays(request.person())
                        : List.of());
        model.addObject("form", form);
        model.addObject("errors", errors);
        return model;
    }
}
