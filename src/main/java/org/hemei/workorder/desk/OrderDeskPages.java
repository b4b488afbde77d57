package org.hemei.workorder.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderScreen;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.Said;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.dispute.VerbOptions;
import org.hemei.workorder.list.OrderFilter;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** One order before somebody on duty, and what the community and the street do with it. */
@Controller
public class OrderDeskPages implements OrderScreen {

    private static final Pattern NUMBER = Pattern.compile("(?:\\d{6}-)?(\\d{1,18})");

    private final OrderViews views;
    private final DispatchQueries dispatch;
    private final WorkOrderDesk desk;
    private final RatingDesk ratings;
    private final CorrectingDesk corrections;
    private final VerbOptions options;
    private final HttpServletRequest request;

    OrderDeskPages(
            OrderViews views,
            DispatchQueries dispatch,
            WorkOrderDesk desk,
            RatingDesk ratings,
            CorrectingDesk corrections,
            VerbOptions options,
            HttpServletRequest request) {
        this.views = views;
        this.dispatch = dispatch;
        this.desk = desk;
        this.ratings = ratings;
        this.corrections = corrections;
        this.options = options;
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
        var waitsForDispatch = order.may(Verb.DISPATCH) && order.head().holderId() == null;
        model.addAttribute(
                "help",
                waitsForDispatch
                        ? OrderForms.Help.usual(dispatch.usual(order), dispatch.starts(order), dispatch.twins(order))
                        : OrderForms.Help.NONE);
    }

    @GetMapping({
        "/orders/{id}/dispatch",
        "/orders/{id}/reject",
        "/orders/{id}/answer",
        "/orders/{id}/merge",
        "/orders/{id}/correct",
        "/orders/{id}/send-back",
        "/orders/{id}/drop",
        "/orders/{id}/call-back",
        "/orders/{id}/not-reached",
        "/orders/{id}/press"
    })
    ModelAndView form(OrderSheet sheet) {
        return sheet.page();
    }

    /** 催办 by the community or the street; a resident urges on their own page. */
    @PostMapping("/orders/{id}/press")
    ModelAndView press(OrderSheet sheet) {
        return sheet.act(version -> desk.urge(sheet.reader(), sheet.id(), version));
    }

    @PostMapping("/orders/{id}/accept")
    ModelAndView accept(OrderSheet sheet) {
        return sheet.act(version -> desk.accept(sheet.reader(), sheet.id(), version));
    }

    @PostMapping("/orders/{id}/dispatch")
    ModelAndView dispatch(OrderSheet sheet) {
        return sheet.act(version -> desk.dispatch(
                sheet.reader(), sheet.id(), version, sheet.typed().chosen("holder", "请选派给谁。"), sheet.get("reason")));
    }

    @PostMapping("/orders/{id}/reject")
    ModelAndView reject(OrderSheet sheet) {
        return sheet.act(version ->
                desk.reject(sheet.reader(), sheet.id(), version, sheet.get("reason"), sheet.get("elsewhere")));
    }

    @PostMapping("/orders/{id}/answer")
    ModelAndView answer(OrderSheet sheet) {
        return sheet.act(version -> desk.answer(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/merge")
    ModelAndView merge(OrderSheet sheet) {
        return sheet.act(version -> desk.merge(sheet.reader(), sheet.id(), version, kept(sheet)));
    }

    @PostMapping("/orders/{id}/correct")
    ModelAndView correct(OrderSheet sheet) {
        return sheet.act(version -> {
            var building = Objects.requireNonNullElse(sheet.typed().number("building"), CorrectingDesk.NONE);
            var urgency = sheet.get("urgency");
            var right = new CorrectingDesk.Right(
                    sheet.get("category"),
                    urgency.isEmpty() ? null : OrderFilter.constant(Urgency.class, urgency),
                    building,
                    options.unit(building, sheet.get("unit")));
            corrections.correct(sheet.reader(), sheet.id(), version, right, sheet.get("reason"));
        });
    }

    /** Chosen from the list, or typed as people read it out: 261123-20412. */
    private static OrderId kept(OrderSheet sheet) {
        var number = sheet.get("number").strip();
        var text = number.isEmpty() ? sheet.get("kept") : number;
        var match = NUMBER.matcher(text);
        if (!match.matches()) {
            throw Refusal.of("kept", "请选一张保留的工单，或填它的单号。");
        }
        return new OrderId(sheet.id().district(), Long.parseLong(match.group(1)));
    }

    @PostMapping("/orders/{id}/verify")
    ModelAndView verify(OrderSheet sheet) {
        return sheet.act(version -> desk.verify(sheet.reader(), sheet.id(), version, sheet.get("words")));
    }

    @PostMapping("/orders/{id}/send-back")
    ModelAndView sendBack(OrderSheet sheet) {
        return sheet.act(version -> desk.sendBack(sheet.reader(), sheet.id(), version, sheet.get("reason")));
    }

    /** 电话回访: what somebody without an account says of the result, as they are asked by phone. */
    @PostMapping("/orders/{id}/call-back")
    ModelAndView callBack(OrderSheet sheet) {
        return sheet.act(version -> {
            var contacted = sheet.get("contacted");
            var solved = sheet.get("solved");
            var satisfied = sheet.typed().number("satisfied");
            ratings.rate(
                    sheet.reader(),
                    sheet.id(),
                    version,
                    contacted.isEmpty() ? null : Boolean.valueOf(!contacted.equals("no")),
                    solved.isEmpty() ? null : Boolean.valueOf(solved.equals("yes")),
                    satisfied == null || satisfied > 5 ? null : Integer.valueOf(satisfied.intValue()),
                    sheet.get("words"));
        });
    }

    /** 没联系, in the words of somebody without an account who says so on the phone. */
    @PostMapping("/orders/{id}/not-reached")
    ModelAndView notReached(OrderSheet sheet) {
        return sheet.act(version -> desk.denyContact(sheet.reader(), sheet.id(), version));
    }

    /** For somebody without an account who no longer wants it; a resident withdraws by themselves. */
    @PostMapping("/orders/{id}/drop")
    ModelAndView drop(OrderSheet sheet) {
        return sheet.act(version -> {
            Said.check(Said.words("reason", sheet.get("reason"), "撤单的理由"));
            desk.withdraw(sheet.reader(), sheet.id(), version, sheet.get("reason"));
        });
    }
}
