package org.hemei.workorder.desk;

import java.util.List;
import org.hemei.platform.attachment.Attachments;
import org.hemei.workorder.WorkOrderDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 物业接单: what the holder does with an order. Made for a phone in the stairwell as well as for a desk. */
@Controller
class HolderPages {

    private final WorkOrderDesk desk;
    private final Attachments attachments;

    HolderPages(WorkOrderDesk desk, Attachments attachments) {
        this.desk = desk;
        this.attachments = attachments;
    }

    @GetMapping({"/orders/{id}/assign", "/orders/{id}/contact", "/orders/{id}/resolve", "/orders/{id}/note"})
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/take")
    ModelAndView take(OrderSheet sheet) {
        return sheet.act(version -> desk.take(sheet.reader(), sheet.id(), version));
    }

    @PostMapping("/orders/{id}/assign")
    ModelAndView assign(OrderSheet sheet) {
        return sheet.act(version ->
                desk.assign(sheet.reader(), sheet.id(), version, sheet.typed().chosen("assignee", "请选安排给谁。")));
    }

    @PostMapping("/orders/{id}/contact")
    ModelAndView contact(OrderSheet sheet) {
        return sheet.act(
                version -> desk.contact(sheet.reader(), sheet.id(), version, sheet.get("how"), sheet.get("words")));
    }

    @PostMapping("/orders/{id}/resolve")
    ModelAndView resolve(
            OrderSheet sheet,
            @RequestParam(required = false) @Nullable List<MultipartFile> filesBefore,
            @RequestParam(required = false) @Nullable List<MultipartFile> filesAfter) {
        return sheet.act(version -> {
            sheet.take(attachments, "before", filesBefore);
            sheet.take(attachments, "after", filesAfter);
            desk.resolve(
                    sheet.reader(),
                    sheet.id(),
                    version,
                    sheet.get("words"),
                    sheet.typed().photos("before"),
                    sheet.typed().photos("after"));
        });
    }

    /** A word or a photo added by anybody on duty. */
    @PostMapping("/orders/{id}/note")
    ModelAndView note(OrderSheet sheet, @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        return sheet.act(version -> {
            sheet.take(attachments, "photos", files);
            desk.remark(
                    sheet.reader(),
                    sheet.id(),
                    version,
                    sheet.get("words"),
                    sheet.typed().photos("photos"));
        });
    }
}
