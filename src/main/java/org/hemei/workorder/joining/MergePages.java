package org.hemei.workorder.joining;

import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** 取消合并: what was merged by mistake goes its own way again. */
@Controller
class MergePages {

    private final WorkOrderDesk desk;

    MergePages(WorkOrderDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/unmerge")
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/unmerge")
    ModelAndView unmerge(OrderSheet sheet) {
        return sheet.act(version -> desk.unmerge(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }
}
