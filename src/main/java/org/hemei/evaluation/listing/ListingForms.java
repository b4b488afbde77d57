package org.hemei.evaluation.listing;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hemei.evaluation.listing.ListingPages.Act;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;

/** How a form on the page of a case is answered, with files or without. */
@Component
class ListingForms {

    private final ListingPages pages;
    private final Evidence evidence;

    ListingForms(ListingPages pages, Evidence evidence) {
        this.pages = pages;
        this.evidence = evidence;
    }

    /** A form with photos and documents: what came along is kept first, so that a refusal loses nothing. */
    ModelAndView shown(
            Reader reader,
            long id,
            Act act,
            MultiValueMap<String, String> values,
            Evidence.Sent sent,
            BiConsumer<Form, List<UUID>> work) {
        var kept = new LinkedMultiValueMap<>(values);
        if (Evidence.drops(kept)) {
            return pages.page(reader, id, act, Form.of(kept), FormErrors.NONE, null);
        }
        return FormAnswer.of(
                () -> {
                    evidence.take(reader, pages.view(reader, id).listing(), sent, kept);
                    work.accept(Form.of(kept), Evidence.chosen(kept));
                    return "/listings/" + id + "?done=" + act.path();
                },
                errors -> pages.page(reader, id, act, Form.of(kept), errors, null),
                stale -> pages.page(reader, id, act, Form.of(kept), FormErrors.NONE, stale));
    }

    ModelAndView verb(Reader reader, long id, Act act, MultiValueMap<String, String> values, Consumer<Form> work) {
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    work.accept(form);
                    return "/listings/" + id + "?done=" + act.path();
                },
                errors -> pages.page(reader, id, act, form, errors, null),
                stale -> pages.page(reader, id, act, form, FormErrors.NONE, stale));
    }

    static @Nullable Boolean yes(Form form, String name) {
        return switch (form.get(name)) {
            case "yes" -> Boolean.TRUE;
            case "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    static int version(Form form) {
        var text = form.get("version");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        return Integer.parseInt(text);
    }
}
