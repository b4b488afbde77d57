package org.hemei.workorder.dispute;

import org.hemei.platform.Reader;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.OrderId;
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

/** 退单: the holder's form, the community's two answers, the street's ruling. */
@Controller
class DisputePages {

    private final OrderForms forms;
    private final DisputeDesk desk;

    DisputePages(OrderForms forms, DisputeDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/request-return")
    ModelAndView requestForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REQUEST_RETURN), Typed.of(query));
    }

    @PostMapping("/orders/{id}/request-return")
    ModelAndView request(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REQUEST_RETURN),
                typed,
                () -> desk.request(reader, id, typed.version(), typed.get("ground"), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/grant-return")
    ModelAndView grantForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.GRANT_RETURN), Typed.of(query));
    }

    /** With another holder chosen it is sent there in the same stroke. */
    @PostMapping("/orders/{id}/grant-return")
    ModelAndView grant(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.GRANT_RETURN), typed, () -> {
            if (typed.get("holder").isEmpty()) {
                desk.grant(reader, id, typed.version(), typed.get("words"));
            } else {
                var holder = typed.chosen("holder", "请选改派给谁，或先放回待派单。");
                desk.grantTo(reader, id, typed.version(), typed.get("words"), holder);
            }
        });
    }

    @GetMapping("/orders/{id}/refuse-return")
    ModelAndView refuseForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REFUSE_RETURN), Typed.of(query));
    }

    @PostMapping("/orders/{id}/refuse-return")
    ModelAndView refuse(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REFUSE_RETURN),
                typed,
                () -> desk.refuse(reader, id, typed.version(), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/rule")
    ModelAndView ruleForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.RULE), Typed.of(query));
    }

    @PostMapping("/orders/{id}/rule")
    ModelAndView rule(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.RULE),
                typed,
                () -> desk.rule(reader, id, typed.version(), typed.chosen("holder", "请选裁定由谁办。"), typed.get("reason")));
    }
}
