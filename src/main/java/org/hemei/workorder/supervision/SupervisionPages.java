package org.hemei.workorder.supervision;

import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SupervisionDesk;
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

/** 督办: the street asks for a written answer, the holder gives it, the street lifts it or sends it back. */
@Controller
class SupervisionPages {

    private final OrderForms forms;
    private final SupervisionDesk desk;

    SupervisionPages(OrderForms forms, SupervisionDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/supervise")
    ModelAndView superviseForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.SUPERVISE), Typed.of(query));
    }

    @PostMapping("/orders/{id}/supervise")
    ModelAndView supervise(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.SUPERVISE),
                typed,
                () -> desk.supervise(reader, id, typed.version(), typed.get("words")));
    }

    @GetMapping("/orders/{id}/answer-supervision")
    ModelAndView answerForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ANSWER_SUPERVISION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/answer-supervision")
    ModelAndView answer(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.ANSWER_SUPERVISION),
                typed,
                () -> desk.answer(reader, id, typed.version(), typed.get("words")));
    }

    @GetMapping("/orders/{id}/return-answer")
    ModelAndView sendBackForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.RETURN_ANSWER), Typed.of(query));
    }

    @PostMapping("/orders/{id}/return-answer")
    ModelAndView sendBack(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.RETURN_ANSWER),
                typed,
                () -> desk.sendBack(reader, id, typed.version(), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/lift-supervision")
    ModelAndView liftForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.LIFT_SUPERVISION), Typed.of(query));
    }

    @PostMapping("/orders/{id}/lift-supervision")
    ModelAndView lift(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.LIFT_SUPERVISION),
                typed,
                () -> desk.lift(reader, id, typed.version(), typed.get("words")));
    }
}
