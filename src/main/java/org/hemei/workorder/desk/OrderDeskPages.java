package org.hemei.workorder.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderScreen;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Said;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.desk.OrderForms.Form;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One order before somebody on duty, and what the community and the street do with it. */
@Controller
public class OrderDeskPages implements OrderScreen {

    private final OrderViews views;
    private final DispatchQueries dispatch;
    private final OrderForms forms;
    private final WorkOrderDesk desk;
    private final HttpServletRequest request;

    OrderDeskPages(
            OrderViews views,
            DispatchQueries dispatch,
            OrderForms forms,
            WorkOrderDesk desk,
            HttpServletRequest request) {
        this.views = views;
        this.dispatch = dispatch;
        this.forms = forms;
        this.desk = desk;
        this.request = request;
    }

    /** The order beside the inbox; its forms lead back there. */
    public void panel(Reader reader, OrderId id, String back, Model model) {
        fill(views.view(reader, id), back, model);
    }

    /** Who filed an order reads it as a resident, whatever else they are; the inbox shows it to them as well. */
    @Override
    public boolean serves(Set<Standing> standings) {
        return OrderViews.onDuty(standings) && !standings.contains(Standing.REPORTER);
    }

    @Override
    public String show(Reader reader, OrderId id, Model model) {
        fill(views.view(reader, id), "", model);
        model.addAttribute("done", Done.of(request.getParameter("did"), request.getParameter("order")));
        return "workorder/desk/order";
    }

    private void fill(OrderView order, String back, Model model) {
        model.addAttribute("order", order);
        model.addAttribute("back", back);
        var waitsForDispatch = order.may(Verb.DISPATCH) && order.head().state() != OrderState.DISPATCHED;
        model.addAttribute(
                "help",
                waitsForDispatch
                        ? OrderForms.Help.usual(dispatch.usual(order), dispatch.starts(order), dispatch.twins(order))
                        : OrderForms.Help.NONE);
    }

    @GetMapping("/orders/{id}/dispatch")
    ModelAndView dispatchForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.DISPATCH), Typed.of(query));
    }

    @GetMapping("/orders/{id}/reject")
    ModelAndView rejectForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.REJECT), Typed.of(query));
    }

    @GetMapping("/orders/{id}/answer")
    ModelAndView answerForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ANSWER), Typed.of(query));
    }

    @GetMapping("/orders/{id}/merge")
    ModelAndView mergeForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.MERGE), Typed.of(query));
    }

    @GetMapping("/orders/{id}/send-back")
    ModelAndView sendBackForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.SEND_BACK), Typed.of(query));
    }

    @GetMapping("/orders/{id}/drop")
    ModelAndView dropForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.WITHDRAW), Typed.of(query));
    }

    @GetMapping("/orders/{id}/press")
    ModelAndView pressForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.URGE), Typed.of(query));
    }

    /** 催办 by the community or the street; a resident urges on their own page. */
    @PostMapping("/orders/{id}/press")
    ModelAndView press(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.URGE), typed, () -> desk.urge(reader, id, typed.version()));
    }

    @PostMapping("/orders/{id}/accept")
    ModelAndView accept(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.ACCEPT), typed, () -> desk.accept(reader, id, typed.version()));
    }

    @PostMapping("/orders/{id}/dispatch")
    ModelAndView dispatch(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.DISPATCH),
                typed,
                () -> desk.dispatch(reader, id, typed.version(), typed.chosen("holder", "请选派给谁。")));
    }

    @PostMapping("/orders/{id}/reject")
    ModelAndView reject(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.REJECT),
                typed,
                () -> desk.reject(reader, id, typed.version(), typed.get("reason"), typed.get("elsewhere")));
    }

    @PostMapping("/orders/{id}/answer")
    ModelAndView answer(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.ANSWER),
                typed,
                () -> desk.answer(reader, id, typed.version(), typed.get("words")));
    }

    @PostMapping("/orders/{id}/merge")
    ModelAndView merge(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader, id, Form.of(Verb.MERGE), typed, () -> desk.merge(reader, id, typed.version(), kept(id, typed)));
    }

    /** Chosen from the list, or typed as people read it out: 261123-20412. */
    private static OrderId kept(OrderId id, Typed typed) {
        var number = typed.get("number").strip();
        var text = number.isEmpty() ? typed.get("kept") : number;
        var match = java.util.regex.Pattern.compile("(?:\\d{6}-)?(\\d{1,18})").matcher(text);
        if (!match.matches()) {
            throw Refusal.of("kept", "请选一张保留的工单，或填它的单号。");
        }
        return new OrderId(id.district(), Long.parseLong(match.group(1)));
    }

    @PostMapping("/orders/{id}/verify")
    ModelAndView verify(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.VERIFY),
                typed,
                () -> desk.verify(reader, id, typed.version(), typed.get("words")));
    }

    @PostMapping("/orders/{id}/send-back")
    ModelAndView sendBack(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.SEND_BACK),
                typed,
                () -> desk.sendBack(reader, id, typed.version(), typed.get("reason")));
    }

    /** For somebody without an account who no longer wants it; a resident withdraws by themselves. */
    @PostMapping("/orders/{id}/drop")
    ModelAndView drop(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(reader, id, Form.of(Verb.WITHDRAW), typed, () -> {
            Said.check(Said.words("reason", typed.get("reason"), "撤单的理由"));
            desk.withdraw(reader, id, typed.version(), typed.get("reason"));
        });
    }
}
