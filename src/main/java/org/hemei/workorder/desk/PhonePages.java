package org.hemei.workorder.desk;

import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.OrderId;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 看电话: a phone is masked until somebody who has to call says why; who looked, when and why is on record. */
@Controller
class PhonePages {

    private final OrderViews views;
    private final PhoneDesk desk;

    PhonePages(OrderViews views, PhoneDesk desk) {
        this.views = views;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/phone")
    ModelAndView form(Reader reader, @PathVariable OrderId id) {
        return page(reader, id, FormErrors.NONE);
    }

    /** Shown on the answer to the form and on no address of its own, so that no history or link keeps it. */
    @PostMapping("/orders/{id}/phone")
    ModelAndView reveal(Reader reader, @PathVariable OrderId id, @RequestParam(defaultValue = "") String reason) {
        var page = page(reader, id, FormErrors.NONE);
        try {
            page.addObject("contact", desk.reveal(reader, id, reason));
            return page;
        } catch (Refusal refused) {
            page.addObject("errors", FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private ModelAndView page(Reader reader, OrderId id, FormErrors errors) {
        var order = views.view(reader, id);
        if (!order.mayPhone()) {
            throw new Missing("这张工单没有您能看的电话。");
        }
        var page = new ModelAndView("workorder/desk/phone");
        page.addObject("order", order);
        page.addObject("errors", errors);
        page.addObject("reasons", List.of(PhoneDesk.Reason.values()));
        return page;
    }
}
