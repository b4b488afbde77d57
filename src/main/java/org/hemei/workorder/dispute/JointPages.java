package org.hemei.workorder.dispute;

import org.hemei.workorder.JointDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 联合办理: the community names co-responsible bodies, and takes one back. */
@Controller
class JointPages {

    private final JointDesk desk;

    JointPages(JointDesk desk) {
        this.desk = desk;
    }

    @GetMapping({"/orders/{id}/share", "/orders/{id}/assists/{assist}/release"})
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/share")
    ModelAndView share(OrderSheet sheet) {
        return sheet.act(version -> desk.share(
                sheet.reader(),
                sheet.id(),
                version,
                sheet.typed().chosen("body", "请选请哪一家。"),
                sheet.get("what"),
                sheet.typed().byClose("due")));
    }

    @PostMapping("/orders/{id}/assists/{assist}/release")
    ModelAndView release(OrderSheet sheet) {
        return sheet.act(
                version -> desk.release(sheet.reader(), sheet.id(), version, sheet.part(), sheet.get("reason")));
    }
}
