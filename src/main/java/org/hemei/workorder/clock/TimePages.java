package org.hemei.workorder.clock;

import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 延期、挂起、恢复: the holder's forms and the answers of whoever decides. */
@Controller
class TimePages {

    private final TimeDesk desk;

    TimePages(TimeDesk desk) {
        this.desk = desk;
    }

    @GetMapping({
        "/orders/{id}/ask-extension",
        "/orders/{id}/grant-extension",
        "/orders/{id}/refuse-extension",
        "/orders/{id}/ask-suspension",
        "/orders/{id}/grant-suspension",
        "/orders/{id}/refuse-suspension",
        "/orders/{id}/resume"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/ask-extension")
    ModelAndView askExtension(OrderSheet sheet) {
        return sheet.act(version -> {
            var days = sheet.get("days").strip();
            desk.askExtension(
                    sheet.reader(),
                    sheet.id(),
                    version,
                    days.matches("\\d{1,3}") ? Integer.valueOf(days) : null,
                    sheet.get("reason"));
        });
    }

    @PostMapping("/orders/{id}/grant-extension")
    ModelAndView grantExtension(OrderSheet sheet) {
        return sheet.act(version -> desk.grantExtension(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/refuse-extension")
    ModelAndView refuseExtension(OrderSheet sheet) {
        return sheet.act(version -> desk.refuseExtension(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/ask-suspension")
    ModelAndView askSuspension(OrderSheet sheet) {
        return sheet.act(version -> desk.askSuspension(
                sheet.reader(),
                sheet.id(),
                version,
                sheet.get("obstacle"),
                sheet.typed().day("until"),
                sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/grant-suspension")
    ModelAndView grantSuspension(OrderSheet sheet) {
        return sheet.act(version -> desk.grantSuspension(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/refuse-suspension")
    ModelAndView refuseSuspension(OrderSheet sheet) {
        return sheet.act(version -> desk.refuseSuspension(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/resume")
    ModelAndView resume(OrderSheet sheet) {
        return sheet.act(version -> desk.resume(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }
}
