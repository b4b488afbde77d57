package org.hemei.workorder.dispute;

import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 退单: the holder's form, the community's two answers, the street's ruling. */
@Controller
class DisputePages {

    private final DisputeDesk desk;

    DisputePages(DisputeDesk desk) {
        this.desk = desk;
    }

    @GetMapping({
        "/orders/{id}/request-return",
        "/orders/{id}/grant-return",
        "/orders/{id}/refuse-return",
        "/orders/{id}/rule"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/request-return")
    ModelAndView request(OrderSheet sheet) {
        return sheet.act(
                version -> desk.request(sheet.reader(), sheet.id(), version, sheet.get("ground"), sheet.get("reason")));
    }

    /** With another holder chosen it is sent there in the same stroke. */
    @PostMapping("/orders/{id}/grant-return")
    ModelAndView grant(OrderSheet sheet) {
        return sheet.act(version -> {
            if (sheet.get("holder").isEmpty()) {
                desk.grant(sheet.reader(), sheet.id(), version, sheet.get("words"));
            } else {
                var holder = sheet.typed().chosen("holder", "请选改派给谁，或先放回待派单。");
                desk.grantTo(sheet.reader(), sheet.id(), version, sheet.get("words"), holder);
            }
        });
    }

    @PostMapping("/orders/{id}/refuse-return")
    ModelAndView refuse(OrderSheet sheet) {
        return sheet.act(version -> desk.refuse(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/rule")
    ModelAndView rule(OrderSheet sheet) {
        return sheet.act(version -> desk.rule(
                sheet.reader(), sheet.id(), version, sheet.typed().chosen("holder", "请选裁定由谁办。"), sheet.get("reason")));
    }
}
