package org.hemei.workorder.supervision;

import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 督办: the street asks for a written answer, the holder gives it, the street lifts it or sends it back. */
@Controller
class SupervisionPages {

    private final SupervisionDesk desk;

    SupervisionPages(SupervisionDesk desk) {
        this.desk = desk;
    }

    @GetMapping({
        "/orders/{id}/supervise",
        "/orders/{id}/answer-supervision",
        "/orders/{id}/return-answer",
        "/orders/{id}/lift-supervision"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/supervise")
    ModelAndView supervise(OrderSheet sheet) {
        return sheet.act(version -> desk.supervise(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/answer-supervision")
    ModelAndView answer(OrderSheet sheet) {
        return sheet.act(version -> desk.answer(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/return-answer")
    ModelAndView sendBack(OrderSheet sheet) {
        return sheet.act(version -> desk.sendBack(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/lift-supervision")
    ModelAndView lift(OrderSheet sheet) {
        return sheet.act(version -> desk.lift(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }
}
