package org.hemei.workorder.desk;

import java.util.List;
import org.hemei.platform.attachment.Attachments;
import org.hemei.workorder.AssistDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 多方助力: asking another body for help, and the helper's own answer and report. */
@Controller
class AssistPages {

    private final AssistDesk desk;
    private final Attachments attachments;

    AssistPages(AssistDesk desk, Attachments attachments) {
        this.desk = desk;
        this.attachments = attachments;
    }

    @GetMapping({
        "/orders/{id}/ask-help",
        "/orders/{id}/assists/{assist}/decline",
        "/orders/{id}/assists/{assist}/done",
        "/orders/{id}/assists/{assist}/give-up",
        "/orders/{id}/assists/{assist}/recall"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    @PostMapping("/orders/{id}/ask-help")
    ModelAndView ask(OrderSheet sheet) {
        return sheet.act(version -> desk.ask(
                sheet.reader(),
                sheet.id(),
                version,
                sheet.typed().chosen("body", "请选请哪家协办。"),
                sheet.get("what"),
                sheet.typed().byClose("due")));
    }

    @PostMapping("/orders/{id}/assists/{assist}/accept")
    ModelAndView accept(OrderSheet sheet) {
        return sheet.act(version -> desk.accept(sheet.reader(), sheet.id(), version, sheet.part()));
    }

    @PostMapping("/orders/{id}/assists/{assist}/decline")
    ModelAndView decline(OrderSheet sheet) {
        return sheet.act(
                version -> desk.decline(sheet.reader(), sheet.id(), version, sheet.part(), sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/assists/{assist}/give-up")
    ModelAndView giveUp(OrderSheet sheet) {
        return sheet.act(
                version -> desk.giveUp(sheet.reader(), sheet.id(), version, sheet.part(), sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/assists/{assist}/recall")
    ModelAndView recall(OrderSheet sheet) {
        return sheet.act(
                version -> desk.recall(sheet.reader(), sheet.id(), version, sheet.part(), sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/assists/{assist}/done")
    ModelAndView done(OrderSheet sheet, @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        return sheet.act(version -> {
            sheet.take(attachments, "photos", files);
            desk.done(
                    sheet.reader(),
                    sheet.id(),
                    version,
                    sheet.part(),
                    sheet.get("result"),
                    sheet.typed().photos("photos"));
        });
    }
}
