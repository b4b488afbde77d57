package org.hemei.workorder.supervision;

import org.hemei.platform.Reader;
import org.hemei.workorder.InstructionDesk;
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

/** 批示: written down on an order by those above, answered by whom it names. */
@Controller
class InstructionPages {

    private final OrderForms forms;
    private final InstructionDesk desk;

    InstructionPages(OrderForms forms, InstructionDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/instruct")
    ModelAndView instructForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.INSTRUCT), Typed.of(query));
    }

    @PostMapping("/orders/{id}/instruct")
    ModelAndView instruct(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.INSTRUCT),
                typed,
                () -> desk.instruct(reader, id, typed.version(), said(typed)));
    }

    private static InstructionDesk.Instruction said(Typed typed) {
        return new InstructionDesk.Instruction(
                typed.get("leader"),
                typed.day("said_on"),
                typed.get("words"),
                typed.get("addressee"),
                typed.day("due"),
                typed.get("supervise").equals("1"));
    }

    @GetMapping("/orders/{id}/marks/{mark}/answer")
    ModelAndView answerForm(Reader reader, @PathVariable OrderId id, @PathVariable long mark) {
        return forms.page(reader, id, new Form(Verb.ANSWER_INSTRUCTION, mark), Typed.fresh());
    }

    @PostMapping("/orders/{id}/marks/{mark}/answer")
    ModelAndView answer(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable long mark,
            @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                new Form(Verb.ANSWER_INSTRUCTION, mark),
                typed,
                () -> desk.answer(reader, id, typed.version(), mark, typed.get("words")));
    }
}
