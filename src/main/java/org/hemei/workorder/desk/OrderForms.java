package org.hemei.workorder.desk;

import java.util.List;
import java.util.function.Supplier;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.clock.OrderTiming;
import org.hemei.workorder.clock.TimingQueries;
import org.hemei.workorder.dispute.VerbOptions;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * The frame of every form on an order: a page of its own, and what follows when it is sent. A refusal shows the form
 * again with its reasons, a change in between says who was first; both keep what was typed.
 */
@Component
public class OrderForms {

    private final OrderViews views;
    private final DispatchQueries dispatch;
    private final VerbOptions options;
    private final TimingQueries timing;
    private final WorkOrders orders;

    OrderForms(
            OrderViews views, DispatchQueries dispatch, VerbOptions options, TimingQueries timing, WorkOrders orders) {
        this.views = views;
        this.dispatch = dispatch;
        this.options = options;
        this.timing = timing;
        this.orders = orders;
    }

    /** Which form: its verb, and the assist task or the mark it is about. */
    public record Form(Verb verb, @Nullable Long assist) {

        public static Form of(Verb verb) {
            return new Form(verb, null);
        }

        /** Where it is sent to, below the order's address. */
        public String path(OrderView order) {
            return order.path() + tail(verb, String.valueOf(assist));
        }

        /** What follows the order's address. @param part the number of the assist task or the mark */
        static String tail(Verb verb, String part) {
            return switch (verb) {
                case HELP_ACCEPT -> "/assists/" + part + "/accept";
                case HELP_DECLINE -> "/assists/" + part + "/decline";
                case HELP_DONE -> "/assists/" + part + "/done";
                case HELP_GIVE_UP -> "/assists/" + part + "/give-up";
                case RECALL_HELP -> "/assists/" + part + "/recall";
                case RELEASE -> "/assists/" + part + "/release";
                case ANSWER_INSTRUCTION -> "/marks/" + part + "/answer";
                case REMARK -> "/note";
                case WITHDRAW -> "/drop";
                case URGE -> "/press";
                // a resident says so on their own page
                case DENY_CONTACT -> "/not-reached";
                // by phone, for somebody without an account; a resident rates on their own page
                case RATE -> "/call-back";
                default -> "/" + verb.code().replace('_', '-');
            };
        }
    }

    /** The form on its own page; back to the order when it can no longer be used. */
    ModelAndView page(Reader reader, OrderId id, Form form, Typed typed) {
        var order = views.view(reader, id);
        return order.may(form.verb)
                ? page(order, form, typed, FormErrors.NONE, null)
                : FormAnswer.seeOther("/orders/" + id);
    }

    /** @param work gives the address it leads to */
    ModelAndView act(Reader reader, OrderId id, Form form, Typed typed, Supplier<String> work) {
        if (typed.drops()) {
            return page(views.view(reader, id), form, typed, FormErrors.NONE, null);
        }
        return FormAnswer.of(
                work,
                errors -> page(views.view(reader, id), form, typed, errors, null),
                stale -> afterwards(reader, id, form, typed, stale));
    }

    private ModelAndView afterwards(Reader reader, OrderId id, Form form, Typed typed, Stale stale) {
        try {
            return page(views.view(reader, id), form, typed, FormErrors.NONE, stale);
        } catch (Missing gone) {
            var page = new ModelAndView("workorder/desk/gone");
            page.addObject("typed", typed);
            page.addObject("stale", stale);
            return page;
        }
    }

    private ModelAndView page(OrderView order, Form form, Typed typed, FormErrors errors, @Nullable Stale stale) {
        var page = new ModelAndView("workorder/desk/verb");
        page.addObject("order", order);
        page.addObject("form", form);
        page.addObject("typed", typed);
        page.addObject("errors", errors);
        page.addObject("stale", stale);
        page.addObject("help", Help.of(form.verb, order, typed, dispatch));
        page.addObject(
                "offer",
                OrderTiming.is(form.verb)
                        ? orders.find(order.id())
                                .map(there -> timing.offer(form.verb, there))
                                .orElse(TimingQueries.Offer.NOTHING)
                        : TimingQueries.Offer.NOTHING);
        page.addObject(
                "options",
                options.of(form.verb, order.id(), order.head().communityCode(), OrderFilter.search(typed.get("q"))));
        return page;
    }

    /** What a form offers to choose from. */
    public record Help(
            List<DispatchQueries.Choice> usual,
            List<DispatchQueries.Choice> bodies,
            DispatchQueries.@Nullable Starts starts,
            List<DispatchQueries.Worker> workers,
            List<DispatchQueries.Twin> twins,
            String q) {

        static final Help NONE = new Help(List.of(), List.of(), null, List.of(), List.of(), "");

        static Help usual(
                List<DispatchQueries.Choice> usual, DispatchQueries.Starts starts, List<DispatchQueries.Twin> twins) {
            return new Help(usual, NONE.bodies, starts, NONE.workers, twins, "");
        }

        static Help of(Verb verb, OrderView order, Typed typed, DispatchQueries queries) {
            var q = OrderFilter.search(typed.get("q"));
            return switch (verb) {
                case DISPATCH, GRANT_RETURN, RULE, SHARE ->
                    new Help(
                            queries.usual(order),
                            queries.others(order, q),
                            queries.starts(order),
                            NONE.workers,
                            NONE.twins,
                            q);
                case ASK_HELP -> new Help(NONE.usual, queries.helpers(order, q), null, NONE.workers, NONE.twins, q);
                case ASSIGN -> new Help(NONE.usual, NONE.bodies, null, queries.workers(order), NONE.twins, q);
                case MERGE -> new Help(NONE.usual, NONE.bodies, null, NONE.workers, queries.twins(order), q);
                default -> NONE;
            };
        }
    }
}
