package org.hemei.workorder.clock;

import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.desk.OrderForms;
import org.hemei.workorder.desk.OrderForms.Form;
import org.hemei.workorder.desk.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 延期、挂起、恢复: the holder's forms and the answers of whoever decides. */
@Controller
class TimePages {

    private final OrderForms forms;
    private final TimeDesk desk;

    TimePages(OrderForms forms, TimeDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/ask-extension")
    ModelAndView askExtensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ASK_EXTENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/ask-extension")
    ModelAndView askExtension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.ASK_EXTENSION), typed, () -> {
            var days = typed.get("days").strip();
            desk.askExtension(
                    reader,
                    id,
                    typed.version(),
                    days.matches("\\d{1,3}") ? Integer.valueOf(days) : null,
                    typed.get("reason"));
        });
    }

    @GetMapping("/orders/{id}/grant-extension")
    ModelAndView grantExtensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.GRANT_EXTENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/grant-extension")
    ModelAndView grantExtension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.GRANT_EXTENSION),
                typed,
                () -> desk.grantExtension(reader, id, typed.version(), typed.get("words")));
    }

    @GetMapping("/orders/{id}/refuse-extension")
    ModelAndView refuseExtensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REFUSE_EXTENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/refuse-extension")
    ModelAndView refuseExtension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REFUSE_EXTENSION),
                typed,
                () -> desk.refuseExtension(reader, id, typed.version(), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/ask-suspension")
    ModelAndView askSuspensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ASK_SUSPENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/ask-suspension")
    ModelAndView askSuspension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.ASK_SUSPENSION),
                typed,
                () -> desk.askSuspension(
                        reader, id, typed.version(), typed.get("obstacle"), typed.day("until"), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/grant-suspension")
    ModelAndView grantSuspensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.GRANT_SUSPENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/grant-suspension")
    ModelAndView grantSuspension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.GRANT_SUSPENSION),
                typed,
                () -> desk.grantSuspension(reader, id, typed.version(), typed.get("words")));
    }

    @GetMapping("/orders/{id}/refuse-suspension")
    ModelAndView refuseSuspensionForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REFUSE_SUSPENSION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/refuse-suspension")
    ModelAndView refuseSuspension(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REFUSE_SUSPENSION),
                typed,
                () -> desk.refuseSuspension(reader, id, typed.version(), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/resume")
    ModelAndView resumeForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.RESUME), Typed.of(query));
    }

    @PostMapping("/orders/{id}/resume")
    ModelAndView resume(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.RESUME),
                typed,
                () -> desk.resume(reader, id, typed.version(), typed.get("words")));
    }
}
