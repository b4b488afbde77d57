package org.hemei.workorder.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 这张单怎么算: how one order counts in the three rates, for all it concerns; and the form to appeal against it. */
@Controller
class CountingPages {

    private final CountingOffers counting;
    private final Appeals appeals;
    private final AppealDesk desk;
    private final Attachments attachments;
    private final Once once;

    CountingPages(CountingOffers counting, Appeals appeals, AppealDesk desk, Attachments attachments, Once once) {
        this.counting = counting;
        this.appeals = appeals;
        this.desk = desk;
        this.attachments = attachments;
        this.once = once;
    }

    @GetMapping("/orders/{id}/counting")
    ModelAndView show(
            Reader reader, @PathVariable OrderId id, @RequestParam(required = false) @Nullable String holder) {
        return page(reader, counting.order(reader, id, number(holder)), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/orders/{id}/counting")
    ModelAndView file(
            Reader reader,
            @PathVariable OrderId id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<MultipartFile> documents) {
        var order = counting.order(reader, id, number(values.getFirst("holder")));
        var kept = new LinkedMultiValueMap<>(values);
        var dropped = kept.getFirst("drop");
        if (dropped != null && !dropped.isEmpty()) {
            kept.remove("drop");
            kept.values().forEach(list -> list.removeIf(dropped::equals));
            return page(reader, order, Form.of(kept), FormErrors.NONE);
        }
        return FormAnswer.of(
                () -> {
                    take(reader, id, files, Attachments.Purpose.PHOTO, kept);
                    take(reader, id, documents, Attachments.Purpose.DOCUMENT, kept);
                    var form = Form.of(kept);
                    var made = once.run(
                            reader,
                            form.get("_once"),
                            form,
                            () -> desk.file(
                                            reader,
                                            id,
                                            order.former() ? order.holder() : null,
                                            rates(form),
                                            form.get("reason"),
                                            form.get("words"),
                                            evidence(form))
                                    .toString());
                    return "/rates/appeals/" + made + "?done=filed";
                },
                errors -> page(reader, order, Form.of(kept), errors));
    }

    /** Which earlier holder's first contact is meant; anything else is the order. */
    private static @Nullable Long number(@Nullable String holder) {
        return holder != null && holder.matches("\\d{1,18}") ? Long.valueOf(holder) : null;
    }

    private static List<Rate> rates(Form form) {
        return form.all("rate").stream()
                .map(Rate::named)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
    }

    private void take(
            Reader reader,
            OrderId id,
            @Nullable List<MultipartFile> files,
            Attachments.Purpose purpose,
            MultiValueMap<String, String> values) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                try {
                    values.add(
                            purpose == Attachments.Purpose.PHOTO ? "photos" : "docs",
                            attachments
                                    .store(reader, id.district(), file, purpose)
                                    .toString());
                } catch (Refusal refused) {
                    throw Refusal.of("photos", refused.reasons().getFirst().words());
                }
            }
        }
    }

    private static List<UUID> evidence(Form form) {
        var ids = new ArrayList<UUID>();
        for (var field : List.of("photos", "docs")) {
            for (var text : form.all(field)) {
                if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                    throw Refusal.of("photos", "有文件没传好。请重新传。");
                }
                ids.add(UUID.fromString(text));
            }
        }
        return ids;
    }

    private ModelAndView page(Reader reader, Counted order, Form form, FormErrors errors) {
        var all = appeals.of(order.id());
        var page = new ModelAndView("workorder/rates/counting");
        page.addObject("order", order);
        page.addObject("appeals", CountingOffers.shown(reader, order, all));
        page.addObject("offer", counting.offer(reader, order, all));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("own", order.reporter() != null && order.reporter() == reader.account());
        return page;
    }
}
