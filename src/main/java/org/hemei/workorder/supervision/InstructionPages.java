package org.hemei.workorder.supervision;

import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.hemei.workorder.desk.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 批示: written down on an order by those above, answered by whom it names. */
@Controller
class InstructionPages {

    private final InstructionDesk desk;

    InstructionPages(InstructionDesk desk) {
        this.desk = desk;
    }

    @GetMapping({"/orders/{id}/instruct", "/orders/{id}/marks/{mark}/answer"})
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/instruct")
    ModelAndView instruct(OrderSheet sheet) {
        return sheet.act(version -> desk.instruct(sheet.reader(), sheet.id(), version, said(sheet.typed())));
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

    @PostMapping("/orders/{id}/marks/{mark}/answer")
    ModelAndView answer(OrderSheet sheet) {
        return sheet.act(version -> desk.answer(sheet.reader(), sheet.id(), version, sheet.part(), sheet.get("words")));
    }
}
