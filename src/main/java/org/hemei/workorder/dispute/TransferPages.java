package org.hemei.workorder.dispute;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.desk.OrderForms;
import org.hemei.workorder.desk.OrderForms.Form;
import org.hemei.workorder.desk.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The ways out: told where to go, or offered to another place, which takes it or says why not. */
@Controller
class TransferPages {

    private final OrderForms forms;
    private final TransferDesk desk;

    TransferPages(OrderForms forms, TransferDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/refer")
    ModelAndView referForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REFER), Typed.of(query));
    }

    @PostMapping("/orders/{id}/refer")
    ModelAndView refer(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REFER),
                typed,
                () -> desk.refer(reader, id, typed.version(), typed.chosen("channel", "请选去哪儿办。"), typed.get("reason")));
    }

    @GetMapping("/orders/{id}/offer-transfer")
    ModelAndView offerForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.OFFER_TRANSFER), Typed.of(query));
    }

    @PostMapping("/orders/{id}/offer-transfer")
    ModelAndView offer(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.OFFER_TRANSFER), typed, () -> offer(reader, id, typed));
    }

    private void offer(Reader reader, OrderId id, Typed typed) {
        var place = typed.get("place").split(":", 2);
        if (place.length != 2) {
            throw Refusal.of("place", "请选转给谁。");
        }
        desk.offer(reader, id, typed.version(), place[0], place[1], typed.get("reason"));
    }

    @GetMapping("/orders/{id}/take-transfer")
    ModelAndView takeForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.TAKE_TRANSFER), Typed.of(query));
    }

    /** Leads to what the order has become on this side. */
    @PostMapping("/orders/{id}/take-transfer")
    ModelAndView take(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        var became = new AtomicReference<String>();
        var answer = forms.act(
                reader,
                id,
                Form.of(Verb.TAKE_TRANSFER),
                typed,
                () -> became.set(desk.take(reader, id, typed.version())));
        return became.get() == null ? answer : OrderForms.see(became.get());
    }

    @GetMapping("/orders/{id}/decline-transfer")
    ModelAndView declineForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.DECLINE_TRANSFER), Typed.of(query));
    }

    /** Whoever says no may have no business with the order any more: back to the list. */
    @PostMapping("/orders/{id}/decline-transfer")
    ModelAndView decline(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        var declined = new AtomicBoolean();
        var answer = forms.act(reader, id, Form.of(Verb.DECLINE_TRANSFER), typed, () -> {
            desk.decline(reader, id, typed.version(), typed.get("reason"));
            declined.set(true);
        });
        return declined.get() ? OrderForms.see("/transfers?done=declined") : answer;
    }
}
