package org.hemei.workorder.desk;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.desk.OrderForms.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 物业接单: what the holder does with an order. Made for a phone in the stairwell as well as for a desk. */
@Controller
class HolderPages {

    private final OrderForms forms;
    private final WorkOrderDesk desk;
    private final Attachments attachments;

    HolderPages(OrderForms forms, WorkOrderDesk desk, Attachments attachments) {
        this.forms = forms;
        this.desk = desk;
        this.attachments = attachments;
    }

    @PostMapping("/orders/{id}/take")
    ModelAndView take(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.TAKE), typed, () -> desk.take(reader, id, typed.version()));
    }

    @GetMapping("/orders/{id}/assign")
    ModelAndView assignForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ASSIGN), Typed.of(query));
    }

    @PostMapping("/orders/{id}/assign")
    ModelAndView assign(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.ASSIGN),
                typed,
                () -> desk.assign(reader, id, typed.version(), typed.chosen("assignee", "请选安排给谁。")));
    }

    @GetMapping("/orders/{id}/contact")
    ModelAndView contactForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.CONTACT), Typed.of(query));
    }

    @PostMapping("/orders/{id}/contact")
    ModelAndView contact(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.CONTACT),
                typed,
                () -> desk.contact(reader, id, typed.version(), typed.get("how"), typed.get("words")));
    }

    @GetMapping("/orders/{id}/resolve")
    ModelAndView resolveForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.RESOLVE), Typed.of(query));
    }

    @PostMapping("/orders/{id}/resolve")
    ModelAndView resolve(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam(required = false) @Nullable List<MultipartFile> filesBefore,
            @RequestParam(required = false) @Nullable List<MultipartFile> filesAfter) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.RESOLVE), typed, () -> {
            typed.take(attachments, reader, id.district(), "before", filesBefore);
            typed.take(attachments, reader, id.district(), "after", filesAfter);
            desk.resolve(
                    reader, id, typed.version(), typed.get("words"), typed.photos("before"), typed.photos("after"));
        });
    }

    @GetMapping("/orders/{id}/note")
    ModelAndView noteForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REMARK), Typed.of(query));
    }

    /** A word or a photo added by anybody on duty. */
    @PostMapping("/orders/{id}/note")
    ModelAndView note(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.REMARK), typed, () -> {
            typed.take(attachments, reader, id.district(), "photos", files);
            desk.remark(reader, id, typed.version(), typed.get("words"), typed.photos("photos"));
        });
    }
}
