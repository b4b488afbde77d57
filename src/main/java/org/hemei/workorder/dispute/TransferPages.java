package org.hemei.workorder.dispute;

import org.hemei.platform.Refusal;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The ways out: told where to go, or offered to another place, which takes it or says why not; taken back until then. */
@Controller
class TransferPages {

    private final TransferDesk desk;

    TransferPages(TransferDesk desk) {
        this.desk = desk;
    }

    @GetMapping({
        "/orders/{id}/refer",
        "/orders/{id}/offer-transfer",
        "/orders/{id}/take-transfer",
        "/orders/{id}/decline-transfer",
        "/orders/{id}/recall-transfer"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/refer")
    ModelAndView refer(OrderSheet sheet) {
        return sheet.act(version -> desk.refer(
                sheet.reader(), sheet.id(), version, sheet.typed().chosen("channel", "请选去哪儿办。"), sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/offer-transfer")
    ModelAndView offer(OrderSheet sheet) {
        return sheet.act(version -> {
            var place = sheet.get("place").split(":", 2);
            if (place.length != 2) {
                throw Refusal.of("place", "请选转给谁。");
            }
            desk.offer(sheet.reader(), sheet.id(), version, place[0], place[1], sheet.get("reason"));
        });
    }

    /** Leads to what the order has become on this side. */
    @PostMapping("/orders/{id}/take-transfer")
    ModelAndView take(OrderSheet sheet) {
        return sheet.lead(version -> desk.take(sheet.reader(), sheet.id(), version));
    }

    @PostMapping("/orders/{id}/recall-transfer")
    ModelAndView recall(OrderSheet sheet) {
        return sheet.act(version -> desk.recall(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    /** Whoever says no may have no business with the order any more: back to the list. */
    @PostMapping("/orders/{id}/decline-transfer")
    ModelAndView decline(OrderSheet sheet) {
        return sheet.lead(version -> {
            desk.decline(sheet.reader(), sheet.id(), version, sheet.get("reason"));
            return "/transfers?done=declined";
        });
    }
}
